import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Log } from '@haidang/runtime/log'
import type { EnvelopeGate } from '../envelopes/envelope-gate.ts'
import type { Post } from '../envelopes/post.ts'
import { beyond, type Numbered, readBatch } from '../wire/batch.ts'
import type { ChildHandlers } from './child-parts.ts'
import type { ParentAnswer, ParentClient } from './parent-client.ts'
import type { TieStore } from './tie-store.ts'

interface DownReaderParts {
  readonly database: Database
  readonly ties: TieStore
  readonly gate: EnvelopeGate
  readonly post: Post
  readonly log: Log
  readonly client: ParentClient
  readonly handlers: ChildHandlers
}

const wait = 25
const stream = 'messages'

/** Fetches what the parent has to say, stores it, and confirms only then. */
export class DownReader {
  readonly #parts: DownReaderParts

  constructor(parts: DownReaderParts) {
    this.#parts = parts
  }

  /** One long poll; returns whether something came. */
  async read(signal: AbortSignal): Promise<boolean> {
    const { client, database, ties } = this.#parts
    const after = await database.transact(systemScope, (tx) => ties.stored(tx, stream))
    const path = `/link/v1/streams/${stream}?after=${after}&wait=${wait}`
    const answer = await client.call({ method: 'GET', path, signal, timeout: (wait + 15) * 1000 })
    if (answer.status === 204) return false
    const stored = await this.#store(answer, after)
    const call = { method: 'POST', path: `/link/v1/streams/${stream}/watermark`, signal } as const
    await client.json(call, { stored })
    return true
  }

  async #store(answer: ParentAnswer, after: number): Promise<number> {
    const { database, ties, log } = this.#parts
    const span = {
      first: Number(answer.headers['haidang-first']),
      last: Number(answer.headers['haidang-last']),
    }
    const numbered = readBatch(answer.body, span)
    if (span.first > after + 1) log.warn({ after, ...span }, 'the parent left numbers out')
    await database.transact(systemScope, async (tx) => {
      const stored = await ties.stored(tx, stream)
      for (const entry of beyond(numbered, stored)) await this.#take(tx, entry)
      await ties.moveTo(tx, stream, Math.max(stored, span.last))
    })
    return span.last
  }

  async #take(tx: Parameters<EnvelopeGate['receive']>[0], entry: Numbered): Promise<void> {
    const { gate, ties, post, handlers, log } = this.#parts
    if (entry.kind === 'gap') {
      log.warn({ ...entry.gap }, 'the parent dropped messages')
      return
    }
    const tie = await ties.get(tx)
    await gate.receive(tx, {
      node_id: '',
      organisation_id: null,
      record: entry,
      handle: (envelope) => handlers.messages(tx, envelope),
      unsupported: async (envelope) => {
        await post.toParent(tx, {
          type: 'message.unsupported',
          subject: envelope.id,
          tlp: envelope.tlp,
          from: tie?.organisation_id ?? '',
          to: envelope.from,
          exercise: envelope.exercise,
          causation: envelope.id,
          data: { type: envelope.type },
        })
      },
    })
  }
}
