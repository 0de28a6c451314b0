import { ManualClock } from '@haidang/runtime/clock'
import { expect, test } from 'vitest'
import { Admission } from './admission.ts'

const limited = expect.objectContaining({ code: 'request.rate-limited' })

test('a node may have four batches under way, and a fifth once one is done', async () => {
  const admission = new Admission(new ManualClock('2026-03-01T00:00:00.000Z'))
  const ends: (() => void)[] = []
  const long = () => new Promise<void>((resolve) => ends.push(resolve))
  const running = [1, 2, 3, 4].map(() => admission.during('nod_1', long))
  await expect(admission.during('nod_1', long)).rejects.toEqual(limited)
  await expect(admission.during('nod_2', async () => 'other')).resolves.toBe('other')
  ends[0]?.()
  await running[0]
  await expect(admission.during('nod_1', async () => 'again')).resolves.toBe('again')
  for (const end of ends) end()
  await Promise.all(running)
})

test('an address may knock thirty times a minute', () => {
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const admission = new Admission(clock)
  for (let i = 0; i < 30; i++) admission.join('203.0.113.1')
  expect(() => admission.join('203.0.113.1')).toThrow(limited)
  expect(() => admission.join('203.0.113.2')).not.toThrow()
  clock.advance(60_000)
  expect(() => admission.join('203.0.113.1')).not.toThrow()
})
