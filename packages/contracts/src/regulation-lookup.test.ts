import { expect, test } from 'vitest'
import { resolveUnit } from './administrative-unit.ts'
import { Regulation } from './regulation.ts'
import { type DatedRegulation, dueAfter, rulesAt } from './regulation-lookup.ts'

const words = { vi: 'x', en: 'x' }
const rule = (within: string, more: object = {}) => ({
  id: 'report',
  name: words,
  clause: 'Điều 1',
  trigger: 'incident.detected',
  within,
  ...more,
})

function version(number: number, effective_from: string, regulation: object): DatedRegulation {
  const head = { profile: 'vn-2026', name: words, valid_from: '2026-01-01' }
  return {
    version: number,
    effective_from,
    regulation: Regulation.parse({ ...head, ...regulation }),
  }
}

const due = (versions: readonly DatedRegulation[], from: string, grade?: 'serious' | 'ordinary') =>
  dueAfter(versions, { trigger: 'incident.detected', from, grade }).map(({ due_at }) => due_at)

test('a version holds from its day in Hanoi on: the last moment before still has the old rule', () => {
  const versions = [
    version(0, '2026-01-01', { deadlines: [rule('PT72H')] }),
    version(1, '2026-12-01', { deadlines: [rule('PT24H')] }),
  ]
  expect(due(versions, '2026-11-30T16:59:59.999Z')).toEqual(['2026-12-03T16:59:59.999Z'])
  expect(due(versions, '2026-11-30T17:00:00Z')).toEqual(['2026-12-01T17:00:00.000Z'])
})

test('of two versions for one day the later written counts; an earlier day does not take over a later one', () => {
  const versions = [
    version(0, '2026-01-01', { deadlines: [rule('PT72H')] }),
    version(1, '2026-12-01', { deadlines: [rule('PT24H')] }),
    version(2, '2026-12-01', { deadlines: [rule('PT12H')] }),
    version(3, '2026-11-01', { deadlines: [rule('PT48H')] }),
  ]
  expect(due(versions, '2026-11-15T00:00:00Z')).toEqual(['2026-11-17T00:00:00.000Z'])
  expect(due(versions, '2026-12-15T00:00:00Z')).toEqual(['2026-12-15T12:00:00.000Z'])
})

test('an entry holds by its own dates, a profile by its own', () => {
  const deadlines = [
    rule('PT72H', { valid_to: '2026-06-30' }),
    rule('PT24H', { valid_from: '2026-07-01' }),
  ]
  const versions = [version(0, '2026-01-01', { deadlines, valid_to: '2026-12-31' })]
  expect(due(versions, '2026-06-30T10:00:00Z')).toEqual(['2026-07-03T10:00:00.000Z'])
  expect(due(versions, '2026-07-01T10:00:00Z')).toEqual(['2026-07-02T10:00:00.000Z'])
  expect(due(versions, '2027-01-01T10:00:00Z')).toEqual([])
  expect(due(versions, '2025-12-31T10:00:00Z')).toEqual([])
  expect(rulesAt(versions, '2027-01-01T10:00:00Z').profiles).toEqual([])
})

test('what cannot be reckoned comes last and names the year', () => {
  const deadlines = [rule('P5D', { counted: 'working' }), rule('PT72H', { id: 'other' })]
  const dues = dueAfter([version(0, '2026-01-01', { deadlines })], {
    trigger: 'incident.detected',
    from: '2026-11-22T00:00:00Z',
  })
  expect(dues.map(({ id, due_at, missing_year }) => ({ id, due_at, missing_year }))).toEqual([
    { id: 'other', due_at: '2026-11-25T00:00:00.000Z', missing_year: null },
    { id: 'report', due_at: null, missing_year: 2026 },
  ])
})

test('an entry twice for the same days, a form nobody wrote, a day that is none: refused with the place', () => {
  const refused = (more: object) => {
    const head = { profile: 'vn-2026', name: words, valid_from: '2026-01-01' }
    const read = Regulation.safeParse({ ...head, ...more })
    return read.success ? [] : read.error.issues.map(({ path }) => path.join('.'))
  }
  expect(refused({ deadlines: [rule('PT1H'), rule('PT2H')] })).toEqual(['deadlines.1.id'])
  expect(refused({ deadlines: [rule('PT1H', { form: 'TT20-03' })] })).toEqual(['deadlines.0.form'])
  expect(refused({ deadlines: [rule('P1M')] })).toEqual(['deadlines.0.within'])
  expect(refused({ deadlines: [rule('P9999D')] })).toEqual(['deadlines.0.within'])
  expect(refused({ deadlines: [rule('P1DT1H', { counted: 'working' })] })).toEqual([
    'deadlines.0.within',
  ])
  expect(refused({ deadlines: [rule('PT1H', { clause: '' })] })).toEqual(['deadlines.0.clause'])
  expect(refused({ valid_to: '2025-01-01' })).toEqual(['valid_to'])
  expect(
    refused({ holidays: [{ id: 'x', name: words, clause: 'x', dates: ['2026-02-30'] }] }),
  ).toEqual(['holidays.0.dates.0'])
})

test('a chain of successors ends at the unit of today; a circle ends too', () => {
  const unit = (
    id: string,
    valid_to: string | null,
    successor: string | null,
    valid_from: string | null = null,
  ) => ({
    id,
    name: { vi: id, en: id },
    clause: 'x',
    kind: 'province',
    valid_from,
    valid_to,
    successor,
  })
  const profile = (units: object[]) =>
    Regulation.parse({ profile: 'vn-u', name: words, valid_from: '2000-01-01', units })
  const chain = profile([
    unit('1', '2008-07-31', '2'),
    unit('2', '2025-06-30', '3'),
    unit('3', null, null, '2025-07-01'),
  ])
  expect(resolveUnit([chain], '1', '2005-01-01', '2026-01-01')?.now.id).toBe('3')
  expect(resolveUnit([chain], '1', '2010-01-01', '2026-01-01')).toBeUndefined()
  const circle = profile([unit('1', '2008-07-31', '2'), unit('2', '2008-07-31', '1')])
  expect(resolveUnit([circle], '1', '2005-01-01', '2026-01-01')).toBeDefined()
})
