import type { TimelineEntry } from '@haidang/contracts/incident'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type {
  Task,
  TaskAssignee,
  TaskBulkAct,
  TaskChange,
  TaskDraft,
} from '@haidang/contracts/task'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { type Names, requireOrganisation } from '../../names.ts'
import type { IncidentService } from '../incidents/incident-service.ts'
import { isFinished, requireMove, requireOrdered } from './task.ts'
import { mayHandle } from './task-rights.ts'
import type { TaskFacts, TaskStore } from './task-store.ts'
import type { TaskRow } from './task-tables.ts'
import type { TaskView } from './task-view.ts'

export interface TaskParts {
  readonly database: Database
  readonly store: TaskStore
  readonly view: TaskView
  readonly incidents: Pick<IncidentService, 'requireOpen' | 'requireStanding'>
  readonly names: Names
  /** Whose a person is; undefined where the asker knows nobody of this id. */
  readonly organisationOf: (tx: Tx, personId: string) => Promise<string | undefined>
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

type Assigned = Pick<TaskRow, 'assignee_id' | 'assignee_organisation_id'>
type Incident = Awaited<ReturnType<IncidentService['requireOpen']>>

/** What a task says beside its assignee. */
export type Wanted = Omit<TaskDraft, 'assignee'> &
  Partial<
    Pick<TaskRow, 'template_id' | 'template_task' | 'template_name' | 'template_version' | 'clause'>
  > & { readonly id: string }

/** As many as one incident may have. */
export const mostTasks = 500

/** Tasks of incidents as those write, give and drop them who handle the incident. */
export class TaskService {
  readonly #parts: TaskParts

  constructor(parts: TaskParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Task>> {
    const { database, store, view, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query, clock.iso())
      return { items: await view.many(tx, caller, items), next }
    })
  }

  /** Throws Problem task.not-found, also where the caller may not know of it. */
  get(caller: Caller, id: string): Promise<Task> {
    const { database, view } = this.#parts
    return database.transact(caller.scope, async (tx) =>
      view.one(tx, caller, await this.require(tx, id)),
    )
  }

  /** Throws Problem task.not-found. */
  history(caller: Caller, id: string, query: PageQuery): Promise<Page<TimelineEntry>> {
    const { database, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await this.require(tx, id)
      return view.history(tx, id, query)
    })
  }

  /**
   * Adds a task. Throws Problem incident.not-found, incident.illegal-transition (it is finished), task.too-many,
   * task.dependency-unknown, person.not-found, organisation.not-found.
   */
  add(caller: Caller, incidentId: string, { assignee, ...draft }: TaskDraft): Promise<Task> {
    const { database, view, newId } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const incident = await this.#parts.incidents.requireOpen(tx, incidentId)
      const to = await this.assigned(tx, assignee)
      const [row] = await this.addTo(tx, caller, incident, to, [{ ...draft, id: newId('task') }])
      return view.one(tx, caller, await this.require(tx, row?.id ?? ''))
    })
  }

  /** Adds tasks behind those an incident has, inside a transaction in which it is locked. Throws as `add`. */
  async addTo(
    tx: Tx,
    caller: Caller,
    incident: Incident,
    to: Assigned,
    wanted: readonly Wanted[],
  ): Promise<TaskFacts[]> {
    const { store, clock } = this.#parts
    const before = await store.ofIncident(tx, incident.id)
    if (before.length + wanted.length > mostTasks) throw new Problem('task.too-many')
    const last = Math.max(0, ...before.map(({ position }) => position))
    const rows = wanted.map((one, n): TaskFacts => {
      const { title, details, checklist, depends_on } = one
      return {
        id: one.id,
        incident_id: incident.id,
        organisation_id: incident.organisation_id,
        tlp_rank: incident.tlp_rank,
        incident_number: incident.number,
        position: last + n + 1,
        title,
        details,
        state: 'open',
        ...to,
        due_at: instantOf(one.due_at),
        checklist,
        depends_on,
        template_id: one.template_id ?? null,
        template_task: one.template_task ?? null,
        template_name: one.template_name ?? '',
        template_version: one.template_version ?? null,
        clause: one.clause ?? '',
        note: '',
        simulated: incident.simulated || incident.exercise,
        created_at: clock.iso(),
        created_by_name: caller.scope.actor.name,
        updated_at: clock.iso(),
        done_at: null,
        done_by_name: '',
        version: 1,
      }
    })
    requireOrdered([...before, ...rows])
    await store.add(tx, rows)
    for (const row of rows) {
      await this.#record(tx, caller, row, 'task.added', { after: row })
      if (isGiven(row)) await this.#record(tx, caller, row, 'task.assigned', { after: { ...to } })
    }
    return rows
  }

  /**
   * Changes a task. Throws as `add`, and Problem task.not-found, task.not-yours, task.changed-meanwhile,
   * task.circular.
   */
  change(caller: Caller, id: string, change: TaskChange): Promise<Task> {
    const { database, store, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const [row] = await this.#lockHeld(tx, caller, [id])
      if (!row) throw new Problem('task.not-found')
      const { version, assignee, ...facts } = change
      if (version !== undefined && version !== row.version) {
        throw new Problem('task.changed-meanwhile', `it is at version ${row.version}`)
      }
      const to = assignee === undefined ? undefined : await this.assigned(tx, assignee)
      const due_at = facts.due_at === undefined ? row.due_at : instantOf(facts.due_at)
      const wanted = { ...row, ...facts, ...to, due_at }
      if (facts.depends_on) {
        const all = await store.ofIncident(tx, row.incident_id)
        requireOrdered(all.map((one) => (one.id === id ? wanted : one)))
      }
      return view.one(tx, caller, await this.#write(tx, caller, row, wanted))
    })
  }

  /**
   * The same to many: all, or none. Throws Problem task.not-found, task.not-yours, incident.illegal-transition,
   * task.illegal-move (one is finished), person.not-found, organisation.not-found.
   */
  bulk(caller: Caller, ids: readonly string[], act: TaskBulkAct): Promise<{ changed: number }> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const rows = await this.#lockHeld(tx, caller, [...new Set(ids)])
      const to = act.act === 'assign' ? await this.assigned(tx, act.assignee) : undefined
      for (const row of rows) {
        if (act.act === 'cancel') {
          requireMove(row.state, 'cancelled', act.note)
          await this.#write(tx, caller, row, { ...row, state: 'cancelled', note: act.note })
        } else {
          const due = act.act === 'due' ? { due_at: instantOf(act.due_at) } : {}
          await this.#write(tx, caller, row, { ...row, ...to, ...due })
        }
      }
      return { changed: rows.length }
    })
  }

  /** Puts the tasks of an incident in an order. Throws Problem incident.not-found, incident.illegal-transition. */
  order(caller: Caller, incidentId: string, ids: readonly string[]): Promise<void> {
    const { database, store, incidents } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await incidents.requireOpen(tx, incidentId)
      const rows = await store.ofIncident(tx, incidentId)
      const rank = new Map(ids.map((id, place) => [id, place]))
      const placed = rows.toSorted(
        (a, b) => (rank.get(a.id) ?? mostTasks) - (rank.get(b.id) ?? mostTasks),
      )
      for (const [place, { id, position }] of placed.entries()) {
        if (position !== place + 1) await store.place(tx, id, place + 1)
      }
      const [first] = rows
      if (first) {
        await this.#record(tx, caller, { ...first, id: incidentId }, 'task.ordered', {
          after: { ids: placed.map(({ id }) => id) },
        })
      }
    })
  }

  /** Throws Problem task.not-found. */
  async require(tx: Tx, id: string): Promise<TaskRow> {
    const row = await this.#parts.store.get(tx, id)
    if (!row) throw new Problem('task.not-found')
    return row
  }

  /** Whom a task is given to; a person brings the organisation. Throws Problem person.not-found, organisation.not-found. */
  async assigned(tx: Tx, assignee: TaskAssignee | null): Promise<Assigned> {
    if (assignee === null) return { assignee_id: null, assignee_organisation_id: null }
    const { names, organisationOf } = this.#parts
    if ('organisation_id' in assignee) {
      await requireOrganisation(names, tx, assignee.organisation_id)
      return { assignee_id: null, assignee_organisation_id: assignee.organisation_id }
    }
    const organisation = await organisationOf(tx, assignee.person_id)
    if (organisation === undefined) throw new Problem('person.not-found')
    return { assignee_id: assignee.person_id, assignee_organisation_id: organisation }
  }

  /** Tasks the caller handles, locked after their incidents, so that none is closed meanwhile. */
  async #lockHeld(tx: Tx, caller: Caller, ids: readonly string[]): Promise<TaskRow[]> {
    const { store, incidents } = this.#parts
    const seen = await store.ofIds(tx, ids)
    if (seen.length < ids.length) throw new Problem('task.not-found')
    if (!seen.every((row) => mayHandle(caller, row))) throw new Problem('task.not-yours')
    const about = new Set(seen.map(({ incident_id }) => incident_id))
    for (const id of [...about].sort()) await incidents.requireStanding(tx, id, true)
    return store.lock(tx, ids)
  }

  async #write(tx: Tx, caller: Caller, before: TaskRow, after: TaskRow): Promise<TaskRow> {
    const { store, clock } = this.#parts
    const given =
      after.assignee_id !== before.assignee_id ||
      after.assignee_organisation_id !== before.assignee_organisation_id
    // What somebody returned is open again for the next.
    const state = given && before.state === 'returned' ? 'open' : after.state
    const written = await store.replace(tx, { ...after, state, updated_at: clock.iso() })
    await this.#record(
      tx,
      caller,
      written,
      isFinished(state) === isFinished(before.state) ? 'task.changed' : 'task.moved',
      { before, after: written, reason: state === before.state ? '' : written.note },
    )
    if (given && isGiven(written)) {
      const { assignee_id, assignee_organisation_id } = written
      await this.#record(tx, caller, written, 'task.assigned', {
        after: { assignee_id, assignee_organisation_id },
      })
    }
    return written
  }

  async #record(
    tx: Tx,
    { scope }: Caller,
    row: TaskFacts,
    type: EntryType,
    entry: Partial<Pick<EntryDraft, 'before' | 'after' | 'reason'>>,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      actor: scope.actor,
      authority: 'incident.handle',
      subject: row.id,
      related: [row.incident_id],
      ...entry,
    })
  }
}

function isGiven({ assignee_id, assignee_organisation_id }: Assigned): boolean {
  return assignee_id !== null || assignee_organisation_id !== null
}

function instantOf(told: string | null): string | null {
  return told === null ? null : isoOf(millisecondsOf(told))
}
