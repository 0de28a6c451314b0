import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Backlog } from './backlog.ts'

test('the oldest record that waits tells its age until it is kept', () => {
  const backlog = new Backlog()
  backlog.enter('a', 2, 20, 1000)
  backlog.enter('b', 1, 7, 1500)
  backlog.enter('a', 3, 33, 9000)
  expect(backlog.of('a')).toEqual({ records: 5, bytes: 53, oldestAt: 1000 })
  backlog.leave('a', 1, 10)
  expect(backlog.of('a').oldestAt).toBe(1000)
  backlog.leave('a', 1, 10)
  expect(backlog.of('a')).toEqual({ records: 3, bytes: 33, oldestAt: 9000 })
  backlog.leave('a', 3, 33)
  expect(backlog.of('a')).toEqual({ records: 0, bytes: 0, oldestAt: 0 })
  expect([backlog.bytes, backlog.sources]).toEqual([7, 1])
})

test('what waited when the spool was opened counts to the source of its origin', () => {
  const backlog = new Backlog()
  backlog.found({ origin: 'src_9 192.0.2.1', receivedAt: 5, records: 4, bytes: 40 })
  expect(backlog.of('src_9')).toEqual({ records: 4, bytes: 40, oldestAt: 5 })
})

test('weeks of waiting take bounded memory, and the age stays that of the oldest', () => {
  const backlog = new Backlog()
  for (let at = 0; at < 50_000; at++) backlog.enter('a', 1, 1, at * 2000)
  expect(backlog.of('a')).toEqual({ records: 50_000, bytes: 50_000, oldestAt: 0 })
  backlog.leave('a', 49_999, 49_999)
  const { records, oldestAt } = backlog.of('a')
  expect(records).toBe(1)
  // Neighbours became one: late by what was merged, never early by more.
  expect(oldestAt).toBeGreaterThan(49_000 * 2000)
})

test('counts are those of a queue, whatever comes and goes', () => {
  const steps = fc.array(fc.record({ n: fc.nat(5), size: fc.nat(9), leaves: fc.boolean() }))
  fc.assert(
    fc.property(steps, (all) => {
      const backlog = new Backlog()
      const queue: { size: number; at: number }[] = []
      for (const [step, { n, size, leaves }] of all.entries()) {
        if (leaves) {
          const gone = queue.splice(0, n)
          backlog.leave(
            'a',
            gone.length,
            gone.reduce((sum, each) => sum + each.size, 0),
          )
          continue
        }
        for (let i = 0; i < n; i++) queue.push({ size, at: step * 1000 })
        if (n > 0) backlog.enter('a', n, n * size, step * 1000)
      }
      expect(backlog.of('a')).toEqual({
        records: queue.length,
        bytes: queue.reduce((sum, each) => sum + each.size, 0),
        oldestAt: queue[0]?.at ?? 0,
      })
    }),
  )
})
