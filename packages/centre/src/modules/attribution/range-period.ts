import { millisecondsOf } from '@haidang/contracts/instant'
import { noEnd } from './period-table.ts'
import type { RangeRow } from './range-tables.ts'

const day = 86_400

/**
 * The seconds a range holds, from its first and last day in Vietnam (UTC+7, no daylight saving); `until` is the
 * first second after. Undefined where the last day lies before the first, or outside of 1970 to 2106.
 */
export function periodOf(
  validFrom: string | null,
  validTo: string | null,
): { readonly from: number; readonly until: number } | undefined {
  const from = validFrom === null ? 0 : dayStart(validFrom)
  const until = validTo === null ? noEnd : dayStart(validTo) + day
  return from >= 0 && from < until && until <= noEnd ? { from, until } : undefined
}

function dayStart(date: string): number {
  return millisecondsOf(`${date}T00:00:00+07:00`) / 1_000
}

/** Whether two rows are of one range at one time. */
export function meets(one: RangeRow, other: RangeRow): boolean {
  const isSame = one.kind === other.kind && one.text === other.text
  return isSame && one.from_second < other.until_second && other.from_second < one.until_second
}
