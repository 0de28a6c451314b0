import { instantOf, millisecondsOf } from './instant.ts'

const units = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 }
const pattern =
  /^P(?=\d|T\d)(?:\d{1,4}W)?(?:\d{1,5}D)?(?:T(?=\d)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,6}S)?)?$/

/** Milliseconds of ten years, the longest that a rule may give. */
export const longestDuration = 3660 * units.D

/** Whether a text is an ISO 8601 duration of weeks, days, hours, minutes and seconds in whole numbers, as P5D. */
export function isDuration(text: string): boolean {
  return text.length <= 60 && pattern.test(text)
}

/** Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds; 0 for what is none. */
export function durationMilliseconds(duration: string): number {
  const parts = duration.matchAll(/(\d+)([WDHMS])/g)
  return [...parts].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  )
}

const calendar = /^P([1-9]\d{0,3})([YM])$/
/** Days of the longest month and year. */
const daysOf = { M: 31, Y: 366 }

/** Milliseconds a period lasts at most: a duration, or so many months or years (P6M, P2Y); undefined for what is none. */
export function longestOf(period: string): number | undefined {
  const [, count, unit] = calendar.exec(period) ?? []
  if (count !== undefined) return Number(count) * daysOf[unit as 'M' | 'Y'] * units.D
  return isDuration(period) ? durationMilliseconds(period) : undefined
}

/** The moment that lies a period before another; months and years by the calendar, the last of a month at most. */
export function periodBefore(now: number, period: string): number {
  const [, count, unit] = calendar.exec(period) ?? []
  if (count === undefined) return now - durationMilliseconds(period)
  const then = instantOf(now)
  const months = Number(then.slice(0, 4)) * 12 + Number(then.slice(5, 7)) - 1
  const month = months - Number(count) * (unit === 'Y' ? 12 : 1)
  const wanted = firstOf(month) + millisecondsOf(then) - firstOf(months)
  const ends = firstOf(month + 1)
  // A day the month does not have is its last, at the same hour.
  return wanted < ends ? wanted : ends - units.D + (now % units.D)
}

/** The first moment of a month, counted from the year 0. */
function firstOf(months: number): number {
  const year = String(Math.floor(months / 12)).padStart(4, '0')
  return millisecondsOf(`${year}-${String((months % 12) + 1).padStart(2, '0')}-01T00:00:00.000Z`)
}
