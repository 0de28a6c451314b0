import type { Task } from '@haidang/contracts/task'
import { isUnfinished } from './unfinished.ts'

/** How far what was taken from one template or playbook is. */
export interface PlaybookProgress {
  readonly id: string
  readonly name: string
  /** The newest version something was taken of; null: it is not known. */
  readonly version: number | null
  readonly done: number
  readonly all: number
}

/** How far each playbook taken over onto an incident is, in the order of its first task. */
export function progressOf(tasks: readonly Task[]): PlaybookProgress[] {
  const found = new Map<string, PlaybookProgress>()
  for (const task of tasks) {
    if (task.template_id === null) continue
    found.set(task.template_id, withTask(found.get(task.template_id), task))
  }
  return [...found.values()]
}

function withTask(before: PlaybookProgress | undefined, task: Task): PlaybookProgress {
  const { template_id, template_name, template_version: version } = task
  const done = isUnfinished(task) ? 0 : 1
  const id = template_id ?? ''
  if (!before) return { id, name: template_name || id, version, done, all: 1 }
  const isNewer = (version ?? 0) > (before.version ?? 0)
  return {
    ...before,
    ...(isNewer && { name: template_name || id, version }),
    done: before.done + done,
    all: before.all + 1,
  }
}
