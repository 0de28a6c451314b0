import type { TaskState } from '@haidang/contracts/task'
import { Problem } from '@haidang/runtime/problem'

/** Where a task may go from each state; what is finished is only taken up again. */
const transitions: Readonly<Record<TaskState, readonly TaskState[]>> = {
  open: ['doing', 'done', 'returned', 'cancelled'],
  doing: ['done', 'open', 'returned', 'cancelled'],
  returned: ['open', 'doing', 'done', 'cancelled'],
  done: ['open'],
  cancelled: ['open'],
}

/** States in which something is left to do. */
export const unfinished = ['open', 'doing', 'returned'] as const satisfies readonly TaskState[]

/** Whether nothing is left to do. */
export function isFinished(state: TaskState): boolean {
  return state === 'done' || state === 'cancelled'
}

/** Moves that are for who handles the incident: dropping a task, and taking a finished one up again. */
export function needsHandling(from: TaskState, to: TaskState): boolean {
  return to === 'cancelled' || isFinished(from)
}

/** Throws Problem task.illegal-move, task.note-required (what is returned or cancelled says why). */
export function requireMove(from: TaskState, to: TaskState, note: string): void {
  if (!transitions[from].includes(to)) throw new Problem('task.illegal-move', `${from} → ${to}`)
  if ((to === 'returned' || to === 'cancelled') && note.length < 3) {
    throw new Problem('task.note-required')
  }
}

interface Depending {
  readonly id: string
  readonly depends_on: readonly string[]
}

/**
 * That the dependencies of the tasks of one incident name tasks among them and lead nowhere back. Throws Problem
 * task.dependency-unknown, task.circular.
 */
export function requireOrdered(tasks: readonly Depending[]): void {
  const known = new Set(tasks.map(({ id }) => id))
  const unknown = tasks.flatMap(({ depends_on }) => depends_on).find((id) => !known.has(id))
  if (unknown !== undefined) throw new Problem('task.dependency-unknown', unknown)
  const done = new Set<string>()
  let left = tasks
  while (left.length > 0) {
    const waiting = left.filter(({ depends_on }) => depends_on.some((id) => !done.has(id)))
    if (waiting.length === left.length) {
      throw new Problem('task.circular', left.map(({ id }) => id).join(', '))
    }
    for (const { id } of left) done.add(id)
    for (const { id } of waiting) done.delete(id)
    left = waiting
  }
}
