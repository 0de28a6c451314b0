import type { Task } from '@haidang/contracts/task'
import { expect, test } from 'vitest'
import { progressOf } from './playbook-progress.ts'

function taskOf(
  template_id: string | null,
  template_version: number | null,
  state: Task['state'],
): Task {
  return { template_id, template_version, state, template_name: `Bản ${template_version}` } as Task
}

test('each playbook is counted by itself, cancelled tasks are finished, the newest version names it', () => {
  const tasks = [
    taskOf('plb_a', 2, 'open'),
    taskOf('plb_a', 1, 'done'),
    taskOf(null, null, 'done'),
    taskOf('malware', 1, 'cancelled'),
    taskOf('plb_a', 1, 'doing'),
  ]
  expect(progressOf(tasks)).toEqual([
    { id: 'plb_a', name: 'Bản 2', version: 2, done: 1, all: 3 },
    { id: 'malware', name: 'Bản 1', version: 1, done: 1, all: 1 },
  ])
})
