import type { Envelope } from '@haidang/contracts/link'
import { RuleSetContent } from '@haidang/contracts/rule-set'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import type { EnvelopeGate } from '../envelopes/envelope-gate.ts'
import type { Post } from '../envelopes/post.ts'
import type { TieRow } from '../link-tables.ts'
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
/** Streams this version reads. */
export const readStreams = ['messages', 'rules', 'configuration'] as const
type ReadStream = (typeof readStreams)[number]

/** Fetches what the parent has to say on one stream, stores it, and confirms only then. */
export class DownReader {
  readonly #parts: DownReaderParts
  readonly #stream: ReadStream

  constructor(parts: DownReaderParts, stream: ReadStream) {
    this.#parts = parts
    this.#stream = stream
  }

  /** One long poll; returns whether something came. */
  async read(signal: AbortSignal): Promise<boolean> {
    const { client, database, ties } = this.#parts
    const stream = this.#stream
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
    const stream = this.#stream
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

  async #take(tx: Tx, entry: Numbered): Promise<void> {
    const { gate, ties, post, handlers, log } = this.#parts
    if (entry.kind === 'gap') {
      log.warn({ stream: this.#stream, ...entry.gap }, 'the parent dropped records')
      return
    }
    if (this.#stream === 'rules') {
      const content = RuleSetContent.safeParse(entry.value)
      if (content.success) return handlers.rules.content(tx, content.data)
    }
    const tie = await ties.get(tx)
    await gate.receive(tx, {
      node_id: '',
      organisation_id: null,
      receiver: tie?.organisation_id ?? undefined,
      record: entry,
      handle: (envelope) => this.#handle(tx, envelope, tie),
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

  /** Messages may come from any organisation the parent vouches for; rules and configuration are the parent's own. */
  async #handle(tx: Tx, envelope: Envelope, tie: TieRow | undefined): Promise<void> {
    const { handlers } = this.#parts
    if (this.#stream === 'messages') return handlers.messages(tx, envelope)
    const isParents = envelope.from === tie?.parent_organisation_id
    if (this.#stream === 'rules') {
      if (!isParents) throw new Problem('rule-set.refused', 'it is not signed by the parent')
      return handlers.rules.set(tx, envelope)
    }
    if (!isParents) throw new Problem('configuration.refused', 'it is not signed by the parent')
    if (envelope.type !== 'configuration.published') {
      throw new Problem('configuration.refused', `${envelope.type} sets nothing`)
    }
    await handlers.configuration(tx, envelope)
  }
}
