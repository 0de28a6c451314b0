import type { InspectionFacts } from '@haidang/contracts/inspection'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { station, stationGap } from '@haidang/link/station-tables'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { eq, getTableColumns, sql } from 'drizzle-orm'
import { type InspectionRow, stationInspection } from './inspection-tables.ts'

const fields = {
  station_id: { column: stationInspection.station_id, kind: 'word' },
  station: { column: station.name, kind: 'text' },
  organisation_id: { column: stationInspection.organisation_id, kind: 'word' },
  kind: { column: stationInspection.kind, kind: 'word' },
  inspected_on: { column: sql`${stationInspection.inspected_on}::timestamptz`, kind: 'time' },
  inspector: { column: stationInspection.inspector, kind: 'text' },
  signed: { column: sql`(${stationInspection.signed_at} is not null)`, kind: 'boolean' },
  open_findings: { column: stationInspection.open_findings, kind: 'number' },
} as const

export type NamedInspection = InspectionRow & { readonly station_name: string }

/** Rows of inspections, always inside a given transaction and so inside its scope. */
export class InspectionStore {
  /** One page, newest first. */
  async list(tx: Tx, query: PageQuery): Promise<Page<NamedInspection>> {
    const sorts = ['-inspected_on'] as const
    const page = keyset({ query, fields, sorts, id: stationInspection.id })
    return page.read(this.#select(tx))
  }

  async get(tx: Tx, id: string): Promise<NamedInspection | undefined> {
    const [row] = await this.#select(tx).where(eq(stationInspection.id, id))
    return row
  }

  /** As `get`; nobody else changes it until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<NamedInspection | undefined> {
    await tx
      .select({ id: stationInspection.id })
      .from(stationInspection)
      .where(eq(stationInspection.id, id))
      .for('update')
    return this.get(tx, id)
  }

  async add(tx: Tx, row: InspectionRow): Promise<void> {
    await tx.insert(stationInspection).values(row)
  }

  async replace(tx: Tx, row: InspectionRow): Promise<void> {
    await tx.update(stationInspection).set(row).where(eq(stationInspection.id, row.id))
  }

  /** What was missing of a station between two instants: gaps that began then, and how long no heartbeat came. */
  async missing(
    tx: Tx,
    stationId: string,
    from: string,
    until: string,
  ): Promise<Pick<InspectionFacts, 'gaps' | 'silent_seconds' | 'dropped_records'>> {
    const { kind, count } = stationGap
    const end = sql`least(coalesce(${stationGap.to}, ${until}::timestamptz), ${until}::timestamptz)`
    const length = sql`extract(epoch from ${end} - ${stationGap.from})`
    const [row] = await tx
      .select({
        gaps: sql<number>`count(*)::int`,
        silent_seconds: sql<number>`coalesce(sum(${length}) filter (where ${kind} = 'silence'), 0)::int`,
        dropped_records: sql<number>`coalesce(sum(${count}) filter (where ${kind} = 'dropped'), 0)::int`,
      })
      .from(stationGap)
      .where(
        sql`${stationGap.station_id} = ${stationId} and ${stationGap.from} >= ${from} and ${stationGap.from} < ${until}`,
      )
    return row ?? { gaps: 0, silent_seconds: 0, dropped_records: 0 }
  }

  #select(tx: Tx) {
    return tx
      .select({ ...getTableColumns(stationInspection), station_name: station.name })
      .from(stationInspection)
      .innerJoin(station, eq(station.id, stationInspection.station_id))
  }
}
