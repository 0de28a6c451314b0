import { ManualClock } from '@haidang/runtime/clock'
import { expect, test } from 'vitest'
import { Arrivals } from './arrivals.ts'
import { Refusals } from './refusals.ts'

const clockNow = () => new ManualClock('2026-11-22T03:00:00.000Z')
const bytes = (text: string) => Buffer.from(text)
const texts = (arrivals: Arrivals, id: string) =>
  arrivals.of(id).map((each) => Buffer.from(each.bytes).toString())

test('the latest records of a source are kept as they came, and no more', () => {
  const clock = clockNow()
  const arrivals = new Arrivals(clock)
  for (let n = 0; n < 100; n++) {
    clock.advance(1000)
    arrivals.take({ sourceId: 'a', sender: '192.0.2.1', records: [bytes(`${n}`)] })
  }
  expect(texts(arrivals, 'a')).toEqual(Array.from({ length: 32 }, (_, n) => `${n + 68}`))
  expect(arrivals.senders('a')).toMatchObject([{ sender: '192.0.2.1', records: 100 }])
  expect(texts(arrivals, 'b')).toEqual([])
})

test('memory is bounded by bytes, sources and senders', () => {
  const clock = clockNow()
  const arrivals = new Arrivals(clock)
  for (let n = 0; n < 20; n++) {
    clock.advance(1000)
    const records = [new Uint8Array(60_000), new Uint8Array(100_000)]
    arrivals.take({ sourceId: 'big', sender: `192.0.2.${n}`, records })
  }
  expect(arrivals.of('big')).toHaveLength(4)
  for (let n = 0; n < 100; n++) {
    arrivals.take({ sourceId: 'many', sender: `198.51.100.${n}`, records: [] })
  }
  expect(arrivals.senders('many')).toHaveLength(64)
  expect(arrivals.senders('many').at(-1)?.sender).toBe('198.51.100.99')
  for (let n = 0; n < 256; n++) {
    arrivals.take({ sourceId: `s${n}`, sender: 'x', records: [bytes('x')] })
  }
  expect(arrivals.of('big')).toEqual([])
})

test('of a fast source a sample is taken, and all are counted', () => {
  const clock = clockNow()
  const arrivals = new Arrivals(clock)
  const records = Array.from({ length: 1000 }, () => bytes('x'))
  for (let n = 0; n < 100; n++) arrivals.take({ sourceId: 'a', sender: 's', records })
  expect(arrivals.of('a')).toHaveLength(32)
  expect(arrivals.senders('a')).toMatchObject([{ records: 100_000 }])
})

test('a sample is a copy: what held it may change', () => {
  const arrivals = new Arrivals(clockNow())
  const record = bytes('before')
  arrivals.take({ sourceId: 'a', sender: 's', records: [record] })
  record.write('after!')
  expect(texts(arrivals, 'a')).toEqual(['before'])
})

test('who was turned away is kept by reason, the latest first, and only so many', () => {
  const clock = clockNow()
  const refusals = new Refusals(clock)
  const start = clock.now()
  for (let n = 0; n < 1000; n++) refusals.note('syslog-tls', `host-${n}`, 'tls')
  clock.advance(1000)
  refusals.note('syslog-tls', 'host-999', 'tls')
  refusals.note('lumberjack', 'host-1', 'no-source')
  expect(refusals.since('syslog-tls', start)).toHaveLength(255)
  expect(refusals.since('syslog-tls', start + 1)).toMatchObject([{ sender: 'host-999', times: 2 }])
  expect(refusals.since('lumberjack', start)).toHaveLength(1)
})
