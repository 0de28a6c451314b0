import { type HeldReason, noLimits, type SourceLimits } from '@haidang/contracts/source-limits'
import { ManualClock } from '@haidang/runtime/clock'
import { expect, test } from 'vitest'
import { sourceRow } from '../../tests/source-row.ts'
import { Backlog } from './backlog.ts'
import { SourceGate } from './source-gate.ts'

const mebibyte = 1_048_576

/** A gate before a spool of 100 MiB, and sources named after their limits. */
function gateOf(limits: Readonly<Record<string, Partial<SourceLimits>>>) {
  const clock = new ManualClock('2026-11-22T03:00:00.000Z')
  const backlog = new Backlog()
  const room = { free: 100 * mebibyte, most: 100 * mebibyte }
  const rows = Object.entries(limits).map(([id, some]) =>
    sourceRow({ id, limits: { ...noLimits, ...some } }),
  )
  const book = { get: (id: string) => rows.find((row) => row.id === id), inUse: () => rows }
  const gate = new SourceGate({ spool: { room: () => room }, backlog, clock, book })
  const tries = (id: string, times: number, records = 1, bytes = 100): number => {
    let entered = 0
    for (let i = 0; i < times; i++) {
      if (gate.tryEnter(id, records, bytes) === undefined) entered++
    }
    return entered
  }
  const why = (id: string): HeldReason | undefined => gate.tryEnter(id, 1, 1)
  return { gate, clock, backlog, room, tries, why }
}

test('a rate holds on average, a burst gets through, and others are not asked to pay', () => {
  const { clock, tries } = gateOf({
    noisy: { records_per_second: 100, burst_seconds: 2 },
    quiet: {},
  })
  expect(tries('noisy', 1000)).toBe(200)
  expect(tries('quiet', 1000)).toBe(1000)
  let entered = 0
  for (let second = 0; second < 60; second++) {
    clock.advance(1000)
    entered += tries('noisy', 1000)
  }
  expect(entered).toBe(6000)
})

test('a batch larger than the burst gets in, and is made up for by time', () => {
  const { clock, tries } = gateOf({ a: { bytes_per_second: 1000, burst_seconds: 1 } })
  expect(tries('a', 1, 10, 5000)).toBe(1)
  clock.advance(3900)
  expect(tries('a', 1)).toBe(0)
  clock.advance(200)
  expect(tries('a', 1)).toBe(1)
})

test('a bound that is set later finds no debt, and what did not get in costs nothing', () => {
  const limits: Partial<SourceLimits> = { records_per_second: 10, burst_seconds: 1 }
  const { gate, tries } = gateOf({ a: limits })
  expect(tries('a', 1, 10)).toBe(1)
  expect(tries('a', 1)).toBe(0)
  gate.refund('a', 10, 100)
  expect(tries('a', 20)).toBe(10)
})

test('a source keeps to its share of the spool', () => {
  const { backlog, why } = gateOf({ a: { spool_bytes: 100_000 }, b: {} })
  backlog.enter('a', 1, 100_000, 0)
  expect([why('a'), why('b')]).toEqual(['share', undefined])
  backlog.leave('a', 1, 100_000)
  expect(why('a')).toBeUndefined()
})

test('as room goes, low gives way first, then normal, and high has all of it', () => {
  const { room, why } = gateOf({ low: { priority: 'low' }, normal: {}, high: { priority: 'high' } })
  const held = () => ['low', 'normal', 'high'].map((id) => why(id) ?? '-')
  room.free = 31 * mebibyte
  expect(held()).toEqual(['-', '-', '-'])
  room.free = 29 * mebibyte
  expect(held()).toEqual(['priority', '-', '-'])
  room.free = 9 * mebibyte
  expect(held()).toEqual(['priority', 'priority', '-'])
})

test('room is left to nobody where nobody has a higher priority', () => {
  const { room, why } = gateOf({ one: { priority: 'low' }, other: { priority: 'low' } })
  room.free = mebibyte
  expect(why('one')).toBeUndefined()
})

test('in the last quarter of the room who fills the spool waits, and the others go on', () => {
  const { room, backlog, why } = gateOf({ noisy: {}, quiet: {}, fresh: {} })
  backlog.enter('noisy', 1, 70 * mebibyte, 0)
  backlog.enter('quiet', 1, 4 * mebibyte, 0)
  room.free = 26 * mebibyte
  expect(why('noisy')).toBeUndefined()
  room.free = 24 * mebibyte
  expect([why('noisy'), why('quiet'), why('fresh')]).toEqual(['crowding', undefined, undefined])
})

test('why and since when a source is held back is told while it is, and no longer', () => {
  const { gate, clock, tries } = gateOf({ a: { records_per_second: 1, burst_seconds: 1 } })
  expect(tries('a', 1, 3)).toBe(1)
  expect(gate.held('a')).toBeUndefined()
  const since = clock.now()
  expect(tries('a', 3)).toBe(0)
  clock.advance(500)
  expect(tries('a', 1)).toBe(0)
  expect(gate.held('a')).toMatchObject({ reason: 'rate', since })
  expect(() => gate.enter('a', 1, 1)).toThrowError(
    expect.objectContaining({ code: 'ingest.source-limited' }),
  )
  clock.advance(6000)
  expect(gate.held('a')).toBeUndefined()
})

test('when the station stops, what is in hand gets in', () => {
  const { gate, tries } = gateOf({ a: { records_per_second: 1, burst_seconds: 1 } })
  tries('a', 5)
  gate.lift()
  expect(tries('a', 5)).toBe(5)
})
