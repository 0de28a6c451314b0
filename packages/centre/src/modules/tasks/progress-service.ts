import type { Task, TaskMove, TaskState } from '@haidang/contracts/task'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { isOwnRow } from '../../signed-in.ts'
import { isFinished, needsHandling, requireMove } from './task.ts'
import { mayHandle, mayProgress } from './task-rights.ts'
import type { TaskParts, TaskService } from './task-service.ts'
import type { TaskRow } from './task-tables.ts'

interface ProgressParts extends TaskParts {
  readonly tasks: Pick<TaskService, 'require'>
}

/** How far tasks are, as those say who do them. */
export class ProgressService {
  readonly #parts: ProgressParts

  constructor(parts: ProgressParts) {
    this.#parts = parts
  }

  /**
   * Says how far a task is; said again, it changes nothing. Throws Problem task.not-found, task.not-assigned,
   * task.changed-meanwhile, task.illegal-move, task.note-required, task.blocked; permission.missing (cancelling and
   * taking up again are for who handles the incident) and incident.illegal-transition (it is finished).
   */
  move(caller: Caller, id: string, to: TaskMove): Promise<Task> {
    const { database, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const handled = await this.#holdFor(tx, caller, id, to.state)
      const before = await this.#lock(tx, caller, id)
      if (before.state === to.state && before.note === to.note) return view.one(tx, caller, before)
      if (to.version !== undefined && to.version !== before.version) {
        throw new Problem('task.changed-meanwhile', `it is at version ${before.version}`)
      }
      if (needsHandling(before.state, to.state) && !handled) {
        throw new Problem('task.changed-meanwhile', `it is ${before.state}`)
      }
      requireMove(before.state, to.state, to.note)
      if (to.state === 'doing' || to.state === 'done') await this.#requireFree(tx, id)
      return view.one(tx, caller, await this.#moved(tx, caller, before, to))
    })
  }

  /** Ticks a line of the checklist. Throws Problem task.not-found, task.not-assigned, task.item-unknown, task.illegal-move. */
  tick(caller: Caller, id: string, item: string, done: boolean): Promise<Task> {
    const { database, store, view, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const before = await this.#lock(tx, caller, id)
      const line = before.checklist.find((one) => one.id === item)
      if (!line) throw new Problem('task.item-unknown')
      if (line.done === done) return view.one(tx, caller, before)
      if (isFinished(before.state)) throw new Problem('task.illegal-move', `it is ${before.state}`)
      const checklist = before.checklist.map((one) => (one.id === item ? { ...one, done } : one))
      const after = await store.replace(tx, { ...before, checklist, updated_at: clock.iso() })
      await this.#record(tx, caller, after, 'task.ticked', {
        before: { item: line.text, done: line.done },
        after: { item: line.text, done },
      })
      return view.one(tx, caller, after)
    })
  }

  /** Locks the incident where the move is for who handles it; whether it is. */
  async #holdFor(tx: Tx, caller: Caller, id: string, to: TaskState): Promise<boolean> {
    const seen = await this.#parts.tasks.require(tx, id)
    if (seen.state === to || !needsHandling(seen.state, to)) return false
    if (!mayHandle(caller, seen)) throw new Problem('permission.missing', 'incident.handle')
    await this.#parts.incidents.requireStanding(tx, seen.incident_id, true)
    return true
  }

  async #moved(tx: Tx, caller: Caller, before: TaskRow, to: TaskMove): Promise<TaskRow> {
    const { store, clock } = this.#parts
    const finished = isFinished(to.state)
    const after = await store.replace(tx, {
      ...before,
      state: to.state,
      note: to.note,
      updated_at: clock.iso(),
      done_at: finished ? clock.iso() : null,
      done_by_name: finished ? caller.scope.actor.name : '',
    })
    await this.#record(tx, caller, after, 'task.moved', {
      reason: to.note,
      before: { state: before.state, note: before.note },
      after: { state: to.state, title: after.title },
    })
    return after
  }

  async #lock(tx: Tx, caller: Caller, id: string): Promise<TaskRow> {
    const [row] = await this.#parts.store.lock(tx, [id])
    if (!row) throw new Problem('task.not-found')
    if (!mayProgress(caller, row)) throw new Problem('task.not-assigned')
    return row
  }

  async #requireFree(tx: Tx, id: string): Promise<void> {
    if ((await this.#parts.store.blocked(tx, [id])).size > 0) throw new Problem('task.blocked')
  }

  async #record(
    tx: Tx,
    caller: Caller,
    row: TaskRow,
    type: 'task.moved' | 'task.ticked',
    entry: { readonly reason?: string; readonly before: object; readonly after: object },
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      // Who was given a task writes in the journal of their own organisation.
      organisation_id: isOwnRow(caller, row) ? row.organisation_id : caller.organisation_id,
      tlp_rank: row.tlp_rank,
      actor: caller.scope.actor,
      authority: 'task.answer',
      subject: row.id,
      related: [row.incident_id],
      ...entry,
    })
  }
}
