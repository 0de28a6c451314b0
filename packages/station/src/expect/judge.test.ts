import { expect, test } from 'vitest'
import { playSource } from '../../tests/play-source.ts'
import { randomOf, sourceModels } from '../../tests/source-weeks.ts'
import { hourOfWeekIn } from './hour-of-week.ts'
import { judge } from './judge.ts'
import { learn, unlearned } from './rhythm.ts'

const week = 7 * 1440
const utc = hourOfWeekIn('UTC')
/** Tuesday of the sixth week at ten. */
const tuesday = 5 * week + 1440 + 600

test.each(Object.entries(sourceModels))(
  'six weeks after its first four the source “%s” has raised no false alarm',
  (_, model) => {
    expect(playSource(model(randomOf(7)), 10).alarms).toEqual([])
  },
)

test.each([
  ['office', 30],
  ['sensor', 5],
  ['periodic', 60],
  ['nightly', 180],
  ['sparse', 24 * 60],
] as const)('a source “%s” cut off on a working day at ten is quiet in time', (name, minutes) => {
  const fault = { at: tuesday, share: 0 }
  const { alarms, firstLost } = playSource(sourceModels[name](randomOf(11)), 7, fault)
  expect(alarms[0]?.state).toBe('quiet')
  expect((alarms[0]?.minute ?? 0) - (firstLost ?? 0)).toBeLessThanOrEqual(minutes)
})

test('a firewall that sends a twentieth of its records sends less than usual within two hours', () => {
  const fault = { at: tuesday, share: 0.05 }
  const { alarms } = playSource(sourceModels.office(randomOf(11)), 6, fault)
  expect(alarms[0]?.state).toBe('reduced')
  expect((alarms[0]?.minute ?? 0) - tuesday).toBeLessThanOrEqual(120)
})

test('thirty times the usual is a flood before the hour is over', () => {
  const fault = { at: tuesday, share: 30 }
  const { alarms } = playSource(sourceModels.sensor(randomOf(11)), 6, fault)
  expect(alarms[0]?.state).toBe('flood')
  expect((alarms[0]?.minute ?? 0) - tuesday).toBeLessThanOrEqual(60)
})

test('office hours that change are learned in weeks', () => {
  const random = randomOf(3)
  const before = sourceModels.office(random)
  // From the seventh week on the office works in the evening.
  const model = (minute: number) => before(minute < 6 * week ? minute : minute + 1440 - 420)
  const { alarms } = playSource(model, 16)
  const late = alarms.filter(({ minute }) => minute > 11 * week)
  expect(alarms.length).toBeGreaterThan(0)
  expect(late).toEqual([])
})

test('before its rhythm is learned a source is quiet after what its owner expects', () => {
  const seen = { thisHour: 0, lastHour: undefined, hourOfWeek: utc, lastAt: 0 }
  expect(judge(unlearned, { ...seen, now: 300_000 }, 300)).toMatchObject({ state: 'active' })
  expect(judge(unlearned, { ...seen, now: 301_000 }, 300)).toEqual({
    state: 'quiet',
    quietAfter: 300,
    usual: undefined,
  })
})

test('one weekend of an office does not teach that weekends are busy, one outage not that it is quiet', () => {
  const hours = Array.from({ length: 4 * 168 }, (_, hour) => {
    const isOutage = hour >= 250 && hour < 260
    return { hour, records: isOutage ? 0 : 1000, longest: isOutage ? (hour - 249) * 3600 : 5 }
  })
  const rhythm = learn(hours, utc)
  const now = 5 * 168 * 3_600_000
  const seen = { now, thisHour: 1000, lastHour: 1000, hourOfWeek: utc }
  expect(judge(rhythm, { ...seen, lastAt: now - 119_000 }, 9).state).toBe('active')
  expect(judge(rhythm, { ...seen, lastAt: now - 130_000 }, 9).state).toBe('quiet')
})
