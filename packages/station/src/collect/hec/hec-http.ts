import { parseForeignJson } from '@haidang/contracts/json-nesting'
import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { admit } from '../http/admission.ts'
import { tokenOf } from '../http/credentials.ts'
import { type HttpRecord, keepRecords } from '../http/keep-records.ts'
import { refusalOf } from '../http/refusal.ts'
import { bodyBytes, leaveBodies, wholeBody } from '../http/request-body.ts'
import type { RequestRoom } from '../http/request-room.ts'
import type { Intake } from '../intake.ts'
import { readLines } from '../request-lines.ts'
import type { SourceBook } from '../source-book.ts'
import { hecEvents } from './hec-events.ts'
import { type HecReplyName, hecReplies, replyFor } from './hec-replies.ts'

export interface HecParts {
  readonly book: SourceBook
  readonly intake: Intake
  readonly room: RequestRoom
  readonly clock: Clock
  readonly log: Log
}

/** Lines are wrapped in JSON, which may take six bytes for one. */
const mostRawBytes = 8 * 1_048_576
const mostBytes = 16 * 1_048_576
const mostLines = 200_000
const jsonType = 'application/json; charset=utf-8'
const base = '/services/collector'

/** What a raw request says of all its lines. */
const metadata = ['host', 'source', 'sourcetype', 'index', 'time'] as const

/**
 * Splunk's HTTP Event Collector: `/services/collector[/event]`, `/raw`, `/ack`, `/health`. Every request
 * but for health carries the token of a `splunk-hec` source. Answered after the records are durable, all of
 * them or none; so an acknowledgement asked for later is always there.
 */
export function serveHec(app: FastifyInstance, parts: HecParts): void {
  let lastAck = 0
  void app.register((scope, _options, done) => {
    leaveBodies(scope)
    scope.setErrorHandler((error, request, reply) => {
      const { status, code } = refusalOf(error, request, parts.log)
      return answer(reply, error instanceof HecRefusal ? error.reply : replyFor(code, status), {
        ...(error instanceof HecRefusal && error.more),
      })
    })
    const taker =
      (take: typeof takeEvents) => async (request: FastifyRequest, reply: FastifyReply) => {
        const source = admitHec(request, parts)
        parts.intake.gate.enter(source.id, 0, 0)
        const channel = channelOf(request)
        const from = { sourceId: source.id, sender: request.ip }
        await parts.room.hold(async (spend) => {
          const records = await take(request, spend)
          await keepRecords(parts.intake, parts.clock, from, records)
        })
        return answer(reply, 'success', channel === undefined ? {} : { ackId: lastAck++ })
      }
    for (const path of ['', '/event', '/event/1.0']) scope.post(base + path, taker(takeEvents))
    for (const path of ['/raw', '/raw/1.0']) scope.post(base + path, taker(takeLines))
    scope.post(`${base}/ack`, async (request, reply) => {
      admitHec(request, parts)
      if (channelOf(request) === undefined) throw new HecRefusal('channel-missing')
      return reply
        .type(jsonType)
        .send(JSON.stringify({ acks: await parts.room.hold((spend) => acks(request, spend)) }))
    })
    for (const path of ['/health', '/health/1.0']) {
      scope.get(base + path, async (_request, reply) =>
        answer(reply, parts.room.isFull ? 'unhealthy' : 'healthy', {}),
      )
    }
    scope.all('/*', async () => {
      throw new HecRefusal('not-found')
    })
    done()
  })
}

/** A refusal in the words of the protocol. */
class HecRefusal extends Problem {
  readonly reply: HecReplyName
  readonly more: object

  constructor(reply: HecReplyName, more: object = {}) {
    super('request.invalid', hecReplies[reply].text)
    this.reply = reply
    this.more = more
  }
}

function admitHec(request: FastifyRequest, { book }: HecParts) {
  const { authorization } = request.headers
  if (authorization === undefined) throw new HecRefusal('token-required')
  if (tokenOf(authorization) === undefined) throw new HecRefusal('invalid-authorization')
  return admit(book, 'splunk-hec', request)
}

/** The channel named by header or query; a GUID. */
function channelOf(request: FastifyRequest): string | undefined {
  const query = request.query as Readonly<Record<string, unknown>>
  const channel = request.headers['x-splunk-request-channel'] ?? query['channel']
  if (channel === undefined || channel === '') return undefined
  if (
    typeof channel !== 'string' ||
    !/^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(channel)
  ) {
    throw new HecRefusal('channel-invalid')
  }
  return channel
}

async function takeEvents(
  request: FastifyRequest,
  spend: (bytes: number) => void,
): Promise<HttpRecord[]> {
  const read = hecEvents(await wholeBody(request, { bytes: mostBytes, spend }))
  if (!read.ok) {
    const { fault, event } = read
    throw new HecRefusal(fault, event === undefined ? {} : { 'invalid-event-number': event })
  }
  return read.events.map((bytes) => ({ bytes }))
}

async function takeLines(
  request: FastifyRequest,
  spend: (bytes: number) => void,
): Promise<HttpRecord[]> {
  const query = request.query as Readonly<Record<string, unknown>>
  const about = Object.fromEntries(
    metadata.flatMap((name) => {
      const value = query[name]
      return typeof value === 'string' && value !== '' ? [[name, value.slice(0, 1000)]] : []
    }),
  )
  const lines = await readLines(bodyBytes(request, { bytes: mostRawBytes, spend }), mostLines)
  if (lines.length === 0) throw new HecRefusal('no-data')
  return lines.map(({ bytes, cutFrom }) => {
    if (cutFrom !== undefined) return { bytes, cutFrom }
    const event = Buffer.from(bytes).toString('utf8')
    return { bytes: Buffer.from(JSON.stringify({ ...about, event })) }
  })
}

const mostAcks = 100_000

/** An id was only given when its records were durable, so each that is asked for is acknowledged. */
async function acks(request: FastifyRequest, spend: (bytes: number) => void) {
  const bytes = await wholeBody(request, { bytes: 1_048_576, spend })
  let asked: unknown
  try {
    asked = (parseForeignJson(bytes.toString('utf8')) as { acks?: unknown } | null)?.acks
  } catch {
    throw new HecRefusal('invalid-format')
  }
  if (!Array.isArray(asked) || asked.length > mostAcks) throw new HecRefusal('invalid-format')
  const ids = asked.filter((id) => Number.isSafeInteger(id) && id >= 0)
  return Object.fromEntries(ids.map((id) => [String(id), true]))
}

function answer(reply: FastifyReply, name: HecReplyName, more: object): FastifyReply {
  const { status, text, code } = hecReplies[name]
  if (status === 503) reply.header('retry-after', '5')
  if (status === 401) reply.header('www-authenticate', 'Splunk')
  return reply
    .status(status)
    .header('cache-control', 'no-store')
    .type(jsonType)
    .send(JSON.stringify({ text, code, ...more }))
}
