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
