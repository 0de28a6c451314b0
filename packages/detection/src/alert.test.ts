import { Alert } from '@haidang/contracts/alert'
import { expect, test } from 'vitest'
import { alertOf, entityOf } from './alert.ts'
import { sampleEvent } from './sample-event.ts'
import type { Finding } from './subject.ts'

const finding: Finding = {
  detector: 'sigma',
  rule: {
    id: 'r1',
    title: 'Luật thử',
    description: '',
    tags: ['attack.t1110'],
    false_positives: [],
    references: [],
    version: 'v',
  },
  severity: 'medium',
  matches: [{ field: 'User', value: 'root', pattern: 'root', selection: 's' }],
}

test('an alert satisfies the contract and keeps owner, TLP and evidence of its event', () => {
  const event = sampleEvent({
    tlp: 'red',
    raw_data: 'dòng gốc',
    src_endpoint: { ip: '203.0.113.4' },
  })
  const id = 'alt_0192f0c1-0000-8000-8000-000000000009'
  const alert = alertOf(finding, { event, record: {} }, '2026-01-05T02:00:02.000Z', (ruleId) =>
    ruleId === 'r1' ? id : '',
  )
  expect(Alert.parse(alert)).toEqual(alert)
  expect(alert).toMatchObject({
    id,
    tlp: 'red',
    raw_data: 'dòng gốc',
    entity: '203.0.113.4',
    event_id: event.id,
  })
})

test.each([
  [{ src_endpoint: { ip: '203.0.113.4' }, device: { hostname: 'web-01' } }, '203.0.113.4'],
  [{ src_endpoint: { ip: '127.0.0.1' }, device: { hostname: 'web-01' } }, 'web-01'],
  [{ device: { ip: '192.0.2.1' }, user: { name: 'lan' } }, '192.0.2.1'],
  [{ user: { name: 'lan' } }, 'lan'],
  [{}, 'src_0192f0c1-0000-7000-8000-000000000001'],
])('%j is about %s', (parts, entity) => {
  expect(entityOf(sampleEvent(parts))).toBe(entity)
})
