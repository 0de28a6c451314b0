import { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import type { Event } from '@haidang/contracts/event'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flow, logon, lookup, request, type Timed } from '../../tests/behaviour/records.ts'
import { BehaviourDetector } from './behaviour-detector.ts'
import type { Observation } from './observation.ts'

const start = Date.parse('2026-03-02T01:00:00Z')
const minute = 60_000
const small = BehaviourParameters.parse({
  beacon: { connections: 4 },
  scan: { hosts: 3, ports: 3 },
  passwords: { failures: 3, accounts: 3, sources: 3 },
  tunnel: { names: 3, bits: 100, bits_per_name: 20 },
  generated: { names: 2 },
  learning: { seconds: 600 },
  volume: { floor_bytes: 1_000, hours: 2 },
  lateral: { new_hosts: 2, hosts: 3, known_seconds: 600 },
  suppression: { seconds: 1_200 },
})

function beaconing(count: number, from = '10.0.0.5'): Timed[] {
  return Array.from({ length: count }, (_, i) =>
    request(start + i * minute, from, '203.0.113.9', 'http://goi-ve.example/', 500),
  )
}

function failures(count: number, account = 'lan', from = '10.0.0.7'): Timed[] {
  return Array.from({ length: count }, (_, i) =>
    logon(start + i * 10_000, { from, host: 'may-chu', account, ok: false }),
  )
}

function said(
  records: readonly Timed[],
  detector = new BehaviourDetector(BehaviourParameters.parse({})),
) {
  return records.flatMap(({ event }) =>
    detector.observe(event).map(({ rule, severity }) => `${rule.id} ${severity}`),
  )
}

test('a beacon is said once, with the numbers that led to it, and again only when it grew', () => {
  const detector = new BehaviourDetector(BehaviourParameters.parse({}))
  const findings = beaconing(40).flatMap(({ event }) => detector.observe(event))
  expect(findings.map(({ rule, detector: by }) => [by, rule.id])).toEqual([
    ['behaviour', 'behaviour:beacon'],
    ['behaviour', 'behaviour:beacon'],
  ])
  const reasons = Object.fromEntries(
    (findings[0]?.matches ?? []).map((match) => [match.field, match]),
  )
  expect(reasons['period_seconds']?.value).toBe('60')
  expect(reasons['connections']).toMatchObject({ value: '8', pattern: '≥ 8' })
  expect(reasons['hosts_contacting_it']?.value).toBe('1 of 1')
  expect(findings[0]?.rule.tags).toContain('attack.t1071')
})

test('what every host of the organisation polls is no beacon', () => {
  const everybody = Array.from({ length: 8 }, (_, i) => beaconing(12, `10.0.0.${i + 1}`)).flat()
  expect(said(everybody.sort((a, b) => a.at - b.at))).toEqual([])
})

test('at the pace of turning pages, the more hosts read there the more even connections must be', () => {
  const uneven = [1.15, 0.85, 1.2, 2, 0.9, 1.1, 0.82]
  const visits = (seconds: number, readers: number) => {
    const times = uneven.map((_, i) => uneven.slice(0, i + 1).reduce((sum, each) => sum + each))
    const visit = (at: number, host: number) =>
      request(at, `10.0.0.${host}`, '203.0.113.9', 'http://bao.example/', 300 + (at % 7_919))
    const others = Array.from({ length: 30 }, (_, i) =>
      i < readers ? visit(start, 10 + i) : flow(start, elsewhere(i)),
    )
    return said([...others, ...[0, ...times].map((t) => visit(start + t * seconds * 1_000, 5))])
  }
  const elsewhere = (i: number) => ({ from: `10.0.0.${10 + i}`, to: '203.0.113.77', port: 22 })
  const beacon = ['behaviour:beacon medium']
  expect(visits(30, 0)).toEqual(beacon)
  expect(visits(30, 5)).toEqual([])
  expect(visits(300, 5)).toEqual(beacon)
})

test('a logon that succeeds after many that failed raises the severity', () => {
  const success = logon(start + 200_000, {
    from: '10.0.0.7',
    host: 'may-chu',
    account: 'lan',
    ok: true,
  })
  expect(said([...failures(12), success])).toEqual([
    'behaviour:password-guessing medium',
    'behaviour:password-guessing high',
  ])
  expect(said([...failures(4), success])).toEqual([])
})

test('a record from a false clock, thousands of years ahead, ends nobody’s window', () => {
  const all = failures(12)
  const stray = logon(start, { from: '10.0.0.8', host: 'm', account: 'khac', ok: false })
  const ahead = { at: start, event: { ...stray.event, time: '9999-12-31T23:59:59Z' } }
  expect(said([...all.slice(0, 6), ahead, ...all.slice(6)])).toEqual([
    'behaviour:password-guessing medium',
  ])
})

test('a gateway that fails for many and succeeds for more is not spraying', () => {
  const logons = Array.from({ length: 40 }, (_, i) =>
    logon(start + i * minute, { from: '10.0.0.7', host: 'm', account: `nv-${i}`, ok: i % 3 !== 0 }),
  )
  expect(said(logons)).toEqual([])
})

test('reputation lookups in reverse zones and words below a domain are no tunnel', () => {
  const names = Array.from({ length: 300 }, (_, i) => [
    lookup(start + i * 1_000, '10.0.0.9', `${i}.3.2.10.in-addr.arpa`),
    lookup(start + i * 1_000, '10.0.0.9', `may-${i}.anh.example`),
  ])
  expect(said(names.flat())).toEqual([])
})

test('a value nobody used before is new once the learning time is over, and new once', () => {
  const visit = (at: number, host: string) =>
    request(at, '10.0.0.5', '203.0.113.9', `http://${host}/`, 1)
  const later = start + 8 * 24 * 60 * minute
  const records = [
    visit(start, 'cu.example'),
    visit(later, 'cu.example'),
    visit(later, 'moi-toanh.vn'),
  ]
  expect(said([...records, visit(later + 1, 'moi-toanh.vn')])).toEqual([
    'behaviour:new-destination informational',
  ])
})

test('a host that sends twenty times what it uses to at this hour is told, one at its usual pace is not', () => {
  const hour = 60 * minute
  const steady = (from: string) =>
    Array.from({ length: 50 }, (_, i) =>
      flow(start + i * hour, { from, to: '203.0.113.9', port: 443, sent: 40_000_000 + i }),
    )
  const much = flow(start + 50 * hour, {
    from: '10.0.0.5',
    to: '203.0.113.8',
    port: 443,
    sent: 8e8,
  })
  const usual = flow(start + 50 * hour, {
    from: '10.0.0.6',
    to: '203.0.113.8',
    port: 443,
    sent: 6e7,
  })
  const all = [...steady('10.0.0.5'), ...steady('10.0.0.6'), much, usual]
  expect(said(all).filter((text) => !text.includes('beacon'))).toEqual([
    'behaviour:unusual-volume medium',
  ])
})

test('allow-lists hide findings and change nothing that is remembered', () => {
  const all = new BehaviourDetector(BehaviourParameters.parse({}))
  const allow = [{ rule: 'beacon', destination: 'example' }, { source: '10.9.0.0/16' }, {}]
  const some = new BehaviourDetector(BehaviourParameters.parse({ allow }))
  const records = [...beaconing(10), ...failures(12)]
  expect(said(records, all)).toEqual([
    'behaviour:beacon medium',
    'behaviour:password-guessing medium',
  ])
  expect(said(records, some)).toEqual(['behaviour:password-guessing medium'])
  expect(some.snapshot()).toBe(all.snapshot())
})

const arbitraryEvent: fc.Arbitrary<Timed> = fc
  .record({
    at: fc.integer({ min: 0, max: 3_600 }).map((seconds) => start + seconds * 1_000),
    from: fc.constantFrom('10.0.0.1', '10.0.0.2', '198.51.100.7'),
    to: fc.constantFrom('10.0.1.1', '10.0.1.2', '10.0.1.3', '203.0.113.1', '203.0.113.2'),
    port: fc.constantFrom(22, 445, 443, 8080),
    word: fc.constantFrom('a', 'lan', 'xkqzvwpt', 'zzqxjkwv', 'qwxzkjvb', 'mnbvcxzq'),
    ok: fc.boolean(),
    kind: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ at, from, to, port, word, ok, kind }) => {
    if (kind === 0) return flow(at, { from, to, port, sent: port * 100, back: ok ? 100 : 0 })
    if (kind === 1) return logon(at, { from, host: to, account: word, ok })
    if (kind === 2)
      return lookup(at, from, `${word}.${word}${port}.com`, ok ? 'NOERROR' : 'NXDOMAIN')
    return request(at, from, to, `http://${word}.example/`, port)
  })

test('restored from a snapshot it finds what one that was never stopped finds', () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryEvent, { minLength: 20, maxLength: 160 }),
      fc.array(fc.nat(160), { maxLength: 4 }),
      fc.integer({ min: 2, max: 12 }),
      (records, stops, keys) => {
        const parameters = { ...small, state: { ...small.state, keys } }
        const steady = new BehaviourDetector(parameters)
        let stopped = new BehaviourDetector(parameters)
        for (const [i, { event }] of records.entries()) {
          if (stops.includes(i)) {
            const snapshot = stopped.snapshot()
            stopped = new BehaviourDetector(parameters)
            expect(stopped.restore(snapshot)).toBe(true)
          }
          expect(stopped.observe(event)).toEqual(steady.observe(event))
        }
        expect(stopped.snapshot()).toBe(steady.snapshot())
      },
    ),
    { numRuns: 150 },
  )
})

test('the small parameters of the property make findings of most kinds', () => {
  const detector = new BehaviourDetector(small)
  const rules = new Set<string>()
  for (const { event } of fc.sample(arbitraryEvent, { numRuns: 3_000, seed: 1 })) {
    for (const { rule } of detector.observe(event)) rules.add(rule.id)
  }
  expect(rules.size).toBeGreaterThanOrEqual(8)
})

test('a snapshot of another format is left alone', () => {
  const detector = new BehaviourDetector(small)
  said(beaconing(10), detector)
  const before = detector.snapshot()
  expect(detector.restore(before.replace('"format":1', '"format":0'))).toBe(false)
  expect(detector.snapshot()).toBe(before)
})

test('memory stays within its bounds whatever comes, and what is forgotten is counted', () => {
  const parameters = BehaviourParameters.parse({ state: { keys: 50, bytes: 40_000 } })
  const detector = new BehaviourDetector(parameters)
  for (let i = 0; i < 4_000; i++) {
    const from = `10.1.${i % 200}.${i % 251}`
    const at = start + i * 100
    detector.observe(flow(at, { from, to: `10.2.0.${i % 99}`, port: i % 3_000, back: 0 }).event)
    detector.observe(lookup(at, from, `${'x'.repeat(60)}${i}.goc-${i}.com`, 'NXDOMAIN').event)
    detector.observe(request(at, from, '203.0.113.1', `http://t-${i}.example/`, 1).event)
    detector.observe(logon(at, { from, host: 'h', account: `a-${i}`, ok: false }).event)
  }
  expect(detector.evicted).toBeGreaterThan(10_000)
  expect(detector.snapshot().length).toBeLessThan(600_000)
})

test('hostile values break nothing: huge, empty, named like parts of an object, from the year 9999', () => {
  const detector = new BehaviourDetector(BehaviourParameters.parse({}))
  const hostile = [
    '__proto__',
    'constructor',
    '',
    '.',
    '..',
    'a'.repeat(1_000_000),
    '\u0000\ud800',
    '𐀀.com',
  ]
  for (const value of hostile) {
    for (const { event } of [
      flow(start, { from: value, to: value, port: 0 }),
      lookup(start, value, value, value, value),
      request(start, value, value, value, Number.NaN),
      logon(start, { from: value, host: value, account: value, ok: false }),
    ]) {
      detector.observe(event)
      detector.observe({ ...event, time: '9999-12-31T23:59:59Z' })
      detector.observe({ ...event, time: 'never' } as Event)
    }
  }
  const copy = new BehaviourDetector(BehaviourParameters.parse({}))
  expect(copy.restore(detector.snapshot())).toBe(true)
  expect(said(beaconing(10), detector)).toEqual(['behaviour:beacon medium'])
})

test('an observation is judged the same whether it comes as an event or was kept', () => {
  const kept: Observation[] = beaconing(10).map(({ at }) =>
    JSON.parse(
      JSON.stringify({
        kind: 'web',
        at,
        from: '10.0.0.5',
        to: '203.0.113.9',
        port: 80,
        name: 'goi-ve.example',
        sent: 500,
        agent: 'Mozilla/5.0',
      }),
    ),
  )
  const detector = new BehaviourDetector(BehaviourParameters.parse({}))
  expect(kept.flatMap((each) => detector.watch(each)).map(({ rule }) => rule.id)).toEqual(
    said(beaconing(10)).map((text) => text.split(' ')[0]),
  )
})
