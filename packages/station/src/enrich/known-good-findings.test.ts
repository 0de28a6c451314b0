import type { Event } from '@haidang/contracts/event'
import type { Finding } from '@haidang/detection/subject'
import { expect, test } from 'vitest'
import { judged } from './known-good-findings.ts'

function findingOf(detector: Finding['detector'], value: string): Finding {
  return {
    detector,
    rule: {
      id: 'x',
      title: 't',
      description: 'Known.',
      version: 'v',
      tags: [],
      false_positives: ['before'],
      references: [],
    },
    severity: 'high',
    matches: [{ field: 'query.hostname', value, pattern: value, selection: 'feed' }],
  }
}

const event = {
  observables: [
    { type: 'domain', value: 'a.example', name: 'query.hostname', known_good: ['One', 'Two'] },
    { type: 'domain', value: 'b.example', name: 'tls.sni' },
  ],
} as unknown as Event
const said = 'The value stands in known-good lists: One; Two.'

test('an indicator that stands in known-good lists says so and keeps its severity', () => {
  const [finding] = judged([findingOf('indicator', 'a.example')], event, false)
  expect(finding?.severity).toBe('high')
  expect(finding?.rule.description).toBe(`Known. ${said}`)
  expect(finding?.rule.false_positives).toEqual(['before', said])
})

test('it is lowered where that is configured, and none is left out', () => {
  const findings = [
    findingOf('sigma', 'a.example'),
    findingOf('indicator', 'a.example'),
    findingOf('indicator', 'b.example'),
  ]
  const judgements = judged(findings, event, true)
  expect(judgements.map(({ severity }) => severity)).toEqual(['high', 'low', 'high'])
  expect(judgements[0]).toBe(findings[0])
  expect(judgements[2]).toBe(findings[2])
})
