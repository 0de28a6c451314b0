import { isoOf } from '@haidang/runtime/clock'

const hanoiOffset = 7 * 3_600_000

/** The day it is in Vietnam (UTC+7, no daylight saving) at an instant in milliseconds, as in 2026-11-22. */
export function vietnamDay(milliseconds: number): string {
  return isoOf(milliseconds + hanoiOffset).slice(0, 10)
}
