import { type ProblemCode, type ProblemDetails, problems } from '@haidang/contracts/problems'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { NewId } from '../ids.ts'
import type { Log } from '../log.ts'
import { Problem } from '../problem.ts'
import { languageOf } from './request-language.ts'

/** Fastify's own refusals (of body or media type) in our words. */
const codesByStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'request.invalid',
  404: 'request.not-found',
  413: 'request.too-large',
  415: 'request.unsupported-media',
  429: 'request.rate-limited',
}
const retryAfterSeconds = '5'
/** What passes by itself: too many at once, something away, a disk without room. */
const comesBack = new Set([429, 503, 507])
/** A disk without room is told by its health check, not once for every request. */
const noStorage = 507

/**
 * Answers whatever was thrown as `application/problem+json` (RFC 9457) with an id that is also in the
 * log. A Problem speaks for itself; anything else is a fault of ours, told to the log alone.
 */
export function problemReplier(log: Log, newId: NewId) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = problemOf(error)
    const { status, vi, en } = problems[problem.code]
    const { detail, errors } = problem.told(languageOf(request))
    const body: ProblemDetails = {
      type: `urn:haidang:problem:${problem.code}`,
      code: problem.code,
      title: vi,
      title_en: en,
      status,
      detail,
      id: newId('problem'),
      ...(errors.length > 0 ? { errors } : {}),
    }
    const isBurden = status === noStorage || problem.code === 'database.busy'
    record(log, body, request, status >= 500 && !isBurden ? error : undefined)
    if (status === 401) reply.header('www-authenticate', 'Bearer')
    if (comesBack.has(status)) reply.header('retry-after', retryAfterSeconds)
    // What was to be a file to keep is a refusal now.
    reply.removeHeader('content-disposition')
    reply.status(status).type('application/problem+json; charset=utf-8')
    reply
      .header('cache-control', 'no-store')
      .send(JSON.stringify({ ...problem.extension, ...body }))
  }
}

function problemOf(error: FastifyError | Error): Problem {
  if (error instanceof Problem) return error
  const status = 'statusCode' in error ? error.statusCode : undefined
  const code = status === undefined ? undefined : codesByStatus[status]
  return code ? new Problem(code, error.message) : new Problem('internal.failure')
}

function record(
  log: Log,
  { id, code, status, detail }: ProblemDetails,
  request: FastifyRequest,
  cause: Error | undefined,
): void {
  const { method, ip: address, actor = null } = request
  const route = request.routeOptions.url ?? 'none'
  const fields = { problem: id, code, status, method, route, address, actor, request: request.id }
  if (cause) log.error({ ...fields, error: cause }, 'a request failed')
  else log.info({ ...fields, detail }, 'a request was refused')
}
