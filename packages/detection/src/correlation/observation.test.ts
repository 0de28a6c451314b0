import { expect, test } from 'vitest'
import { sampleEvent } from '../sample-event.ts'
import { readingOf } from '../sigma/reading.ts'
import { compileRules } from '../sigma/rule-set.ts'
import { View } from '../sigma/view.ts'
import { findingOf } from './correlation-finding.ts'
import { Correlator } from './correlator.ts'
import { ObservationReader, observedTime } from './observation.ts'

const text = `title: Base
name: base
logsource:
  product: test
detection:
  selection:
    EventID: 1
  condition: selection
---
title: Nhiều lần
id: many
level: high
correlation:
  type: event_count
  rules: base
  group-by: [User, address.ip]
  timespan: 5m
  condition:
    gte: 1
`

function observed(record: Record<string, unknown>) {
  const rules = compileRules([{ path: 'c.yml', text }])
  const view = new View(rules.slots)
  view.show(readingOf({ event: sampleEvent({}), record }))
  const observation = new ObservationReader(rules.correlations).read(view, 0, 5, 'evt_1')
  return { rules, observation }
}

test('an observation holds what correlations ask for, and nothing else', () => {
  const record = { EventID: 1, User: 'lan', address: { ip: '192.0.2.1' }, other: 'x' }
  expect(observed(record).observation).toEqual({
    rule: 0,
    time: 5,
    subject: 'evt_1',
    fields: ['lan', '192.0.2.1'],
  })
  const odd = { User: null, address: [{ ip: 'a' }, { ip: 'b' }] }
  expect(observed(odd).observation?.fields).toEqual([null, '["a","b"]'])
})

test('a long value is kept short, and still told apart from others that begin alike', () => {
  const long = 'x'.repeat(1_000_000)
  const [one, two] = [`${long}a`, `${long}b`].map(
    (User) => observed({ User }).observation?.fields[0],
  )
  expect(one?.length).toBeLessThan(1_050)
  expect(one).not.toBe(two)
})

test('a finding names the group, what was measured and the window', () => {
  const { rules, observation } = observed({ EventID: 1, User: 'lan', 'address.ip': '192.0.2.1' })
  const correlator = new Correlator(rules.correlations)
  const found = observation === undefined ? [] : correlator.observe(observation)
  expect(found.map(findingOf)).toEqual([
    {
      detector: 'correlation',
      severity: 'high',
      rule: expect.objectContaining({ id: 'many', title: 'Nhiều lần' }),
      matches: [
        { field: 'User', value: 'lan', pattern: 'group-by', selection: 'event_count' },
        { field: 'address.ip', value: '192.0.2.1', pattern: 'group-by', selection: 'event_count' },
        {
          field: 'event_count',
          value: '1 (1; 0 s)',
          pattern: 'gte: 1 within 5m',
          selection: 'event_count',
        },
      ],
      group: ['lan', '192.0.2.1'],
    },
  ])
  expect(structuredClone(observation)).toEqual(observation)
  expect(structuredClone(rules.correlations)).toEqual(rules.correlations)
})

test('the time of an event that claims to come from the future is when it was received', () => {
  const received_time = '2026-01-05T02:00:00.000Z'
  const at = (time: string) => observedTime(sampleEvent({ time, received_time }))
  expect(at('2026-01-05T02:04:00.000Z') - at(received_time)).toBe(240_000)
  expect(at('2036-01-05T02:00:00.000Z')).toBe(at(received_time))
  expect(at('2020-01-05T02:00:00.000Z')).toBeLessThan(at(received_time))
})
