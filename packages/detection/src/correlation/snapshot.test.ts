import { expect, test } from 'vitest'
import { Correlator } from './correlator.ts'
import { count, planOf, seen, snapshotOf } from './sample-plan.ts'

test('a large memory is written in small pieces, one group of many events included, and comes back', () => {
  const measured = { ...count, timespan: 1e9 }
  const correlator = new Correlator(planOf(measured))
  for (let i = 0; i < 20_000; i++) correlator.observe(seen('one', i))
  for (let i = 0; i < 20_000; i++) correlator.observe(seen(`nhiều-${i}`, i))
  const pieces = [...correlator.snapshot()]
  expect(pieces.length).toBeGreaterThan(3)
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(300_000)
  const restored = new Correlator(planOf(measured))
  restored.restore(snapshotOf(correlator))
  expect(restored.counts).toEqual(correlator.counts)
  expect(Buffer.compare(snapshotOf(restored), snapshotOf(correlator))).toBe(0)
})
