import { millisecondsOf } from '@haidang/contracts/instant'
import { isoOf } from '@haidang/runtime/clock'

const hanoiOffset = 7 * 3_600_000

/** The year it is in Vietnam (UTC+7, no daylight saving) at an instant in milliseconds: running numbers start anew with it. */
export function vietnamYear(milliseconds: number): number {
  return Number(vietnamDate(milliseconds).slice(0, 4))
}

/** The date it is in Vietnam at an instant in milliseconds, as 2026-11-22. */
export function vietnamDate(milliseconds: number): string {
  return isoOf(milliseconds + hanoiOffset).slice(0, 10)
}

/** The date it is in Vietnam at an instant. */
export function dateInVietnam(iso: string): string {
  return vietnamDate(millisecondsOf(iso))
}

/** An instant as people here write it, with the zone said: 22/11/2026 08:00 (giờ Việt Nam). */
export function vietnamTime(iso: string, language: 'vi' | 'en'): string {
  const local = isoOf(millisecondsOf(iso) + hanoiOffset)
  const [year, month, day] = local.slice(0, 10).split('-')
  const zone = language === 'vi' ? 'giờ Việt Nam' : 'Vietnam time'
  return `${day}/${month}/${year} ${local.slice(11, 16)} (${zone})`
}
