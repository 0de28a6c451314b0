import { expect, test } from 'vitest'
import { LatestRecords } from './latest-records.ts'

const of = (n: number) => ({ sender: '192.0.2.1', bytes: Buffer.from([n]) })

test('the oldest give way, the latest are let go in order', () => {
  const latest = new LatestRecords({ records: 3, bytes: 100 })
  const gone = [1, 2, 3, 4, 5].map((n) => latest.put('a', of(n)))
  expect(gone).toEqual([0, 0, 0, 1, 1])
  let left = 2
  const taken = [...latest.take(() => left-- > 0)]
  expect(taken.map(({ bytes }) => bytes[0])).toEqual([3, 4])
  expect([latest.has('a'), latest.isEmpty]).toEqual([true, false])
  expect([...latest.take(() => true)].map(({ bytes }) => bytes[0])).toEqual([5])
  expect(latest.isEmpty).toBe(true)
})

test('bytes are bounded, and long turnover keeps nothing of what went', () => {
  const latest = new LatestRecords({ records: 2000, bytes: 3000 })
  let gone = 0
  for (let n = 0; n < 10_000; n++) {
    gone += latest.put('a', { sender: 'x', bytes: Buffer.alloc(2, n & 255) })
  }
  const taken = [...latest.take(() => true)]
  expect([gone, taken.length]).toEqual([8500, 1500])
  expect(taken.at(-1)?.bytes[0]).toBe(9999 & 255)
})
