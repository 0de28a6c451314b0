import { instantOf, millisecondsOf } from '@haidang/contracts/instant'
import type { Language } from '@haidang/contracts/person'
import { inputTime } from './instant.ts'

const day = 86_400_000

/** The date it is in Vietnam at an instant, as 2026-11-22. */
export function dateOf(instant: string): string {
  return inputTime(instant).slice(0, 10)
}

/** The time of day in Vietnam, as 06:00. */
export function clockOf(instant: string): string {
  return inputTime(instant).slice(11, 16)
}

/** The date so many days after another; negative is before. */
export function dayAfter(date: string, days: number): string {
  return instantOf(millisecondsOf(`${date}T00:00:00Z`) + days * day).slice(0, 10)
}

/** The Monday of the week of a date. */
export function mondayOf(date: string): string {
  const number = millisecondsOf(`${date}T00:00:00Z`) / day
  return dayAfter(date, -((number + 3) % 7))
}

/** So many dates from one on. */
export function datesFrom(date: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => dayAfter(date, at))
}

/** `Th 2, 23/11` of a date. */
export function dayName(date: string, language: Language): string {
  const name = new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
    weekday: 'short',
    timeZone: 'UTC',
  }).format(millisecondsOf(`${date}T00:00:00Z`))
  return `${name} ${date.slice(8, 10)}/${date.slice(5, 7)}`
}
