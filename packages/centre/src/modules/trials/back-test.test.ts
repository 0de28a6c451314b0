import { expect, test } from 'vitest'
import { Tally } from './back-test.ts'

const start = Date.parse('2026-11-21T03:00:00.000Z')
const rule = { id: 'r', title: 'Luật' }
const hit = (index: number) => ({ index, rule, time: '', matches: [] })
const tried = (n: number) => ({
  id: `evt_${n}`,
  time: start + n * 60_000,
  host: `may-${n % 2}`,
  tlp_rank: n % 5,
  message: 'x'.repeat(400),
})

test('what fired is counted by hour and host, with the first hundred shown', () => {
  const tally = new Tally()
  const events = Array.from({ length: 120 }, (_, n) => tried(n))
  tally.add(events, { hits: events.map((_, n) => hit(n)), unreadable: [] })
  tally.add([tried(0)], { hits: [], unreadable: [{ index: 0, reason: 'x' }] })
  const { examined, fired, by_hour, by_host, hits } = tally.result
  expect({ examined, fired }).toEqual({ examined: 121, fired: 120 })
  expect(by_hour).toEqual([
    { hour: '2026-11-21T03:00:00.000Z', count: 60 },
    { hour: '2026-11-21T04:00:00.000Z', count: 60 },
  ])
  expect(by_host).toEqual([
    { host: 'may-0', count: 60 },
    { host: 'may-1', count: 60 },
  ])
  expect(hits).toHaveLength(100)
  expect(hits[0]?.message).toHaveLength(300)
})

test('a result is as secret as the most secret event that fired', () => {
  const tally = new Tally()
  tally.add([tried(4), tried(3)], { hits: [hit(1)], unreadable: [] })
  expect(tally.tlpRank).toBe(3)
})
