import { problems } from '@haidang/contracts/problems'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyRequest } from 'fastify'

export interface Refusal {
  /** Of HTTP. */
  readonly status: number
  readonly code: string
  readonly reason: string
}

/** What makes a sender wait and send again, in every protocol. */
const comeBack = new Set([
  'ingest.overloaded',
  'ingest.source-limited',
  'ingest.disk-full',
  'ingest.disk-failed',
  'ingest.bus-unreachable',
  'source.paused',
])

/**
 * Why a request is refused, for a protocol to say in its own words; written to the log. What passes by
 * itself (a full queue or disk, a paused source) is 429, whatever else a Problem says; a fault of ours 500.
 */
export function refusalOf(error: unknown, request: FastifyRequest, log: Log): Refusal {
  const route = request.routeOptions.url ?? 'none'
  if (error instanceof Problem) {
    const status = comeBack.has(error.code) ? 429 : problems[error.code].status
    const refusal = { status, code: error.code, reason: error.message }
    log.info({ ...refusal, route, request: request.id }, 'a request was refused')
    return refusal
  }
  const { statusCode, message } = error as Error & { statusCode?: number }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { status: statusCode, code: 'request.invalid', reason: message }
  }
  log.error({ error, route, request: request.id }, 'a request failed')
  return { status: 500, code: 'internal.failure', reason: problems['internal.failure'].en }
}
