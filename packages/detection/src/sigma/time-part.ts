import type { TimePart } from './modifiers.ts'

const written = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?/
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

/** A part of a time as it is written: no zone is converted (specification 2.1.0). NaN where there is none. */
export function timePartOf(text: string, part: TimePart): number {
  const found = written.exec(text)
  if (found === null) return Number.NaN
  const [year = 0, month = 0, day = 0, hour = Number.NaN, minute = Number.NaN] = found
    .slice(1)
    .map((digits) => (digits === undefined ? Number.NaN : Number(digits)))
  if (part === 'week') return weekOf(year, month, day)
  return { year, month, day, hour, minute }[part]
}

/** ISO 8601 week number. */
function weekOf(year: number, month: number, day: number): number {
  const ordinal = (daysBefore[month - 1] ?? 0) + day + (month > 2 && isLeap(year) ? 1 : 0)
  const week = Math.floor((ordinal - weekday(year, ordinal) + 10) / 7)
  if (week < 1) return weeksIn(year - 1)
  return week > weeksIn(year) ? 1 : week
}

/** 1 Monday to 7 Sunday, of the n-th day of a year. */
function weekday(year: number, ordinal: number): number {
  const before = year - 1
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  return ((before * 365 + leaps + ordinal - 1) % 7) + 1
}

function weeksIn(year: number): number {
  const first = weekday(year, 1)
  return first === 4 || (first === 3 && isLeap(year)) ? 53 : 52
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
