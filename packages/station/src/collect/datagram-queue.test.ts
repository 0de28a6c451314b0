import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DatagramQueue } from './datagram-queue.ts'

const record = (size: number) => Buffer.alloc(size)

test('where there is no room the newest of the source that holds most goes', () => {
  const queue = new DatagramQueue({ records: 10, bytes: 10_000 })
  const flood = Array.from({ length: 12 }, (_, n) => Buffer.from([n]))
  expect(queue.put('noisy', '192.0.2.1', flood)).toEqual(new Map([['noisy', 2]]))
  expect(queue.put('quiet', '192.0.2.2', [record(1), record(1)])).toEqual(new Map([['noisy', 2]]))
  const taken = queue.take()
  expect(taken.map(({ sourceId, records }) => [sourceId, records.length])).toEqual([
    ['noisy', 8],
    ['quiet', 2],
  ])
  expect(taken[0]?.records.map((each) => each[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test('what is being written takes room, of bytes too, until it is done', () => {
  const queue = new DatagramQueue({ records: 100, bytes: 100 })
  expect(queue.put('a', 'x', [record(60), record(40)])).toEqual(new Map())
  const [batch] = queue.take()
  expect(queue.put('b', 'y', [record(1)])).toEqual(new Map([['b', 1]]))
  if (batch) queue.done(batch)
  expect(queue.put('b', 'y', [record(100)])).toEqual(new Map())
})

test('every record is written or counted as lost, once, and the bounds hold', () => {
  const offer = fc.record({ source: fc.constantFrom('a', 'b', 'c'), sizes: fc.array(fc.nat(40)) })
  fc.assert(
    fc.property(fc.array(offer), (offers) => {
      const queue = new DatagramQueue({ records: 20, bytes: 300 })
      const left = new Map<string, number>()
      const add = (id: string, n: number) => left.set(id, (left.get(id) ?? 0) + n)
      for (const { source, sizes } of offers) {
        add(source, sizes.length)
        for (const [id, lost] of queue.put(source, 'x', sizes.map(record))) add(id, -lost)
      }
      const taken = queue.take()
      const records = taken.flatMap((each) => each.records)
      expect(records.length).toBeLessThanOrEqual(20)
      expect(records.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(300)
      for (const each of taken) add(each.sourceId, -each.records.length)
      expect([...left.values()].every((n) => n === 0)).toBe(true)
    }),
  )
})
