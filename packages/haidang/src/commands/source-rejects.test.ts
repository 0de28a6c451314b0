import type { RejectReplay } from '@haidang/contracts/reject-replay'
import { expect, test } from 'vitest'
import { endOf } from './source-rejects.ts'

const begun = { state: 'running', done: 0, total: 9, events: 0, still_rejected: 0, problem: null }

test('a replay tells each state it passes through once, and leaves the last to the answer', async () => {
  const answers = [3, 3, 6, 9].map((done) => ({
    ...begun,
    done,
    events: done,
    state: done === 9 ? 'done' : 'running',
  }))
  const told: string[] = []
  const ask = async () => answers.shift() as RejectReplay
  const end = await endOf(begun as RejectReplay, ask, (words) => told.push(words))
  expect(end).toMatchObject({ state: 'done', done: 9 })
  expect(told).toEqual([
    '0 of 9 looked at, 0 events, 0 still rejected',
    '3 of 9 looked at, 3 events, 0 still rejected',
    '6 of 9 looked at, 6 events, 0 still rejected',
  ])
})
