import { systemScope } from '@haidang/runtime/database/database'
import { type ArchiveParts, dayHours, hourMilliseconds } from './archive-parts.ts'
import { bundlesHeld, daysHeld } from './archive-queries.ts'
import { type Bundle, bundleName } from './archive-store.ts'
import { BundleArchiver } from './bundle-archiver.ts'
import type { RetentionRules } from './retention-rules.ts'

/** Milliseconds after its end at which an hour of receipt is closed: by then the line has written it. */
const closing = 5 * 60_000

/** An hour whose archive cannot be what the event store holds, and why. */
export interface HourTrouble {
  readonly hour: number
  readonly cause: string
}

/**
 * Brings the archive up to what the event store holds, hour by hour: rows of an hour are counted in both,
 * and where they differ the hour is archived anew. Rows that come late, to an hour that was archived, are
 * waited for until two turns count the same.
 */
export class Archiver {
  readonly #parts: ArchiveParts
  readonly #bundles: BundleArchiver
  /** Rows of days that were found archived; a day that has others is looked at again. */
  readonly #settled = new Map<number, number>()
  /** Of a day not over yet: the hour before which all was found archived. */
  readonly #until = new Map<number, number>()
  readonly #late = new Map<string, number>()
  readonly #troubles = new Map<number, HourTrouble>()
  #waiting = 0

  constructor(parts: ArchiveParts) {
    this.#parts = parts
    this.#bundles = new BundleArchiver(parts)
  }

  /** Hours that need somebody to look at them. */
  get troubles(): readonly HourTrouble[] {
    return [...this.#troubles.values()]
  }

  /** Closed hours that were not archived at the end of the last turn. */
  get waitingHours(): number {
    return this.#waiting
  }

  /** Archives every closed hour. */
  async turn(rules: RetentionRules, signal: AbortSignal): Promise<void> {
    const days = await daysHeld(this.#parts.events)
    await this.#keepLost(days.map(({ day }) => day))
    this.#waiting = 0
    for (const { day, rows } of days) {
      if (signal.aborted) return
      if (this.#settled.get(day) !== rows) await this.#day(day, rows, rules, signal)
    }
  }

  /** Archives bundles whether or not they are: as other rules cut them than those in force. */
  async again(bundles: readonly Bundle[], rules: RetentionRules, signal: AbortSignal) {
    for (const bundle of bundles) await this.#bundles.archive(bundle, rules, signal)
  }

  async #day(day: number, rows: number, rules: RetentionRules, signal: AbortSignal): Promise<void> {
    const { events, database, store, clock } = this.#parts
    const end = (day + 1) * dayHours
    const closed = Math.min(end, Math.floor((clock.now() - closing) / hourMilliseconds))
    const isOver = closed === end
    const from = isOver ? day * dayHours : (this.#until.get(day) ?? day * dayHours)
    if (closed <= from) return
    const held = await bundlesHeld(events, from, closed)
    const filed = await database.transact(systemScope, (tx) => store.hot(tx, from, closed))
    const known = new Map(filed.map((bundle) => [bundleName(bundle), bundle.rows]))
    const open = new Set<number>()
    for (const bundle of held) {
      signal.throwIfAborted()
      const settled = await this.#bundle(bundle, known.get(bundleName(bundle)) ?? 0, rules, signal)
      if (!settled) open.add(bundle.hour)
    }
    this.#waiting += open.size
    if (open.size > 0) return
    if (isOver) this.#settled.set(day, rows)
    else this.#until.set(day, closed)
  }

  /** Whether the archive holds what the event store does, now. */
  async #bundle(
    bundle: Bundle & { rows: number },
    filed: number,
    rules: RetentionRules,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { hour, rows } = bundle
    const name = bundleName(bundle)
    if (rows === filed) {
      this.#late.delete(name)
      this.#troubles.delete(hour)
      return true
    }
    if (rows < filed) {
      const cause = `the event store lost ${filed - rows} of ${filed} events; the archive has them`
      this.#troubles.set(hour, { hour, cause })
      return true
    }
    if (filed > 0 && this.#late.get(name) !== rows) {
      this.#late.set(name, rows)
      return false
    }
    return (await this.#bundles.archive(bundle, rules, signal)) === rows
  }

  /** Days the event store no longer has though nothing was deleted: the archive is all there is of them. */
  async #keepLost(days: readonly number[]): Promise<void> {
    const { database, store } = this.#parts
    await database.transact(systemScope, async (tx) => {
      const held = new Set(days)
      for (const day of await store.hotDays(tx)) {
        if (held.has(day)) continue
        const hours = { from: day * dayHours, to: (day + 1) * dayHours }
        await store.move(tx, 'hot', 'archived', hours)
        this.#settled.delete(day)
      }
    })
  }
}
