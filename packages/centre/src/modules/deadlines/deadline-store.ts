import type { DeadlineSubject } from '@haidang/contracts/deadline'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import {
  and,
  asc,
  count,
  eq,
  getTableColumns,
  inArray,
  isNotNull,
  type SQL,
  sql,
} from 'drizzle-orm'
import {
  type DeadlineRow,
  type DeadlineStepRow,
  deadline,
  deadlineStep,
} from './deadline-tables.ts'

/** What cannot be reckoned sorts behind everything that can. */
const next = sql<string>`coalesce(${deadline.due_at}, 'infinity'::timestamptz)`

const fields = {
  id: { column: deadline.id, kind: 'word' },
  kind: { column: deadline.subject_kind, kind: 'word' },
  subject: { column: deadline.subject_id, kind: 'word' },
  number: { column: deadline.subject_label, kind: 'text' },
  organisation_id: { column: deadline.organisation_id, kind: 'word' },
  assignee_id: { column: deadline.assignee_id, kind: 'word' },
  state: { column: deadline.state, kind: 'word' },
  grade: { column: deadline.grade, kind: 'word' },
  trigger: { column: deadline.trigger, kind: 'word' },
  rule: { column: sql`(${deadline.rule} ->> 'id')`, kind: 'word' },
  clause: { column: sql`(${deadline.rule} ->> 'clause')`, kind: 'text' },
  name: { column: sql`(${deadline.name} ->> 'vi')`, kind: 'text' },
  reckoned: { column: sql`(${isNotNull(deadline.due_at)})`, kind: 'boolean' },
  simulated: { column: deadline.simulated, kind: 'boolean' },
  due_at: { column: next, kind: 'time' },
} as const

const open = inArray(deadline.state, ['running', 'passed'])

/** Rows of deadlines and their steps, always inside a given transaction and so inside its scope. */
export class DeadlineStore {
  /** One page of those about some kinds of things, soonest first. */
  async list(
    tx: Tx,
    query: PageQuery,
    kinds: readonly DeadlineSubject[],
  ): Promise<Page<DeadlineRow>> {
    const only = inArray(deadline.subject_kind, [...kinds])
    const page = keyset({ query, fields, sorts: ['due_at'], id: deadline.id, only })
    const columns = { ...getTableColumns(deadline), due_at: next, own_due_at: deadline.due_at }
    const { items, next: cursor } = await page.read(tx.select(columns).from(deadline))
    return {
      items: items.map(({ own_due_at, ...row }) => ({ ...row, due_at: own_due_at })),
      next: cursor,
    }
  }

  /** How many of some kinds of things are running, and how many are over and not met. */
  async tally(
    tx: Tx,
    kinds: readonly DeadlineSubject[],
  ): Promise<{ running: number; passed: number }> {
    const rows = await tx
      .select({ state: deadline.state, count: count() })
      .from(deadline)
      .where(and(open, inArray(deadline.subject_kind, [...kinds])))
      .groupBy(deadline.state)
    const of = (state: DeadlineRow['state']) => rows.find((row) => row.state === state)?.count ?? 0
    return { running: of('running'), passed: of('passed') }
  }

  async get(tx: Tx, id: string): Promise<DeadlineRow | undefined> {
    const [row] = await tx.select().from(deadline).where(eq(deadline.id, id))
    return row
  }

  /** The row, locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<DeadlineRow | undefined> {
    const [row] = await this.#locked(tx, eq(deadline.id, id))
    return row
  }

  /** Those of a thing, of one organisation where it is told; locked until the transaction ends. */
  lockOf(tx: Tx, subjectId: string, organisationId?: string): Promise<DeadlineRow[]> {
    const of =
      organisationId === undefined ? undefined : eq(deadline.organisation_id, organisationId)
    return this.#locked(tx, and(eq(deadline.subject_id, subjectId), of))
  }

  /** All that are neither met nor stopped, locked until the transaction ends. */
  lockOpen(tx: Tx): Promise<DeadlineRow[]> {
    return this.#locked(tx, open)
  }

  async add(tx: Tx, row: DeadlineRow): Promise<void> {
    await tx.insert(deadline).values(row)
  }

  /** Writes a locked row; its steps stay as confidential as it is. */
  async replace(tx: Tx, row: DeadlineRow): Promise<void> {
    await tx.update(deadline).set(row).where(eq(deadline.id, row.id))
    await tx
      .update(deadlineStep)
      .set({ tlp_rank: row.tlp_rank })
      .where(and(eq(deadlineStep.deadline_id, row.id), sql`tlp_rank <> ${row.tlp_rank}`))
  }

  steps(tx: Tx, deadlineId: string): Promise<DeadlineStepRow[]> {
    return tx
      .select()
      .from(deadlineStep)
      .where(eq(deadlineStep.deadline_id, deadlineId))
      .orderBy(asc(deadlineStep.round), asc(deadlineStep.at), asc(deadlineStep.step))
  }

  async addSteps(tx: Tx, rows: readonly DeadlineStepRow[]): Promise<void> {
    if (rows.length > 0) await tx.insert(deadlineStep).values([...rows])
  }

  /** Steps that are still to come will not be taken: all, or those that wait for somebody to know of it. */
  async drop(tx: Tx, deadlineId: string, which: 'all' | 'until_acknowledged'): Promise<void> {
    const waiting = which === 'all' ? undefined : eq(deadlineStep.until_acknowledged, true)
    const planned = and(eq(deadlineStep.deadline_id, deadlineId), eq(deadlineStep.state, 'planned'))
    await tx.update(deadlineStep).set({ state: 'dropped' }).where(and(planned, waiting))
  }

  /** Deadlines with a step that should have been taken by now; nobody else takes it meanwhile. */
  async lockDue(tx: Tx, now: string, most: number): Promise<DeadlineRow[]> {
    const due = tx
      .select({ id: deadlineStep.deadline_id })
      .from(deadlineStep)
      .where(and(eq(deadlineStep.state, 'planned'), sql`${deadlineStep.at} <= ${now}`))
      .orderBy(asc(deadlineStep.at))
      .limit(most)
    return tx
      .select()
      .from(deadline)
      .where(inArray(deadline.id, due))
      .orderBy(asc(deadline.id))
      .for('update', { skipLocked: true })
  }

  /** Writes what became of a step. */
  async replaceStep(tx: Tx, row: DeadlineStepRow): Promise<void> {
    await tx
      .update(deadlineStep)
      .set(row)
      .where(
        and(
          eq(deadlineStep.deadline_id, row.deadline_id),
          eq(deadlineStep.round, row.round),
          eq(deadlineStep.step, row.step),
        ),
      )
  }

  #locked(tx: Tx, condition: SQL | undefined): Promise<DeadlineRow[]> {
    return tx.select().from(deadline).where(condition).orderBy(asc(deadline.id)).for('update')
  }
}
