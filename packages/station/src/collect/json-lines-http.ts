import type { Clock } from '@haidang/runtime/clock'
import { newUuid } from '@haidang/runtime/ids'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SourceRow } from '../keep/station-tables.ts'
import { anonymousKey } from './batch-keys.ts'
import { cutterOf } from './file-cutter.ts'
import { bodyBytes, leaveBodies } from './http/request-body.ts'
import type { RequestRoom } from './http/request-room.ts'
import { type Intake, sizeOf } from './intake.ts'
import { recordsApart } from './records-document.ts'
import { readLines } from './request-lines.ts'
import type { SourceBook } from './source-book.ts'
import { isToken } from './source-token.ts'
import { namesOf } from './stream-peer.ts'

export interface JsonLinesParts {
  readonly book: SourceBook
  /** Undefined while the line does not run. */
  readonly intake: () => Intake | undefined
  readonly clock: Clock
  readonly room: RequestRoom
}

const mostBytes = 32 * 1_048_576
const mostLines = 200_000
const longestKey = 150

/**
 * `POST /ingest/v1/{source}`: one record a line, gzip, br, zstd or plain; `Authorization: Bearer TOKEN`;
 * `Idempotency-Key` names the batch. Answered after the records are durable: `{accepted, duplicate}`.
 * 401 wrong token, 409 paused, 413 too large, 429 when the queue or the source's limit is full, 507 when the
 * disk is, both with Retry-After.
 */
export function serveJsonLines(app: FastifyInstance, parts: JsonLinesParts): void {
  void app.register((scope, _options, done) => {
    leaveBodies(scope)
    scope.post<{ Params: { source: string } }>('/ingest/v1/:source', async (request, reply) => {
      const intake = parts.intake()
      // Before the line runs no source is known yet: a refusal would make a sender drop what it has.
      if (!intake) throw new Problem('ingest.overloaded')
      const source = admit(parts.book, request.params.source, request)
      intake.gate.enter(source.id, 0, 0)
      const answer = await parts.room.hold((spend) =>
        take(source, request, { intake, clock: parts.clock, spend }),
      )
      return await reply.header('cache-control', 'no-store').send(answer)
    })
    done()
  })
}

/** An unknown source and a wrong token answer alike. */
function admit(book: SourceBook, name: string, request: FastifyRequest): SourceRow {
  const source = book.named(name)
  const token = /^Bearer (\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
  if (source?.collector !== 'json-lines' || !token || !isToken(token, source.token_hash)) {
    book.refused('json-lines', request.ip, 'token')
    throw new Problem('source.token-wrong')
  }
  if (!book.lists(source, request.ip, namesOf(request.raw.socket))) {
    book.refused('json-lines', request.ip, 'address')
    throw new Problem('source.token-wrong')
  }
  if (source.paused) throw new Problem('source.paused')
  return source
}

interface Taking {
  readonly intake: Intake
  readonly clock: Clock
  readonly spend: (bytes: number) => void
}

async function take(source: SourceRow, request: FastifyRequest, { intake, clock, spend }: Taking) {
  const key = keyOf(request)
  const body = bodyBytes(request, { bytes: mostBytes, spend })
  const isCsv = source.format === 'csv'
  const read = await readLines(body, mostLines, isCsv ? cutterOf(source) : undefined)
  const lines = recordsApart(read, mostLines)
  const records = lines.filter(({ cutFrom }) => cutFrom === undefined).map(({ bytes }) => bytes)
  const batchKey = key ?? anonymousKey(lines.length, newUuid(clock))
  intake.gate.enter(source.id, lines.length, sizeOf(lines.map(({ bytes }) => bytes)))
  const named = { sourceId: source.id, sender: request.ip, isCharged: true }
  // Over-long lines first, under names of their own: the batch's name says that all of it is in.
  for (const [i, { bytes, cutFrom }] of lines.entries()) {
    if (cutFrom === undefined) continue
    await intake.appendLong({ ...named, bytes, cutFrom, key: `${batchKey}:long:${i}` })
  }
  const isNew = records.length === 0 || (await intake.append({ ...named, records, key: batchKey }))
  return isNew ? { accepted: lines.length, duplicate: false } : { accepted: 0, duplicate: true }
}

function keyOf(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key']
  if (header === undefined) return undefined
  const key = String(header)
  if (key.length === 0 || Buffer.byteLength(key) > longestKey) {
    throw new Problem('request.invalid', `Idempotency-Key has 1 to ${longestKey} bytes`)
  }
  return `client:${key}`
}
