import { Permission } from '@haidang/contracts/permission'
import type { Caller } from '@haidang/runtime/caller'
import { systemScope } from '@haidang/runtime/database/database'
import type { FastifyRequest } from 'fastify'
import type { SessionService } from '../modules/accounts/session-service.ts'
import type { KeyService } from '../modules/people/key-service.ts'
import { hashOf, sameHash } from '../secret.ts'
import type { Client } from './client.ts'

interface GateParts {
  readonly sessions: SessionService
  readonly keys: KeyService
  /** Secret of the command line beside this node: who can read the data directory may administer. */
  readonly localToken: string
  /** The organisation this node belongs to; undefined before set-up. */
  readonly home: () => Promise<string | undefined>
  readonly clientOf: (request: FastifyRequest) => Client
}

/** Says of every request who calls: a bearer secret where there is one, else the session cookie. */
export function createGate({ sessions, keys, localToken, home, clientOf }: GateParts) {
  const localHash = hashOf(localToken)
  return async (request: FastifyRequest): Promise<Caller | undefined> => {
    const { authorization } = request.headers
    if (authorization === undefined) return sessions.callerOf(clientOf(request))
    // A wrong secret is nobody, whatever cookie comes with it.
    const secret = /^Bearer ([\w-]{16,200})$/i.exec(authorization)?.[1]
    if (!secret) return undefined
    if (sameHash(localHash, hashOf(secret))) return localCaller(await home())
    return keys.callerOf(secret, clientOf(request).address)
  }
}

/** The command line beside this node. */
export function localCaller(organisation: string | undefined): Caller {
  return {
    scope: { ...systemScope, actor: { id: 'local', name: 'haidang' } },
    permissions: new Set(Permission.options),
    language: 'en',
    organisation_id: organisation ?? '',
    person_id: null,
    session_id: null,
    unbounded: true,
  }
}

/**
 * Reads what of a request a session hangs on. The cookie is `Secure` where the browser came over https:
 * to us, or to a proxy in front that serves one of our public addresses.
 */
export function clientReader(publicUrls: readonly string[]): (request: FastifyRequest) => Client {
  const secureHosts = new Set(
    publicUrls.filter((url) => url.startsWith('https:')).map((url) => new URL(url).host),
  )
  return (request) => ({
    cookie: request.headers.cookie,
    user_agent: request.headers['user-agent'],
    address: request.ip,
    ...nameOf(request, request.protocol === 'https' || secureHosts.has(request.headers.host ?? '')),
  })
}

function nameOf({ headers: { host = '' } }: FastifyRequest, secure: boolean) {
  return {
    secure,
    host: host.replace(/:\d+$/, ''),
    origin: `${secure ? 'https' : 'http'}://${host}`,
  }
}
