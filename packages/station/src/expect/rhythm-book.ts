import { millisecondsOf } from '@haidang/contracts/instant'
import type { Tx } from '@haidang/runtime/database/database'
import type { SourceRow } from '../keep/station-tables.ts'
import { hour, type Weeks } from './hour-of-week.ts'
import type { HourStore } from './hour-store.ts'
import { hoursRemembered, learn, type Rhythm, unlearned } from './rhythm.ts'
import { type HourSeen, seenHours } from './seen-hours.ts'
import type { SilenceStore } from './silence-store.ts'

/** Sources whose rhythm is learned anew in one turn: each costs a read of six weeks of hours. */
const mostAtOnce = 25

/** What every source usually does, learned anew each hour. */
export class RhythmBook {
  readonly #hours: HourStore
  readonly #silences: SilenceStore
  readonly #weeks: Weeks
  readonly #rhythms = new Map<string, { readonly learnedIn: number; readonly rhythm: Rhythm }>()

  constructor(hours: HourStore, silences: SilenceStore, weeks: Weeks) {
    this.#hours = hours
    this.#silences = silences
    this.#weeks = weeks
  }

  of(sourceId: string): Rhythm {
    return this.#rhythms.get(sourceId)?.rhythm ?? unlearned
  }

  /** Learns what was not learned in this hour, as much as one turn may; answers which sources it did. */
  async refresh(tx: Tx, sources: readonly SourceRow[], now: number): Promise<SourceRow[]> {
    const thisHour = Math.floor(now / hour)
    const wanted = new Set(sources.map(({ id }) => id))
    for (const id of this.#rhythms.keys()) if (!wanted.has(id)) this.#rhythms.delete(id)
    const due = sources
      .filter(({ id }) => this.#rhythms.get(id)?.learnedIn !== thisHour)
      .slice(0, mostAtOnce)
    if (due.length === 0) return []
    const watched = await this.#hours.wholeHours(tx, thisHour - hoursRemembered)
    for (const source of due) {
      const seen = await this.#seen(tx, source, watched, thisHour)
      const rhythm = learn(seen, this.#weeks.in(source.zone))
      this.#rhythms.set(source.id, { learnedIn: thisHour, rhythm })
    }
    return due
  }

  /** Hours of a source that were watched and that it was not paused in, of the last six weeks. */
  async seen(tx: Tx, source: SourceRow, now: number): Promise<HourSeen[]> {
    const thisHour = Math.floor(now / hour)
    const watched = await this.#hours.wholeHours(tx, thisHour - hoursRemembered)
    return this.#seen(tx, source, watched, thisHour)
  }

  async #seen(
    tx: Tx,
    { id }: SourceRow,
    watched: readonly number[],
    thisHour: number,
  ): Promise<HourSeen[]> {
    const first = thisHour - hoursRemembered
    const rows = await this.#hours.of(tx, id, first, thisHour - 1)
    const pauses = await this.#silences.pauses(tx, id)
    const isPaused = (one: number) =>
      pauses.some(
        ({ from, to }) =>
          millisecondsOf(from) < (one + 1) * hour &&
          (to === null || millisecondsOf(to) > one * hour),
      )
    const whole = watched.filter((one) => one < thisHour && !isPaused(one))
    return seenHours(rows, whole)
  }
}
