import { TaskState } from '@haidang/contracts/task'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFinished, needsHandling, requireMove, requireOrdered } from './task.ts'

const problem = (code: string) => expect.objectContaining({ code })
const goes = (from: TaskState, to: TaskState) => {
  try {
    requireMove(from, to, 'vì thế')
    return true
  } catch {
    return false
  }
}

test('every state is reached from open, what is finished is only taken up again, by who handles it', () => {
  const reached = new Set<TaskState>(['open'])
  for (const from of reached) {
    for (const to of TaskState.options) if (goes(from, to)) reached.add(to)
  }
  expect([...reached].toSorted()).toEqual([...TaskState.options].toSorted())
  for (const from of TaskState.options.filter(isFinished)) {
    expect(TaskState.options.filter((to) => goes(from, to))).toEqual(['open'])
    expect(needsHandling(from, 'open')).toBe(true)
  }
})

test('dependencies are accepted exactly when the tasks can be done one after another', () => {
  const edge = fc.tuple(fc.nat(5), fc.nat(5))
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 12 }), (edges) => {
      const tasks = Array.from({ length: 6 }, (_, n) => ({
        id: `t${n}`,
        depends_on: edges.filter(([of]) => of === n).map(([, on]) => `t${on}`),
      }))
      const done = new Set<string>()
      for (const _ of tasks) {
        for (const { id, depends_on } of tasks) {
          if (depends_on.every((one) => done.has(one))) done.add(id)
        }
      }
      const asked = () => requireOrdered(tasks)
      if (done.size === tasks.length) expect(asked).not.toThrow()
      else expect(asked).toThrow(problem('task.circular'))
    }),
  )
  expect(() => requireOrdered([{ id: 'a', depends_on: ['b'] }])).toThrow(
    problem('task.dependency-unknown'),
  )
})
