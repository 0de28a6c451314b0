import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { admit } from '../http/admission.ts'
import { type HttpRecord, keepRecords } from '../http/keep-records.ts'
import { refusalOf } from '../http/refusal.ts'
import { leaveBodies, wholeBody } from '../http/request-body.ts'
import type { RequestRoom } from '../http/request-room.ts'
import type { Intake } from '../intake.ts'
import type { SourceBook } from '../source-book.ts'
import { deepestValue, type OtlpLogs, printRecords, TooDeep, uidOf } from './otlp-record.ts'
import { logsReply, mediaTypes, type OtlpEncoding, statusReply } from './otlp-reply.ts'
import { ProtobufFault } from './protobuf.ts'
import { readJsonLogs } from './read-json.ts'
import { readProtobufLogs } from './read-protobuf.ts'

export interface OtlpParts {
  readonly book: SourceBook
  readonly intake: Intake
  readonly room: RequestRoom
  readonly clock: Clock
  readonly log: Log
}

/** JSON takes more memory as objects than protobuf of the same length. */
const mostBytes: Readonly<Record<OtlpEncoding, number>> = {
  protobuf: 16 * 1_048_576,
  json: 8 * 1_048_576,
}
/** Of the records as they are kept: each carries what its resource and scope say. */
const mostKept = 48 * 1_048_576

/**
 * OTLP over HTTP for logs: `POST /v1/logs` in protobuf or JSON. Every request carries the token of an
 * `otlp-http` source (`Authorization: Bearer TOKEN`). Answered after the records are durable; records nested
 * too deep are told as partial success; one with `log.record.uid` known already is not taken in again.
 */
export function serveOtlp(app: FastifyInstance, parts: OtlpParts): void {
  void app.register((scope, _options, done) => {
    leaveBodies(scope)
    scope.setErrorHandler((error, request, reply) => refuse(error, request, reply, parts.log))
    scope.post('/v1/logs', (request, reply) => take(request, reply, parts))
    scope.all('/*', async () => {
      throw new Problem('request.not-found', 'only POST /v1/logs is served here')
    })
    done()
  })
}

async function take(request: FastifyRequest, reply: FastifyReply, parts: OtlpParts) {
  const { book, intake, clock, room } = parts
  const source = admit(book, 'otlp-http', request)
  intake.gate.enter(source.id, 0, 0)
  const encoding = encodingOf(request)
  if (!encoding) throw new Problem('request.unsupported-media', 'protobuf or JSON')
  const refused = await room.hold(async (spend) => {
    const bytes = await wholeBody(request, { bytes: mostBytes[encoding], spend })
    const logs = read(encoding, bytes)
    const records = recordsOf(logs, spend)
    const from = { sourceId: source.id, sender: request.ip }
    await keepRecords(intake, clock, from, records)
    return logs.refused
  })
  const why = `values nested deeper than ${deepestValue} levels`
  return send(reply, 200, encoding, logsReply(encoding, refused, why))
}

function read(encoding: OtlpEncoding, bytes: Buffer): OtlpLogs {
  try {
    return encoding === 'json' ? readJsonLogs(bytes.toString('utf8')) : readProtobufLogs(bytes)
  } catch (error) {
    // Too deep in a record is that record's trouble; in its resource or scope the request's.
    const faults = [ProtobufFault, SyntaxError, TooDeep]
    if (!(error instanceof Error && faults.some((fault) => error instanceof fault))) throw error
    throw new Problem('request.invalid', `no export request in ${encoding}: ${error.message}`)
  }
}

function recordsOf({ groups }: OtlpLogs, spend: (bytes: number) => void): HttpRecord[] {
  const records: HttpRecord[] = []
  let kept = 0
  for (const group of groups) {
    let at = 0
    for (const bytes of printRecords(group)) {
      kept += bytes.length
      if (kept > mostKept) throw new Problem('request.too-large', `more than ${mostKept} bytes`)
      spend(bytes.length)
      const record = group.records[at++]
      records.push({ bytes, identity: record && uidOf(record) })
    }
  }
  return records
}

function encodingOf({ headers }: FastifyRequest): OtlpEncoding | undefined {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return 'json'
  return type === 'application/x-protobuf' || type === 'application/protobuf'
    ? 'protobuf'
    : undefined
}

/** Codes of gRPC for the statuses of HTTP used here. */
const grpcCodes: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  404: 12,
  413: 3,
  415: 3,
  503: 14,
}

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log) {
  const { status: plain, code, reason } = refusalOf(error, request, log)
  // 500 tells an exporter to give the records up.
  const status = plain === 500 ? 503 : plain
  if (status === 429 || status === 503) reply.header('retry-after', '5')
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  const encoding = encodingOf(request) ?? 'json'
  const body = statusReply(encoding, grpcCodes[status] ?? 14, `${code}: ${reason}`)
  return send(reply, status, encoding, body)
}

function send(reply: FastifyReply, status: number, encoding: OtlpEncoding, body: Buffer) {
  return reply
    .status(status)
    .header('cache-control', 'no-store')
    .type(mediaTypes[encoding])
    .send(body)
}
