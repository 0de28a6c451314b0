import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Silence, SourceRhythm } from '@haidang/contracts/silence'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { hour, hoursOfWeek, type Weeks } from '../expect/hour-of-week.ts'
import { learn } from '../expect/rhythm.ts'
import type { RhythmBook } from '../expect/rhythm-book.ts'
import type { SilenceStore } from '../expect/silence-store.ts'
import type { SourceWatch } from '../expect/source-watch.ts'
import type { SourceStore } from '../keep/source-store.ts'

export interface SilenceServiceParts {
  readonly database: Database
  readonly clock: Clock
  readonly sources: SourceStore
  readonly silences: SilenceStore
  readonly rhythms: RhythmBook
  readonly weeks: Weeks
  readonly watch: SourceWatch
}

/** When sources did not send what they usually do, and what is usual. */
export class SilenceService {
  readonly #parts: SilenceServiceParts

  constructor(parts: SilenceServiceParts) {
    this.#parts = parts
  }

  /** Newest first. */
  list(caller: Caller, query: PageQuery): Promise<Page<Silence>> {
    const { database, silences } = this.#parts
    return database.transact(caller.scope, (tx) => silences.list(tx, query))
  }

  /** A source's week. Throws Problem source.not-found. */
  rhythm(caller: Caller, id: string): Promise<SourceRhythm> {
    const { database, sources, rhythms, weeks, watch, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const source = await sources.get(tx, id)
      if (!source) throw new Problem('source.not-found', id)
      const now = Math.floor(clock.now() / hour)
      const hourOfWeek = weeks.in(source.zone)
      const seen = await rhythms.seen(tx, source, clock.now())
      const rhythm = learn(seen, hourOfWeek)
      const lastWeek = new Map(
        seen
          .filter((one) => one.hour > now - hoursOfWeek)
          .map((one) => [hourOfWeek(one.hour) % hoursOfWeek, one.records]),
      )
      return {
        zone: source.zone,
        learned_hours: rhythm.learnedFrom,
        quiet_after_seconds: watch.of(source).quietAfter,
        hours: Array.from({ length: hoursOfWeek }, (_, n) => ({
          usual: rhythm.hours[n]?.records ?? null,
          seen: lastWeek.get(n) ?? null,
        })),
        now: hourOfWeek(now) % hoursOfWeek,
      }
    })
  }
}
