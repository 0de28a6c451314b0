import type { Clock } from '@haidang/runtime/clock'
import { newUuid } from '@haidang/runtime/ids'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { admit } from '../http/admission.ts'
import { keepRecords } from '../http/keep-records.ts'
import { refusalOf } from '../http/refusal.ts'
import { bodyBytes, leaveBodies } from '../http/request-body.ts'
import type { RequestRoom } from '../http/request-room.ts'
import type { Intake } from '../intake.ts'
import { readLines } from '../request-lines.ts'
import type { SourceBook } from '../source-book.ts'
import { bulkOperations, identityOf } from './bulk-operations.ts'
import { type BulkReply, bulkReply } from './bulk-reply.ts'
import { answerProbe } from './elastic-probes.ts'

export interface ElasticParts {
  readonly book: SourceBook
  readonly intake: Intake
  readonly room: RequestRoom
  readonly clock: Clock
  readonly log: Log
  /** Version of Elasticsearch senders are told. */
  readonly version: string
}

const mostBytes = 32 * 1_048_576
const mostLines = 400_000
const node = 'hai-dang-1'

/**
 * The part of Elasticsearch that senders of logs use: `POST` (or `PUT`) `/_bulk` and `/{index}/_bulk`, and
 * answers to what they ask before. Every request carries the token of an `elastic-bulk` source. Answered
 * after the records are durable; an `_id` known already is not taken in again.
 */
export function serveElastic(app: FastifyInstance, parts: ElasticParts): void {
  void app.register((scope, _options, done) => {
    leaveBodies(scope)
    scope.addHook('onRequest', async (_request, reply) => {
      // The official clients refuse to talk to what does not say so.
      reply.header('x-elastic-product', 'Elasticsearch').header('cache-control', 'no-store')
    })
    scope.setErrorHandler((error, request, reply) => refuse(error, request, reply, parts.log))
    const bulk = async (request: FastifyRequest, reply: FastifyReply) =>
      send(request, reply, await take(request, parts))
    for (const url of ['/_bulk', '/:index/_bulk', '/:index/:type/_bulk']) {
      scope.route({ method: ['POST', 'PUT'], url, handler: bulk })
    }
    scope.all('/*', async (request, reply) => {
      admit(parts.book, 'elastic-bulk', request)
      request.raw.resume()
      const [path = '/'] = request.url.split('?')
      const about = { version: parts.version, address: addressOf(request), node }
      const answer = answerProbe(request.method, path.replace(/(?<=.)\/$/, ''), about)
      if (!answer) throw new Problem('request.not-found', `${request.method} is not served here`)
      return send(request, reply, answer)
    })
    done()
  })
}

async function take(request: FastifyRequest, parts: ElasticParts): Promise<BulkReply> {
  const { book, intake, clock, room } = parts
  const source = admit(book, 'elastic-bulk', request)
  intake.gate.enter(source.id, 0, 0)
  const { index = '' } = request.params as { index?: string }
  return room.hold(async (spend) => {
    const lines = await readLines(bodyBytes(request, { bytes: mostBytes, spend }), mostLines)
    const read = bulkOperations(lines, index)
    if (!read.ok) throw new Problem('request.invalid', read.reason)
    const { operations } = read
    if (operations.length === 0) throw new Problem('request.invalid', 'request body is required')
    const taken: number[] = []
    const records = operations.flatMap((operation, at) => {
      const { document } = operation
      if (!document) return []
      taken.push(at)
      const { bytes, cutFrom } = document
      return [{ bytes, ...(cutFrom !== undefined && { cutFrom }), identity: identityOf(operation) }]
    })
    const from = { sourceId: source.id, sender: request.ip }
    const answers = await keepRecords(intake, clock, from, records)
    const isNew = new Map(taken.map((at, i) => [at, answers[i] ?? true]))
    const batch = newUuid(clock)
    return bulkReply(
      operations,
      (at) => isNew.get(at) ?? true,
      (at) => `${batch}-${at}`,
    )
  })
}

/** Clients that ask in a versioned media type want to be answered in it. */
function mediaTypeFor(accept: string | undefined): string {
  const [, version] =
    /application\/vnd\.elasticsearch\+json; ?compatible-with=(\d{1,2})/.exec(accept ?? '') ?? []
  return version === undefined
    ? 'application/json; charset=utf-8'
    : `application/vnd.elasticsearch+json;compatible-with=${version}`
}

function send(request: FastifyRequest, reply: FastifyReply, answer: object): FastifyReply {
  // As bytes: to text a charset would be added, which these media types do not have.
  return reply.type(mediaTypeFor(request.headers.accept)).send(Buffer.from(JSON.stringify(answer)))
}

function addressOf({ headers }: FastifyRequest): string {
  const host = headers.host ?? ''
  return /^[\w.:[\]-]{1,255}$/.test(host) ? host : '127.0.0.1:9200'
}

/**
 * rsyslog gives records up that are answered without items, and sends them again when the connection breaks.
 * It is the sender that names no user agent.
 */
function mustNotBeAnswered({ headers, method }: FastifyRequest, status: number): boolean {
  const isToKeep = status === 401 || status === 429 || status >= 500
  return headers['user-agent'] === undefined && method === 'POST' && isToKeep
}

const types: Readonly<Record<number, string>> = {
  400: 'illegal_argument_exception',
  401: 'security_exception',
  404: 'resource_not_found_exception',
  413: 'content_too_long_exception',
  429: 'es_rejected_execution_exception',
}

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log) {
  const { status, reason, code } = refusalOf(error, request, log)
  if (mustNotBeAnswered(request, status)) {
    reply.hijack()
    request.raw.destroy()
    return reply
  }
  if (status === 401) reply.header('www-authenticate', 'Basic realm="security", charset="UTF-8"')
  if (status === 429) reply.header('retry-after', '5')
  const type = types[status] ?? 'exception'
  const cause = { type, reason: `${code}: ${reason}` }
  const body = { error: { root_cause: [cause], ...cause }, status }
  return send(request, reply.status(status), body)
}
