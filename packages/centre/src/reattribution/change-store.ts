import type { Page, PageQuery } from '@haidang/contracts/page'
import { storableJson } from '@haidang/contracts/storable'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { eq, ne, sql } from 'drizzle-orm'
import {
  attributionChange,
  attributionStep,
  type ChangeRow,
  type StepRow,
} from './change-tables.ts'

const fields = {
  id: { column: attributionChange.id, kind: 'word' },
  system_id: { column: attributionChange.system_id, kind: 'word' },
  cause: { column: attributionChange.cause, kind: 'word' },
  state: { column: attributionChange.state, kind: 'word' },
  created_at: { column: attributionChange.created_at, kind: 'time' },
} as const
const stepFields = {
  id: { column: attributionStep.id, kind: 'word' },
  kind: { column: attributionStep.kind, kind: 'word' },
  subject_id: { column: attributionStep.subject_id, kind: 'word' },
} as const

/** Rows of changes of attribution and their steps, always inside a given transaction and so inside its scope. */
export class ChangeStore {
  async add(tx: Tx, row: ChangeRow): Promise<void> {
    await tx.insert(attributionChange).values(row)
  }

  async get(tx: Tx, id: string): Promise<ChangeRow | undefined> {
    const [row] = await tx.select().from(attributionChange).where(eq(attributionChange.id, id))
    return row
  }

  /** The row, locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<ChangeRow | undefined> {
    const one = tx.select().from(attributionChange).where(eq(attributionChange.id, id))
    const [row] = await one.for('update')
    return row
  }

  async change(tx: Tx, id: string, change: Partial<ChangeRow>): Promise<void> {
    await tx.update(attributionChange).set(change).where(eq(attributionChange.id, id))
  }

  /** Newest first. */
  list(tx: Tx, query: PageQuery): Promise<Page<ChangeRow>> {
    const page = keyset({ query, fields, sorts: ['-created_at'], id: attributionChange.id })
    return page.read(tx.select().from(attributionChange))
  }

  /** Those not done, oldest first. */
  async open(tx: Tx): Promise<string[]> {
    const rows = await tx
      .select({ id: attributionChange.id })
      .from(attributionChange)
      .where(ne(attributionChange.state, 'done'))
      .orderBy(attributionChange.created_at, attributionChange.id)
    return rows.map(({ id }) => id)
  }

  /** What changed hands by a change already is not told twice: the first owner stays, the last one counts. */
  async addSteps(tx: Tx, rows: readonly StepRow[]): Promise<void> {
    if (rows.length === 0) return
    await tx.execute(sql`
      insert into attribution_step
      select change_id, subject_id, id, kind, organisation_id, tlp_rank, shown_to, was, is_now, at
      from json_populate_recordset(null::attribution_step, ${storableJson(rows)}::json)
      on conflict (change_id, subject_id) do update
        set is_now = excluded.is_now, shown_to = excluded.shown_to, at = excluded.at`)
  }

  steps(tx: Tx, changeId: string, query: PageQuery): Promise<Page<StepRow>> {
    const only = eq(attributionStep.change_id, changeId)
    const page = keyset({ query, fields: stepFields, sorts: ['id'], id: attributionStep.id, only })
    return page.read(tx.select().from(attributionStep))
  }

  /** How many alerts and incidents changed hands by each change, as far as the scope shows. */
  async counts(tx: Tx, ids: readonly string[]) {
    const { rows } = await tx.execute<{ change_id: string; kind: string; count: number }>(sql`
      select change_id, kind, count(*)::int as count from attribution_step
      where change_id = any(${sql.param([...ids])}::text[]) group by 1, 2`)
    return (id: string, kind: StepRow['kind']) =>
      rows.find((row) => row.change_id === id && row.kind === kind)?.count ?? 0
  }

  /** Incidents some of whose alerts changed hands by a change. */
  async incidentsOf(tx: Tx, id: string): Promise<string[]> {
    const { rows } = await tx.execute<{ id: string }>(sql`
      select distinct c.incident_id as id from attribution_step s
      join alert a on a.id = s.subject_id join cluster c on c.id = a.cluster_id
      where s.change_id = ${id} and s.kind = 'alert' and c.incident_id is not null order by 1`)
    return rows.map(({ id: incident }) => incident)
  }
}
