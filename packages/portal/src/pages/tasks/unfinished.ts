import type { Task } from '@haidang/contracts/task'

/** Whether something is left to do. */
export function isUnfinished({ state }: Pick<Task, 'state'>): boolean {
  return state !== 'done' && state !== 'cancelled'
}
