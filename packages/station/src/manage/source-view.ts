import { millisecondsOf } from '@haidang/contracts/instant'
import type { Source, SourceCounters } from '@haidang/contracts/source'
import type { Clock } from '@haidang/runtime/clock'
import { isoOf } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { SourceStore } from '../keep/source-store.ts'
import type { CounterRow, SourceRow } from '../keep/station-tables.ts'

/** What the running line knows of a source. */
export interface SourceFigures {
  readonly rate: (sourceId: string) => number
  /** Received and not yet kept. */
  readonly waiting: (sourceId: string) => number
  /** Milliseconds since the epoch of its last record; 0: none since start. */
  readonly lastAt: (sourceId: string) => number
  readonly problem: (source: SourceRow) => string | undefined
}

/** Sources as people see them: row, durable counters, and what the running line adds. */
export class SourceView {
  readonly #store: SourceStore
  readonly #figures: SourceFigures
  readonly #clock: Clock

  constructor(store: SourceStore, figures: SourceFigures, clock: Clock) {
    this.#store = store
    this.#figures = figures
    this.#clock = clock
  }

  async of(tx: Tx, rows: readonly SourceRow[]): Promise<Source[]> {
    const ids = rows.map(({ id }) => id)
    const counters = await this.#store.counters(tx, ids)
    return rows.map((row) => this.#one(row, counters.get(row.id)))
  }

  #one(row: SourceRow, counter: CounterRow | undefined): Source {
    const {
      token_hash: _,
      paused: _paused,
      removed_at: _removed,
      organisation_id: _owner,
      ...rest
    } = row
    const { path, product, ...shown } = rest
    const last = this.#lastOf(row, counter)
    const problem = row.paused ? undefined : this.#figures.problem(row)
    return {
      ...shown,
      ...(path !== null && { path }),
      ...(product !== null && { product }),
      state: this.#stateOf(row, last, problem),
      problem: problem ?? null,
      counters: this.#countersOf(row.id, counter),
      rate: this.#figures.rate(row.id),
      last_record_at: last === 0 ? null : isoOf(last),
    }
  }

  #lastOf(row: SourceRow, counter: CounterRow | undefined): number {
    const kept = counter?.last_record_at ? millisecondsOf(counter.last_record_at) : 0
    return Math.max(kept, this.#figures.lastAt(row.id))
  }

  #stateOf(row: SourceRow, last: number, problem: string | undefined): Source['state'] {
    if (row.paused) return 'paused'
    if (problem !== undefined) return 'failed'
    const since = Math.max(last, millisecondsOf(row.created_at))
    const quiet = this.#clock.now() - since > row.expect_every_seconds * 1000
    return quiet || last === 0 ? 'quiet' : 'active'
  }

  #countersOf(id: string, counter: CounterRow | undefined): SourceCounters {
    const parsed = counter?.parsed ?? 0
    const rejected = counter?.rejected ?? 0
    return {
      received: parsed + rejected + this.#figures.waiting(id),
      parsed,
      rejected,
      dropped: counter?.dropped ?? 0,
      duplicated_possible: counter?.duplicated_possible ?? 0,
      bytes: counter?.bytes ?? 0,
    }
  }
}
