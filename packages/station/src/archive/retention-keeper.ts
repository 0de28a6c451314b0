import { eventTable } from '@haidang/contracts/event-columns'
import { isoOf } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import { type ArchiveParts, dayHours, dayMilliseconds } from './archive-parts.ts'
import { bundlesHeld, daysHeld, decidedBy } from './archive-queries.ts'
import { type Bundle, bundleName } from './archive-store.ts'
import type { Archiver } from './archiver.ts'
import type { LeavingRows } from './leaving-rows.ts'
import type { RetentionRules } from './retention-rules.ts'

interface Deletion {
  /** Since the epoch. */
  readonly day: number
  /** Hours since the epoch, [from, to). */
  readonly from: number
  readonly to: number
  /** Rules whose events go. */
  readonly due: readonly number[]
  readonly isWhole: boolean
}

/**
 * Deletes from the event store what has been there for as long as it is to be: by day of receipt, wholly or
 * by rule. With an archive nothing goes that is not there: rows are counted in both while no insert is under
 * way, and the catalogue says what is being deleted before it is.
 */
export class RetentionKeeper {
  readonly #parts: ArchiveParts
  readonly #archiver: Archiver
  readonly #leaving: LeavingRows
  readonly #deleted

  constructor(parts: ArchiveParts, archiver: Archiver, leaving: LeavingRows) {
    this.#parts = parts
    this.#archiver = archiver
    this.#leaving = leaving
    this.#deleted = parts.metrics.counter(
      'retention_events_deleted_total',
      'Events deleted from the event store as they were kept long enough',
    )
  }

  /** `isArchived`: whether there is an archive. */
  async turn(rules: RetentionRules, isArchived: boolean, signal: AbortSignal): Promise<void> {
    if (!(await this.#leaving.settle())) return
    const today = Math.floor(this.#parts.clock.now() / dayMilliseconds)
    for (const { day, rows } of await daysHeld(this.#parts.events)) {
      if (signal.aborted) return
      const due = rules.due(today - day)
      const hours = { from: day * dayHours, to: (day + 1) * dayHours }
      const deletion = { day, ...hours, due, isWhole: due.length === rules.count }
      if (due.length > 0) await this.#day(deletion, rows, rules, isArchived, signal)
    }
  }

  async #day(
    deletion: Deletion,
    rows: number,
    rules: RetentionRules,
    isArchived: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { database, store, events, log } = this.#parts
    const { day, from, to, due, isWhole } = deletion
    const name = `${rules.cut} ${due.join(',')}`
    const last = await database.transact(systemScope, (tx) => store.deleted(tx, day))
    if (!isWhole && last?.due === name && last.left_rows === rows) return
    if (isArchived && !isWhole) {
      const others = await database.transact(systemScope, (tx) =>
        store.otherCuts(tx, from, to, rules.cut),
      )
      await this.#archiver.again(others, rules, signal)
    }
    const begun = await events.quietly(() => this.#begin(deletion, rules, isArchived))
    if (!begun) {
      log.info({ day: dateOf(day) }, 'events are kept until the archive has them')
      return
    }
    await this.#leaving.settle(signal)
    this.#deleted.add(begun.going)
    await database.transact(systemScope, (tx) => store.markDeleted(tx, day, name, begun.left))
  }

  /** Begins a deletion, unless something is not in the archive; answers how many rows go, and stay. */
  async #begin(
    deletion: Deletion,
    rules: RetentionRules,
    isArchived: boolean,
  ): Promise<{ going: number; left: number } | undefined> {
    const { database, store, events } = this.#parts
    const { from, to, due, isWhole, day } = deletion
    const held = await bundlesHeld(events, from, to)
    const filed = await database.transact(systemScope, (tx) => store.hot(tx, from, to))
    if (isArchived && !areFiled(held, filed)) return undefined
    const decided = decidedBy(rules, due)
    const going = sumOf(isWhole ? held : await bundlesHeld(events, from, to, decided))
    await database.transact(systemScope, async (tx) => {
      const which = isWhole ? { from, to } : { from, to, rules: due }
      const { rows } = await store.move(tx, 'hot', 'leaving', which)
      if (going > 0) await this.#tell(tx, deletion, { events: going, in_archive: rows })
    })
    const partition = `'${dateOf(day)}'`
    const { sql, parameters } = decided
    if (isWhole) {
      await events.alter(`ALTER TABLE ${eventTable} DROP PARTITION ${partition}`, {})
    } else if (going > 0) {
      const where = `IN PARTITION ${partition} WHERE ${sql}`
      await events.alter(`ALTER TABLE ${eventTable} DELETE ${where}`, parameters)
    }
    return { going, left: sumOf(held) - going }
  }

  async #tell(tx: Tx, { day }: Deletion, after: object): Promise<void> {
    const { journal, book } = this.#parts
    const { version } = await book.inForce(tx)
    await journal.append(tx, {
      type: 'retention.deleted',
      organisation_id: await book.home(),
      actor: systemScope.actor,
      authority: `retention:${version}`,
      subject: `events:${dateOf(day)}`,
      reason: 'kept for as long as the policy says',
      after,
    })
  }
}

function areFiled(
  held: readonly (Bundle & { rows: number })[],
  filed: readonly (Bundle & { rows: number })[],
): boolean {
  const rows = new Map(filed.map((bundle) => [bundleName(bundle), bundle.rows]))
  return held.every((bundle) => (rows.get(bundleName(bundle)) ?? 0) >= bundle.rows)
}

function sumOf(bundles: readonly { rows: number }[]): number {
  return bundles.reduce((sum, { rows }) => sum + rows, 0)
}

function dateOf(day: number): string {
  return isoOf(day * dayMilliseconds).slice(0, 10)
}
