import { foldVietnamese } from '@haidang/contracts/fold'
import type { ExtractedObservable } from '@haidang/contracts/incident-observable'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import { incidentObservable, type ObservableRow } from './observable-tables.ts'

const fields = {
  id: { column: incidentObservable.id, kind: 'word' },
  kind: { column: incidentObservable.kind, kind: 'word' },
  value: { column: incidentObservable.value, kind: 'word' },
  tags: { column: incidentObservable.tags, kind: 'member' },
  indicator: { column: incidentObservable.indicator, kind: 'boolean' },
  sightings: { column: incidentObservable.sightings, kind: 'number' },
  first_seen_at: { column: incidentObservable.first_seen_at, kind: 'time' },
  last_seen_at: { column: incidentObservable.last_seen_at, kind: 'time' },
  text: { column: incidentObservable.folded, kind: 'text', whole: true },
} as const

/** A row without what the store itself derives. */
export type ObservableFacts = Omit<ObservableRow, 'folded'>

/** Rows of what was seen in incidents, always inside a given transaction and so inside its scope. */
export class ObservableStore {
  /** One page of an incident’s and of those merged under it, last seen first. */
  list(tx: Tx, incidentId: string, query: PageQuery): Promise<Page<ObservableRow>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields,
      sorts: ['-last_seen_at', 'first_seen_at', 'sightings', 'value'],
      id: incidentObservable.id,
      only: or(
        eq(incidentObservable.incident_id, incidentId),
        sql`${incidentObservable.incident_id} in
          (select m.id from haidang_incident_members(array[${incidentId}]::text[]) m)`,
      ),
    })
    return page.read(tx.select().from(incidentObservable))
  }

  async get(tx: Tx, id: string): Promise<ObservableRow | undefined> {
    const [row] = await tx.select().from(incidentObservable).where(eq(incidentObservable.id, id))
    return row
  }

  /** Those of these values that stand in an incident, locked until the transaction ends. */
  async lockKnown(
    tx: Tx,
    incidentId: string,
    values: readonly ExtractedObservable[],
  ): Promise<ObservableRow[]> {
    return tx
      .select()
      .from(incidentObservable)
      .where(
        and(
          eq(incidentObservable.incident_id, incidentId),
          inArray(
            incidentObservable.value,
            values.map(({ value }) => value),
          ),
        ),
      )
      .orderBy(incidentObservable.id)
      .for('update')
  }

  async count(tx: Tx, incidentId: string): Promise<number> {
    const [row] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(incidentObservable)
      .where(eq(incidentObservable.incident_id, incidentId))
    return row?.count ?? 0
  }

  async add(tx: Tx, rows: readonly ObservableFacts[]): Promise<void> {
    if (rows.length === 0) return
    await tx
      .insert(incidentObservable)
      .values(rows.map((row) => ({ ...row, folded: foldedOf(row) })))
  }

  /** Writes a row and counts its version up. */
  async replace(tx: Tx, row: ObservableFacts): Promise<ObservableRow> {
    const next = { ...row, folded: foldedOf(row), version: row.version + 1 }
    await tx.update(incidentObservable).set(next).where(eq(incidentObservable.id, row.id))
    return next
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(incidentObservable).where(eq(incidentObservable.id, id))
  }

  /** In how many other incidents each of these was seen, its own family left out, as far as the scope shows. */
  async elsewhere(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map()
    const { rows } = await tx.execute<{ id: string; count: number }>(sql`
      with own as materialized (
        select incident_id, ${familyOf(sql`incident_id`)} as family
        from incident_observable where id = any(${sql.param([...ids])}::text[]) group by incident_id
      )
      select o.id, count(*)::int as count
      from incident_observable o join own on own.incident_id = o.incident_id
      join incident_observable other on other.kind = o.kind and other.value = o.value
        and other.incident_id <> all(own.family)
      where o.id = any(${sql.param([...ids])}::text[]) group by o.id`)
    return new Map(rows.map(({ id, count }) => [id, count]))
  }

  /** Where else a value was seen, last seen first. */
  others(tx: Tx, row: ObservableRow, query: PageQuery): Promise<Page<ObservableRow>> {
    const page = keyset({
      query,
      fields,
      sorts: ['-last_seen_at'],
      id: incidentObservable.id,
      only: and(
        eq(incidentObservable.kind, row.kind),
        eq(incidentObservable.value, row.value),
        sql`${incidentObservable.incident_id} <> all((select ${familyOf(sql`${row.incident_id}::text`)})::text[])`,
      ),
    })
    return page.read(tx.select().from(incidentObservable))
  }
}

/** An incident with all that is merged into one with it, as far as the scope shows; asked once, not for every value. */
function familyOf(id: SQL): SQL {
  return sql`array(select haidang_incident_head(${id}) union all
    select m.id from haidang_incident_members(array[haidang_incident_head(${id})]) m)`
}

function foldedOf({ value, tags, note }: ObservableFacts): string {
  return foldVietnamese([value, ...tags, note].join(' '))
}
