import { expect, test } from 'vitest'
import type { Alert } from './alert.ts'
import { wholeAlert, written, writtenTogether } from './written-alert.ts'

const match = { field: 'user', value: 'root', pattern: 'root', selection: 'selection' }
const observable = { type: 'user', value: 'root', name: 'user.name' } as const

function alertOf(more: Partial<Alert>): Alert {
  return {
    id: 'alt_1',
    organisation_id: 'org_b',
    tlp: 'amber',
    node_id: 'nod_b',
    source_id: 'src',
    event_id: 'evt',
    time: '2026-11-22T00:00:00Z',
    detected_time: '2026-11-22T00:00:00Z',
    detector: 'sigma',
    severity: 'low',
    title: 't',
    entity: 'e',
    simulated: false,
    rule: {
      id: 'r',
      title: 't',
      description: 'd',
      version: 'v',
      tags: ['attack.t1110'],
      false_positives: [],
      references: [],
    },
    matches: [match],
    observables: [observable],
    raw_data: 'raw',
    ...more,
  }
}

test('an alert within bounds is read as it was written, and filed by the same values', () => {
  const alert = alertOf({ title: 'Đăng nhập', raw_data: 'dòng “một”\nhai 🌊' })
  const one = written(alert)
  expect(wholeAlert(one)).toEqual(alert)
  const { id, organisation_id, tlp, time, entity } = alert
  expect(one.head).toMatchObject({ id, organisation_id, tlp, time, entity, title: 'Đăng nhập' })
  expect(one.head).not.toHaveProperty('raw_data')
  expect(one.folded).toBe('dang nhap e t r attack.t1110 root')
  expect(Buffer.from(one.text).includes(10)).toBe(false)
})

test('alerts written together are read each by itself, from one buffer', () => {
  const alerts = ['a', 'ấ', '🌊', '', 'z'.repeat(3_000)].map((raw_data, n) =>
    alertOf({ id: `alt_${n}`, raw_data }),
  )
  const all = writtenTogether(alerts)
  expect(all.map(wholeAlert)).toEqual(alerts)
  expect(new Set(all.map(({ text }) => text.buffer)).size).toBe(1)
  expect(new Set(all.map(({ head }) => head.rule)).size).toBe(5)
  const rule = alertOf({}).rule
  const same = writtenTogether([alertOf({ rule }), alertOf({ rule })])
  expect(same[0]?.head.rule).toBe(same[1]?.head.rule)
})

test('what is too long in one match or observable is cut, the rest of the list stays', () => {
  const long = 'x'.repeat(9_000)
  const kept = wholeAlert(
    written(
      alertOf({
        title: long,
        raw_data: 'y'.repeat(70_000),
        matches: [match, { field: long, value: long, pattern: long, selection: long }],
        observables: [observable, { type: 'user', value: long, name: long }],
      }),
    ),
  )
  const lengths = (one: object | undefined) => Object.values(one ?? {}).map(({ length }) => length)
  expect(kept.matches[0]).toEqual(match)
  expect(lengths(kept.matches[1])).toEqual([500, 2_000, 2_000, 500])
  expect(kept.observables[0]).toEqual(observable)
  expect(lengths(kept.observables[1])).toEqual([4, 2_000, 500])
  expect([kept.title.length, kept.raw_data.length]).toEqual([2_000, 65_536])
})
