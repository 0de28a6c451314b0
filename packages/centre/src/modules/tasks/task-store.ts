import { foldVietnamese } from '@haidang/contracts/fold'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, asc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import { unfinished } from './task.ts'
import { type TaskRow, task } from './task-tables.ts'

/** What has no due time sorts behind everything that has. */
const due = sql<string>`coalesce(${task.due_at}, 'infinity'::timestamptz)`

const fields = {
  id: { column: task.id, kind: 'word' },
  incident_id: { column: task.incident_id, kind: 'word' },
  number: { column: task.incident_number, kind: 'word' },
  position: { column: task.position, kind: 'number' },
  organisation_id: { column: task.organisation_id, kind: 'word' },
  state: { column: task.state, kind: 'word' },
  tlp: { column: task.tlp_rank, kind: 'number' },
  assignee_id: { column: task.assignee_id, kind: 'word' },
  assignee_organisation_id: { column: task.assignee_organisation_id, kind: 'word' },
  simulated: { column: task.simulated, kind: 'boolean' },
  due_at: { column: due, kind: 'time' },
  updated_at: { column: task.updated_at, kind: 'time' },
  text: { column: task.folded, kind: 'text', whole: true },
} as const

/** Late: due before this moment, and not finished. */
const lateAt = (now: string) =>
  sql<boolean>`(${task.due_at} < ${now} and ${inArray(task.state, [...unfinished])})`

/** A row without what the store itself derives. */
export type TaskFacts = Omit<TaskRow, 'folded'>

/** Rows of tasks, always inside a given transaction and so inside its scope. */
export class TaskStore {
  /** One page, soonest due first. */
  async list(tx: Tx, query: PageQuery, now: string): Promise<Page<TaskRow>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields: { ...fields, late: { column: lateAt(now), kind: 'boolean' } },
      sorts: ['due_at', 'position', 'updated_at'],
      id: task.id,
    })
    const columns = { ...getTableColumns(task), due_at: due, own_due_at: task.due_at }
    const { items, next } = await page.read(tx.select(columns).from(task))
    return { items: items.map(({ own_due_at, ...row }) => ({ ...row, due_at: own_due_at })), next }
  }

  async get(tx: Tx, id: string): Promise<TaskRow | undefined> {
    const [row] = await tx.select().from(task).where(eq(task.id, id))
    return row
  }

  /** Those of these that the scope shows. */
  ofIds(tx: Tx, ids: readonly string[]): Promise<TaskRow[]> {
    return tx
      .select()
      .from(task)
      .where(inArray(task.id, [...ids]))
  }

  /** All tasks of an incident in their order. */
  ofIncident(tx: Tx, incidentId: string): Promise<TaskRow[]> {
    return tx
      .select()
      .from(task)
      .where(eq(task.incident_id, incidentId))
      .orderBy(asc(task.position), asc(task.id))
  }

  /** Rows, locked until the transaction ends, always in one order. */
  lock(tx: Tx, ids: readonly string[]): Promise<TaskRow[]> {
    return tx
      .select()
      .from(task)
      .where(inArray(task.id, [...ids]))
      .orderBy(asc(task.id))
      .for('update')
  }

  async add(tx: Tx, rows: readonly TaskFacts[]): Promise<void> {
    if (rows.length === 0) return
    await tx.insert(task).values(rows.map((row) => ({ ...row, folded: foldedOf(row) })))
  }

  /** Writes a locked row and counts its version up. */
  async replace(tx: Tx, row: TaskFacts): Promise<TaskRow> {
    const next = { ...row, folded: foldedOf(row), version: row.version + 1 }
    await tx.update(task).set(next).where(eq(task.id, row.id))
    return next
  }

  async place(tx: Tx, id: string, position: number): Promise<void> {
    await tx.update(task).set({ position }).where(eq(task.id, id))
  }

  /** Those of these tasks that wait for another that is not finished. */
  async blocked(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set()
    const { rows } = await tx.execute<{ id: string }>(
      sql`select haidang_tasks_blocked(${sql.param([...ids])}::text[]) as id`,
    )
    return new Set(rows.map(({ id }) => id))
  }

  async idsOfIncidents(tx: Tx, incidents: readonly string[]): Promise<string[]> {
    const rows = await tx
      .select({ id: task.id })
      .from(task)
      .where(inArray(task.incident_id, [...incidents]))
    return rows.map(({ id }) => id)
  }

  /** Whether something of these incidents is left to do. */
  async hasUnfinished(tx: Tx, incidents: readonly string[]): Promise<boolean> {
    const [row] = await tx
      .select({ id: task.id })
      .from(task)
      .where(and(inArray(task.incident_id, [...incidents]), inArray(task.state, [...unfinished])))
      .limit(1)
    return row !== undefined
  }
}

function foldedOf({ incident_number, title, details }: TaskFacts): string {
  return foldVietnamese([incident_number, title, details].join(' '))
}
