import type { PlanEntry, PlanProgress, StationDuty } from '@haidang/contracts/estate'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { Problem } from '@haidang/runtime/problem'
import { eq, type SQL, sql } from 'drizzle-orm'
import { vietnamDate } from '../../vietnam-date.ts'
import { stationPlanEntry } from './estate-tables.ts'

interface PlanViewParts {
  readonly clock: Clock
  readonly duties: readonly StationDuty[]
}

/** Who must have a station, by when, and how far that is. */
export class PlanView {
  readonly #parts: PlanViewParts

  constructor(parts: PlanViewParts) {
    this.#parts = parts
  }

  /** One page, what is due first on top unless the query says otherwise. */
  async list(tx: Tx, query: PageQuery): Promise<Page<PlanEntry>> {
    const { duty, due, overdue } = this.#reckoned()
    const fields = {
      name: { column: stationPlanEntry.name, kind: 'text' },
      kind: { column: stationPlanEntry.kind, kind: 'word' },
      state: { column: stationPlanEntry.state, kind: 'word' },
      duty: { column: duty, kind: 'word' },
      due: { column: due, kind: 'time' },
      overdue: { column: overdue, kind: 'boolean' },
    } as const
    const page = keyset({ query, fields, sorts: ['due', 'name'], id: stationPlanEntry.id })
    const { items, next } = await page.read(this.#select(tx))
    return { items: items.map(entryOf), next }
  }

  /** Throws Problem organisation.not-found, also where the scope hides it. */
  async get(tx: Tx, id: string): Promise<PlanEntry> {
    const [row] = await this.#select(tx).where(eq(stationPlanEntry.id, id))
    if (!row) throw new Problem('organisation.not-found', id)
    return entryOf(row)
  }

  /** Those that must have a station, counted by how far they are. */
  async progress(tx: Tx): Promise<Omit<PlanProgress, 'duties'>> {
    const { due, overdue } = this.#reckoned()
    const { state } = stationPlanEntry
    const rows = await tx
      .select({
        state,
        organisations: sql<number>`count(*)::int`,
        overdue: sql<number>`(count(*) filter (where ${overdue}))::int`,
      })
      .from(stationPlanEntry)
      .where(sql`${due} <> 'infinity' and ${state} <> 'exempt'`)
      .groupBy(state)
    return {
      states: rows.map(({ overdue: _, ...row }) => row),
      overdue: rows.reduce((sum, row) => sum + row.overdue, 0),
      due: rows.reduce((sum, row) => sum + row.organisations, 0),
    }
  }

  #select(tx: Tx) {
    const { duty, due, overdue } = this.#reckoned()
    return tx
      .select({
        ...planColumns,
        duty: sql<string | null>`${duty}`,
        due: sql<string>`${due}::text`,
        overdue: sql<boolean>`${overdue}`,
      })
      .from(stationPlanEntry)
  }

  /** Which duty binds an organisation, when its station is due (infinity: never), and whether that has passed. */
  #reckoned(): { duty: SQL; due: SQL; overdue: SQL } {
    const { duties, clock } = this.#parts
    const { own_due_on, state } = stationPlanEntry
    const first = (answer: (duty: StationDuty) => SQL) =>
      sql`(case ${sql.join(
        duties.map((duty) => sql`when ${binds(duty)} then ${answer(duty)}`),
        sql` `,
      )} end)`
    const duty = duties.length === 0 ? sql`null::text` : first(({ id }) => sql`${id}::text`)
    const asked =
      duties.length === 0 ? sql`null::date` : first(({ due_on }) => sql`${due_on}::date`)
    const due = sql`coalesce(${own_due_on}, ${asked}, 'infinity'::date)::timestamptz`
    const today = vietnamDate(clock.now())
    const overdue = sql`(${due} < ${today}::timestamptz and ${state} not in ('operating', 'exempt'))`
    return { duty, due, overdue }
  }
}

function binds({ kinds, important }: StationDuty): SQL {
  const { kind } = stationPlanEntry
  const named = kinds.length === 0 ? sql`false` : sql`${kind} in ${[...kinds]}`
  return important ? sql`(${named} or ${stationPlanEntry.important})` : named
}

const planColumns = {
  id: stationPlanEntry.id,
  name: stationPlanEntry.name,
  kind: stationPlanEntry.kind,
  state: stationPlanEntry.state,
  station_id: stationPlanEntry.station_id,
  station_name: stationPlanEntry.station_name,
  own_due_on: stationPlanEntry.own_due_on,
  note: stationPlanEntry.note,
}

function entryOf({ due, ...row }: Omit<PlanEntry, 'due_on'> & { readonly due: string }): PlanEntry {
  return { ...row, due_on: due === 'infinity' ? null : due.slice(0, 10) }
}
