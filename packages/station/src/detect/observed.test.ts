import { eventRow } from '@haidang/contracts/event-row'
import { sampleEvent } from '@haidang/detection/sample-event'
import type { Finding } from '@haidang/detection/subject'
import { expect, test } from 'vitest'
import { alertsOf } from './observed.ts'

const rows = new TextEncoder().encode(eventRow(sampleEvent({ id: 'evt-1' })))
const observed = { row: 0, position: { segment: 3, offset: 9 }, receivedAt: 1, observation: null }
const finding = (detector: Finding['detector'], group?: readonly string[]): Finding => ({
  detector,
  rule: {
    id: 'do',
    title: 'Dò',
    description: '',
    version: '',
    tags: [],
    false_positives: [],
    references: [],
  },
  severity: 'high',
  matches: [],
  ...(group && { group }),
})
const idsOf = (...findings: readonly Finding[]) =>
  alertsOf(
    findings.map((each) => ({ observed, finding: each })),
    rows,
    'nod',
    '2026-01-05T02:00:00Z',
  ).map(({ id }) => id)

test('one event that completes a correlation for several groups raises an alert for each, the same after a restart', () => {
  const groups = [['lan', '192.0.2.1'], ['minh', '192.0.2.1'], ['lan']]
  const ids = idsOf(...groups.map((group) => finding('correlation', group)))
  expect(new Set(ids).size).toBe(3)
  const [first, second, third] = groups.map((group) => idsOf(finding('correlation', group)))
  expect([first, second, third].flat()).toEqual(ids)
  expect(idsOf(finding('correlation', ['lan']), finding('correlation', ['lan']))).toHaveLength(1)
})
