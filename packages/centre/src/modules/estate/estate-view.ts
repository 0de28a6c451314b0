import type { EstateStation, UnitStations } from '@haidang/contracts/estate'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { DriftState } from '@haidang/contracts/rule-set'
import type { StationState } from '@haidang/contracts/station'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { Problem } from '@haidang/runtime/problem'
import { eq, sql } from 'drizzle-orm'
import { vietnamDate } from '../../vietnam-date.ts'
import { stationEstate } from './estate-tables.ts'

interface EstateViewParts {
  readonly clock: Clock
  /** Months between two inspections of a station. */
  readonly months: number
  /** How the rule sets of some stations stand; those that take none are left out. */
  readonly drift: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, DriftState>>
}

/** Stations as the estate lists them. */
export class EstateView {
  readonly #parts: EstateViewParts

  constructor(parts: EstateViewParts) {
    this.#parts = parts
  }

  /** One page, by name unless the query says otherwise. */
  async list(tx: Tx, query: PageQuery): Promise<Page<EstateStation>> {
    const { due, overdue } = this.#inspection()
    const fields = {
      ...plainFields,
      inspection_due: { column: due, kind: 'time' },
      inspection_overdue: { column: overdue, kind: 'boolean' },
    } as const
    const sorts = ['name', 'state', 'organisation', 'heartbeat', 'inspection_due'] as const
    const page = keyset({ query, fields, sorts, id: stationEstate.id })
    const { items, next } = await page.read(this.#select(tx))
    return { items: await this.#finished(tx, items), next }
  }

  /** Throws Problem station.not-found, also where the scope hides it. */
  async get(tx: Tx, id: string): Promise<EstateStation> {
    const rows = await this.#select(tx).where(eq(stationEstate.id, id))
    const [found] = await this.#finished(tx, rows)
    if (!found) throw new Problem('station.not-found', id)
    return found
  }

  /** How many stations stand in each province, by state; replaced ones are no longer anywhere. */
  async units(tx: Tx): Promise<UnitStations[]> {
    const { unit, state, replaced_by } = stationEstate
    const rows = await tx
      .select({ unit, state, stations: sql<number>`count(*)::int` })
      .from(stationEstate)
      .where(sql`${replaced_by} is null`)
      .groupBy(unit, state)
      .orderBy(unit, state)
    const units = new Map<string, UnitStations>()
    for (const row of rows) {
      const known = units.get(row.unit) ?? { unit: row.unit, stations: 0, states: {} }
      const states: Partial<Record<StationState, number>> = {
        ...known.states,
        [row.state]: row.stations,
      }
      units.set(row.unit, { ...known, stations: known.stations + row.stations, states })
    }
    return [...units.values()]
  }

  #select(tx: Tx) {
    const { due, overdue } = this.#inspection()
    return tx
      .select({
        ...rowColumns,
        // What is sorted by, as the cursor carries it.
        organisation: stationEstate.organisation_name,
        heartbeat: sql<string>`${heartbeat}::text`,
        inspection_due: sql<string>`${due}::text`,
        inspection_overdue: overdue,
      })
      .from(stationEstate)
  }

  /** The day after which the next inspection is late: infinity where none is due; and whether that has passed. */
  #inspection() {
    const { months, clock } = this.#parts
    const { operating, last_inspection_on, joined_on } = stationEstate
    const from = sql`coalesce(${last_inspection_on}, ${joined_on})`
    const due = sql`(case when ${operating} and ${from} is not null
      then (${from} + make_interval(months => ${months}::int))::timestamptz
      else 'infinity'::timestamptz end)`
    const today = vietnamDate(clock.now())
    return { due, overdue: sql<boolean>`(${due} < ${today}::timestamptz)` }
  }

  async #finished(tx: Tx, rows: readonly Row[]): Promise<EstateStation[]> {
    const drift = await this.#parts.drift(
      tx,
      rows.map(({ id }) => id),
    )
    return rows.map(({ inspection_due, organisation: _o, heartbeat: _h, ...row }) => ({
      ...row,
      rule_state: drift.get(row.id) ?? null,
      inspection_due_on: inspection_due === 'infinity' ? null : inspection_due.slice(0, 10),
    }))
  }
}

type Row = Omit<EstateStation, 'rule_state' | 'inspection_due_on'> & {
  readonly organisation: string
  readonly heartbeat: string
  readonly inspection_due: string
}

/** A station that never beat comes before all others. */
const heartbeat = sql`coalesce(${stationEstate.last_heartbeat_at}, 'epoch'::timestamptz)`

const plainFields = {
  id: { column: stationEstate.id, kind: 'word' },
  name: { column: stationEstate.name, kind: 'text' },
  organisation: { column: stationEstate.organisation_name, kind: 'text' },
  organisation_id: { column: stationEstate.organisation_id, kind: 'word' },
  state: { column: stationEstate.state, kind: 'word' },
  unit: { column: stationEstate.unit, kind: 'word' },
  local: { column: stationEstate.local, kind: 'boolean' },
  software: { column: stationEstate.software, kind: 'text' },
  sources: { column: stationEstate.sources, kind: 'number' },
  lacking_sources: { column: stationEstate.lacking_sources, kind: 'number' },
  open_gaps: { column: stationEstate.open_gaps, kind: 'number' },
  systems_watched: { column: stationEstate.systems_watched, kind: 'number' },
  systems_uncovered: { column: stationEstate.systems_uncovered, kind: 'number' },
  open_findings: { column: stationEstate.open_findings, kind: 'number' },
  heartbeat: { column: heartbeat, kind: 'time' },
} as const

const rowColumns = {
  id: stationEstate.id,
  organisation_id: stationEstate.organisation_id,
  organisation_name: stationEstate.organisation_name,
  name: stationEstate.name,
  local: stationEstate.local,
  state: stationEstate.state,
  software: stationEstate.software,
  unit: stationEstate.unit,
  sources: stationEstate.sources,
  lacking_sources: stationEstate.lacking_sources,
  open_gaps: stationEstate.open_gaps,
  systems_watched: stationEstate.systems_watched,
  systems_required: stationEstate.systems_required,
  systems_uncovered: stationEstate.systems_uncovered,
  last_heartbeat_at: stationEstate.last_heartbeat_at,
  last_inspection_on: stationEstate.last_inspection_on,
  open_findings: stationEstate.open_findings,
  replaced_by: stationEstate.replaced_by,
  simulated: stationEstate.simulated,
}
