import { millisecondsOf } from '@haidang/contracts/instant'
import type { SilenceCause, SourceState } from '@haidang/contracts/silence'
import type { Source, SourceCounters } from '@haidang/contracts/source'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { Intake } from '../collect/intake.ts'
import type { SourceCondition } from '../expect/source-watch.ts'
import type { SourceStore } from '../keep/source-store.ts'
import type { CounterRow, SourceRow } from '../keep/station-tables.ts'
import { backlogOf } from '../report/backlog.ts'

/** What the running line knows of a source. */
export interface SourceFigures {
  /** Where its records enter; undefined while the line does not run. */
  readonly intake: Intake | undefined
  readonly problem: (source: SourceRow) => string | undefined
}

/** How sources are, against what is usual of them. */
export interface Conditions {
  readonly of: (source: SourceRow, keptAt: number) => SourceCondition
  readonly states: () => ReadonlyMap<string, SourceState>
}

/** Sources as people see them: row, durable counters, and what the running line adds. */
export class SourceView {
  readonly #store: SourceStore
  readonly #figures: SourceFigures
  readonly #conditions: Conditions
  readonly #clock: Clock

  constructor(store: SourceStore, figures: SourceFigures, conditions: Conditions, clock: Clock) {
    this.#store = store
    this.#clock = clock
    this.#figures = figures
    this.#conditions = conditions
  }

  /** How every source in use is, by id. */
  states(): ReadonlyMap<string, SourceState> {
    return this.#conditions.states()
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
      sealed_secrets: _secrets,
      ...rest
    } = row
    const { path, product, kafka, ...shown } = rest
    const kept = counter?.last_record_at ? millisecondsOf(counter.last_record_at) : 0
    const condition = this.#conditions.of(row, kept)
    const last = condition.lastAt
    const problem = row.paused ? undefined : this.#figures.problem(row)
    return {
      ...shown,
      ...(path !== null && { path }),
      ...(kafka !== null && { kafka }),
      ...(product !== null && { product }),
      state: condition.state,
      problem: problem ?? null,
      ...troubleOf(condition),
      usual_per_hour: condition.usual ?? null,
      quiet_after_seconds: condition.quietAfter,
      counters: this.#countersOf(row.id, counter),
      rate: this.#figures.intake?.rate(row.id) ?? 0,
      backlog: backlogOf(this.#figures.intake, row.id, this.#clock.now()),
      last_record_at: last === 0 ? null : isoOf(last),
    }
  }

  #countersOf(id: string, counter: CounterRow | undefined): SourceCounters {
    const parsed = counter?.parsed ?? 0
    const rejected = counter?.rejected ?? 0
    return {
      received: parsed + rejected + (this.#figures.intake?.waiting(id).records ?? 0),
      parsed,
      rejected,
      dropped: counter?.dropped ?? 0,
      duplicated_possible: counter?.duplicated_possible ?? 0,
      bytes: counter?.bytes ?? 0,
    }
  }
}

/** Since when it is not well, why, and how much is missing; nothing of a source that is well. */
function troubleOf({ state, open, why }: SourceCondition): {
  since: string | null
  cause: SilenceCause | null
  cause_detail: string
  missed: number
} {
  if (state === 'active') return { since: null, cause: null, cause_detail: '', missed: 0 }
  return {
    since: open?.from ?? null,
    cause: why.cause,
    cause_detail: why.detail,
    missed: Math.max(0, (open?.usual ?? 0) - (open?.received ?? 0)),
  }
}
