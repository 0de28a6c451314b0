import { join } from 'node:path'
import { resolveUnit } from '@haidang/contracts/administrative-unit'
import { Regulation } from '@haidang/contracts/regulation'
import { type DatedRegulation, dueAfter } from '@haidang/contracts/regulation-lookup'
import { WorkingTime } from '@haidang/contracts/working-time'
import { Problem } from '@haidang/runtime/problem'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { loadRegulations } from '../../regulation-files.ts'
import { readRegulation, writeRegulation } from './regulation-text.ts'

const shipped = await loadRegulations(
  join(import.meta.dirname, '../../../../../content/regulations'),
)
const profiles = [...shipped.values()]
const versions: DatedRegulation[] = profiles.map((regulation) => ({
  version: 0,
  effective_from: regulation.valid_from,
  regulation,
}))

test('the shipped profiles are read, and all rules of one day come from all of them', () => {
  expect([...shipped.keys()].sort()).toEqual(['vn-2017', 'vn-2026', 'vn-labour', 'vn-units'])
})

test('a serious incident is reported after 24 hours by the rules of 2026, after five days by those of 2017', () => {
  const due = (from: string) =>
    dueAfter(versions, { trigger: 'incident.detected', from, grade: 'serious' }).map(
      ({ id, due_at }) => [id, due_at],
    )
  expect(due('2026-11-22T00:00:00Z')).toEqual([
    ['2026.serious24h', '2026-11-23T00:00:00.000Z'],
    ['2026.report72h', '2026-11-25T00:00:00.000Z'],
  ])
  expect(due('2026-08-18T10:00:00Z')).toEqual([['2017.initial', '2026-08-23T10:00:00.000Z']])
})

test('an order is acknowledged within the hour, which is marked as a reading of “at once”', () => {
  const [due] = dueAfter(versions, { trigger: 'order.delivered', from: '2026-11-22T01:00:00Z' })
  expect(due).toMatchObject({
    due_at: '2026-11-22T02:00:00.000Z',
    clause: 'QĐ 05/2017/QĐ-TTg, Điều 12 khoản 1',
    provisional: ['2017.ack'],
  })
})

test('a dossier received before Tết 2027 is checked within five working days after it', () => {
  const dues = dueAfter(versions, {
    trigger: 'level-dossier.received',
    from: '2027-02-03T02:00:00Z',
  })
  expect(dues[0]).toMatchObject({
    id: '2026.dossier',
    due_at: '2027-02-18T02:00:00.000Z',
    missing_year: null,
    provisional: expect.arrayContaining(['tet-2027', 'instead-2027']),
  })
})

test('34 units today; the 63 codes of before each lead to one of them, also those that mean another unit now', () => {
  const codes = new Set(profiles.flatMap(({ units }) => units.map(({ id }) => id)))
  const now = (code: string, day: string) => resolveUnit(profiles, code, day, '2026-11-22')?.now
  const before = [...codes].filter((code) => now(code, '2020-01-01'))
  const today = [...codes].filter((code) => now(code, '2026-11-22'))
  expect({ before: before.length, today: today.length }).toEqual({ before: 63, today: 34 })
  const led = new Set(before.map((code) => now(code, '2020-01-01')?.id))
  expect([...led].sort()).toEqual(today.sort())
  expect(now('15', '2020-01-01')?.name.vi).toBe('Lào Cai')
  expect(resolveUnit(profiles, '15', '2020-01-01', '2026-11-22')?.then.name.vi).toBe('Yên Bái')
  expect(now('44', '2020-01-01')?.name.vi).toBe('Quảng Trị')
  expect(now('75', '2020-01-01')).toMatchObject({ kind: 'city', valid_from: '2026-04-30' })
  expect(now('99', '2020-01-01')).toBeUndefined()
})

test('fixed holidays, Tết and the day of culture are off, the day before is not', () => {
  const time = new WorkingTime(profiles)
  for (const year of [2025, 2026, 2027, 2028, 2029]) {
    for (const day of ['01-01', '04-30', '05-01', '09-02'])
      expect(time.isWorkingDay(`${year}-${day}`), `${year}-${day}`).toBe(false)
  }
  expect(time.isWorkingDay('2026-02-17')).toBe(false)
  expect(time.isWorkingDay('2027-02-06')).toBe(false)
  expect(time.isWorkingDay('2026-11-24')).toBe(false)
  expect(time.isWorkingDay('2026-11-23')).toBe(true)
})

test('out as YAML and in again is the same, for every shipped profile', () => {
  for (const regulation of profiles)
    expect(readRegulation(writeRegulation(regulation))).toEqual(regulation)
})

function refusal(text: string) {
  try {
    readRegulation(text)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('it was read')
}

test('a wrong field is named with its place and remedy', () => {
  const { code, errors } = refusal(
    writeRegulation(Regulation.parse(shipped.get('vn-2026'))).replace('PT24H', 'soon'),
  )
  expect(code).toBe('regulation.unreadable')
  expect(errors[0]).toMatchObject({
    field: 'deadlines.2.within',
    remedy: expect.stringContaining('docs/'),
  })
})

test.each([
  ['a text that is no YAML', 'profile: [vn', 'line 1'],
  ['aliases that unfold', 'a: &a [x]\nb: [*a, *a]', 'profile'],
  ['a prototype key', `${stringify({ profile: 'vn-x' })}__proto__: {a: 1}\n`, ''],
  ['a key twice', 'profile: vn-a\nprofile: vn-b', 'line 2'],
  ['brackets without end', `a: ${'['.repeat(100_000)}`, 'line 1'],
  ['lists in lists', `${'- '.repeat(50_000)}x`, 'line 1'],
  [
    'growing indentation',
    Array.from({ length: 900 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    'line 62',
  ],
  ['nothing', '', 'profile'],
])('%s is refused at once', (_, text, place) => {
  const began = performance.now()
  const { code, errors } = refusal(text)
  expect(code).toBe('regulation.unreadable')
  if (place) expect(errors[0]?.field).toBe(place)
  expect(errors.length).toBeLessThanOrEqual(20)
  expect(performance.now() - began).toBeLessThan(1000)
})
