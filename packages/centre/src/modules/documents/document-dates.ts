import { millisecondsOf } from '@haidang/contracts/instant'
import { isoOf } from '@haidang/runtime/clock'
import { vietnamDate } from '../../vietnam-date.ts'

/** A day as papers are dated; days below 10 and January and February with a nought before (Decree 30/2020). */
export function datedOn(milliseconds: number, language: 'vi' | 'en'): string {
  const [year = '', month = '', day = ''] = vietnamDate(milliseconds).split('-')
  if (language === 'en') return `${day}/${month}/${year}`
  return `ngày ${day} tháng ${Number(month) > 2 ? Number(month) : month} năm ${year}`
}

/** A moment in Vietnam, to the minute. */
export function momentOf(instant: string | null): string {
  if (instant === null) return ''
  const [date = '', time = ''] = isoOf(millisecondsOf(instant) + 7 * 3_600_000).split('T')
  const [year, month, day] = date.split('-')
  return `${time.slice(0, 5)} ${day}/${month}/${year}`
}
