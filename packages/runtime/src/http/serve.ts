import type { Api, Endpoint, Reply, Request } from '@haidang/contracts/endpoint'
import { type SensitiveKind, sensitiveReads } from '@haidang/contracts/sensitive-read'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../caller.ts'
import { Problem } from '../problem.ts'
import { evenRefusal } from './even-refusal.ts'
import { readRequest } from './read-request.ts'
import { languageOf } from './request-language.ts'
import { requireSameSite } from './same-site.ts'

/** Who is calling; undefined means nobody we know. Throws a Problem where a credential is refused. */
export type Gate = (request: FastifyRequest) => Promise<Caller | undefined>

/** What every handler gets besides the parsed request. */
export interface Exchange {
  readonly caller: Caller
  /** For cookies, streams and downloads; a handler that answers through it itself must hijack the reply. */
  readonly http: { readonly request: FastifyRequest; readonly reply: FastifyReply }
}

/** One function for each endpoint of a table; a missing one does not compile. */
export type Handlers<A extends Api> = {
  [K in keyof A]: (request: Request<A[K]> & Exchange) => Promise<Reply<A[K]>>
}

type Handler = (request: Record<string, unknown> & Exchange) => Promise<unknown>

/**
 * Serves an endpoint table. Before anything of the body is read: the caller is known (session.required),
 * has the endpoint's permission (permission.missing; key.scope-missing where a key leaves it out), and no other site's page asks in a signed-in
 * person's name (request.forged). Then params, query and body are parsed, the handler runs, and its
 * reply passes the reply schema, so nothing leaves that the contract does not name. Where the endpoint
 * reads something sensitive, that is written down before anything leaves.
 */
export function serve<A extends Api>(
  app: FastifyInstance,
  api: A,
  handlers: Handlers<A>,
  gate: Gate,
): void {
  for (const [name, endpoint] of Object.entries(api)) {
    app.served.push(endpoint)
    serveOne(app, endpoint, handlers[name] as Handler, gate)
  }
}

function serveOne(app: FastifyInstance, endpoint: Endpoint, handler: Handler, gate: Gate): void {
  const callers = new WeakMap<FastifyRequest, Caller>()
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    onRequest: async (request) => {
      requireSameSite(request, app.trustedHosts)
      callers.set(request, await admit(app, endpoint, request, gate))
    },
    ...(endpoint.reads !== undefined && {
      onSend: noteOf(app, endpoint, endpoint.reads, (request) => callers.get(request)),
    }),
    handler: async (request, reply) => {
      const caller = callers.get(request) ?? nobody(request)
      const parsed = readRequest(endpoint, request, caller.language)
      const exchange = { caller, http: { request, reply } }
      const answer = await evenRefusal(() => handler({ ...parsed, ...exchange }))
      if (reply.sent) return reply
      reply.header('cache-control', 'no-store').type('application/json; charset=utf-8')
      return reply.send(JSON.stringify(endpoint.reply.parse(answer)))
    },
  })
}

/** Writes down that something sensitive was read; where that fails, nothing of it goes out. */
function noteOf(
  app: FastifyInstance,
  { method, path, permission }: Endpoint,
  kind: SensitiveKind,
  callerOf: (request: FastifyRequest) => Caller | undefined,
) {
  const { param } = sensitiveReads[kind]
  const route = `${method} ${path}`
  return async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
    const caller = callerOf(request)
    if (reply.statusCode >= 400 || !caller) return payload
    if (!app.noteRead) throw new Error(`nobody writes down who reads ${route}`)
    const given = request.params as Readonly<Record<string, string>>
    const id = param === null ? null : (given[param] ?? null)
    const authority = permission
    await app.noteRead({ kind, id, caller, authority, route, address: request.ip })
    return payload
  }
}

async function admit(
  app: FastifyInstance,
  { permission, method }: Endpoint,
  request: FastifyRequest,
  gate: Gate,
): Promise<Caller> {
  if (permission === 'public') {
    if (method !== 'GET') app.publicLimiter.take(request.ip)
    return nobody(request)
  }
  const caller = await gate(request)
  if (!caller) throw new Problem('session.required')
  request.actor = caller.scope.actor.id
  if (!caller.unbounded) app.callerLimiter?.take(caller.scope.actor.id)
  if (permission !== 'signed-in' && !caller.permissions.has(permission)) {
    if (caller.withheld?.has(permission)) {
      throw new Problem('key.scope-missing', `the scope of this key leaves ${permission} out`)
    }
    throw new Problem('permission.missing', `${permission} is needed`)
  }
  return caller
}

/** Sees nothing, may do nothing; speaks the language the browser asks for. */
function nobody(request: FastifyRequest): Caller {
  return {
    scope: { actor: { id: 'nobody', name: '' }, organisations: [], clearance: 0 },
    permissions: new Set(),
    language: languageOf(request),
    organisation_id: '',
    person_id: null,
    session_id: null,
  }
}
