import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type ProblemCode, problems } from '@haidang/contracts/problems'
import type { ConnectionError } from 'fastify'
import type { Log } from '../log.ts'

interface Refusal {
  readonly status: number
  readonly code: ProblemCode
}

const unreadable: Refusal = { status: 400, code: 'request.invalid' }
const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'request.too-large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request.invalid' },
}

/** Answers bytes that are no request, which reach no route, as every other refusal is answered, and lets go of the connection. */
export function unreadableReplier(log: Log) {
  return (error: ConnectionError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    const { status, code } = refusals[error.code] ?? unreadable
    const fields = { code, status, cause: error.code, address: socket.remoteAddress ?? '' }
    log.info(fields, 'bytes were refused that are no request')
    if (socket.writable) socket.write(answerOf(status, code))
    socket.destroy(error)
  }
}

function answerOf(status: number, code: ProblemCode): string {
  const { vi, en } = problems[code]
  const body = JSON.stringify({
    type: `urn:haidang:problem:${code}`,
    code,
    title: vi,
    title_en: en,
    status,
  })
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
