import { isSensitive, type SensitiveObject } from '@haidang/contracts/sensitive-read'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NoteRead, ObjectRead } from '@haidang/runtime/http/note-read'
import type { Journal } from '@haidang/runtime/journal'
import { sql } from 'drizzle-orm'
import { ReadingView } from './reading-view.ts'

/** Whose something is and how restricted. */
interface Belonging {
  readonly organisation_id: string
  /** Null: such things have none. */
  readonly tlp_rank: number | null
}
type BelongingOf = (tx: Tx, id: string) => Promise<Belonging | undefined>

interface ReadLogParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
}

/** Further looks of the same reader at the same object within so many milliseconds are one look. */
const together = 15 * 60_000

/**
 * Writes into the journal who looks at sensitive objects. An entry belongs to the owner of the object and is as
 * restricted as the object itself.
 */
export class ReadLog {
  readonly #parts: ReadLogParts
  readonly #view = new ReadingView()
  readonly #belongings = new Map<string, BelongingOf>()

  constructor(parts: ReadLogParts) {
    this.#parts = parts
  }

  /** Says how to find whose an object of a kind is. */
  declare(kind: SensitiveObject, belonging: BelongingOf): void {
    this.#belongings.set(kind, belonging)
  }

  /** Writes one look down, unless the same reader looked just before. */
  readonly note: NoteRead = async (read) => {
    const { database, journal } = this.#parts
    const { caller, kind, route, address } = read
    await database.transact(systemScope, async (tx) => {
      const { organisation_id, ...found } = await this.#belonging(tx, read)
      const tlp_rank = found.tlp_rank ?? 0
      if (!isSensitive(kind, tlp_rank)) return
      const subject = read.id ?? kind
      const { actor } = caller.scope
      if (await this.#isKnown(tx, actor.id, subject)) return
      // Of two looks at once the second waits here and then finds the first.
      await tx.execute(
        sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.id} ${subject}`}, 0))`,
      )
      if (await this.#isKnown(tx, actor.id, subject)) return
      await journal.append(tx, {
        type: 'object.read',
        organisation_id,
        tlp_rank,
        actor,
        subject,
        authority: read.authority,
        related: caller.organisation_id === '' ? [] : [caller.organisation_id],
        after: { kind, route, address },
      })
    })
  }

  async #belonging(tx: Tx, { kind, id, caller }: ObjectRead) {
    // All of a kind is nobody's: it is told to those of the reader's own organisation.
    if (id === null) return { organisation_id: caller.organisation_id || null, tlp_rank: 0 }
    const found = await this.#belongings.get(kind)?.(tx, id)
    if (!found) throw new Error(`whose ${kind} ${id} is, is not known`)
    return found
  }

  #isKnown(tx: Tx, reader: string, subject: string): Promise<boolean> {
    const since = isoOf(this.#parts.clock.now() - together)
    return this.#view.isKnown(tx, reader, subject, since)
  }
}
