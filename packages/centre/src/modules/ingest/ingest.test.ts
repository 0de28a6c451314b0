import type { Alert } from '@haidang/contracts/alert'
import { expect, test } from 'vitest'
import { owned } from './ingest.ts'

const origin = { node_id: 'nod_a', organisation_id: 'org_a', station_id: null }
const match = { field: 'user', value: 'root', pattern: 'root', selection: 'selection' }
const observable = { type: 'user', value: 'root', name: 'user.name' } as const

function alertOf(more: Partial<Alert>): Alert {
  return {
    ...{ id: 'alt_1', organisation_id: 'org_b', tlp: 'amber', node_id: 'nod_b', source_id: 'src' },
    ...{ event_id: 'evt', time: '2026-11-22T00:00:00Z', detected_time: '2026-11-22T00:00:00Z' },
    ...{ detector: 'sigma', severity: 'low', title: 't', entity: 'e', simulated: false },
    rule: {
      ...{ id: 'r', title: 't', description: 'd', version: 'v' },
      ...{ tags: ['attack.t1110'], false_positives: [], references: [] },
    },
    ...{ matches: [match], observables: [observable], raw_data: 'raw' },
    ...more,
  }
}

test('an alert within bounds changes its owner and nothing else', () => {
  const kept = owned(alertOf({}), origin)
  expect(kept).toEqual(alertOf({ organisation_id: 'org_a', node_id: 'nod_a' }))
})

test('what is too long in one match or observable is cut, the rest of the list stays', () => {
  const long = 'x'.repeat(9_000)
  const kept = owned(
    alertOf({
      matches: [match, { field: long, value: long, pattern: long, selection: long }],
      observables: [observable, { type: 'user', value: long, name: long }],
    }),
    origin,
  )
  const lengths = (one: object | undefined) => Object.values(one ?? {}).map(({ length }) => length)
  expect(kept.matches[0]).toEqual(match)
  expect(lengths(kept.matches[1])).toEqual([500, 2_000, 2_000, 500])
  expect(kept.observables[0]).toEqual(observable)
  expect(lengths(kept.observables[1])).toEqual([4, 2_000, 500])
})
