import type { TimelineEntry } from '@haidang/contracts/incident'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Task } from '@haidang/contracts/task'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'
import type { Names } from '../../names.ts'
import { mayProgress } from './task-rights.ts'
import type { TaskStore } from './task-store.ts'
import type { TaskRow } from './task-tables.ts'

interface TaskViewParts {
  readonly names: Names
  readonly store: TaskStore
  /** What incidents are called, for as many of these as the scope shows. */
  readonly incidents: {
    named(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, { readonly title: string }>>
  }
  /** What the journal says of some things. */
  readonly story: {
    timeline(tx: Tx, subjects: readonly string[], query: PageQuery): Promise<Page<TimelineEntry>>
  }
}

/** Tasks as screens show them, as far as the reader may see what stands around them. */
export class TaskView {
  readonly #parts: TaskViewParts

  constructor(parts: TaskViewParts) {
    this.#parts = parts
  }

  async many(tx: Tx, caller: Caller, rows: readonly TaskRow[]): Promise<Task[]> {
    const { names, store, incidents } = this.#parts
    const distinct = (ids: readonly (string | null)[]) => [
      ...new Set(ids.filter((id) => id !== null)),
    ]
    const titles = await incidents.named(tx, distinct(rows.map(({ incident_id }) => incident_id)))
    const people = await names.people(tx, distinct(rows.map(({ assignee_id }) => assignee_id)))
    const organisations = await names.sources(
      tx,
      distinct(rows.map((row) => row.assignee_organisation_id)),
    )
    const blocked = await store.blocked(
      tx,
      rows.filter(({ depends_on }) => depends_on.length > 0).map(({ id }) => id),
    )
    return rows.map(({ folded: _, tlp_rank, ...row }) => ({
      ...row,
      tlp: tlpOf(tlp_rank),
      incident_title: titles.get(row.incident_id)?.title ?? null,
      blocked: blocked.has(row.id),
      assignee_name: people.get(row.assignee_id ?? '') ?? null,
      assignee_organisation_name: organisations.get(row.assignee_organisation_id ?? '') ?? null,
      mine: mayProgress(caller, row),
    }))
  }

  async one(tx: Tx, caller: Caller, row: TaskRow): Promise<Task> {
    const [shown] = await this.many(tx, caller, [row])
    if (!shown) throw new Error('a task that is there is shown')
    return shown
  }

  /** What the journal says of a task, oldest first. */
  history(tx: Tx, id: string, query: PageQuery): Promise<Page<TimelineEntry>> {
    return this.#parts.story.timeline(tx, [id], query)
  }
}
