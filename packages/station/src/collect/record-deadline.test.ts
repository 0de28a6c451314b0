import { expect, test } from 'vitest'
import { RecordDeadline } from './record-deadline.ts'

test('single bytes do not lengthen the time of a record, a steady stream does', () => {
  const dribbled = new RecordDeadline()
  const steady = new RecordDeadline()
  for (let second = 0; second <= 61; second++) {
    dribbled.begun(1 + second, second * 1000)
    steady.begun(1 + second * 8000, second * 1000)
  }
  expect([dribbled.isOver(60_000, 61_000), steady.isOver(60_000, 61_000)]).toEqual([true, false])
})

test('the time begins anew with every record, and does not run between two', () => {
  const deadline = new RecordDeadline()
  deadline.begun(10, 0)
  deadline.clear()
  expect(deadline.isOver(60_000, 1e9)).toBe(false)
  deadline.begun(10, 1e9)
  expect(deadline.isOver(60_000, 1e9 + 60_000)).toBe(false)
  deadline.begun(0, 1e9)
  expect(deadline.isOver(60_000, 2e9)).toBe(false)
})
