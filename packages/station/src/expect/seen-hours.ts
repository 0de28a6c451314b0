import { millisecondsOf } from '@haidang/contracts/instant'
import { hour as hourLength } from './hour-of-week.ts'
import type { SourceHourRow } from './rhythm-tables.ts'

/** An hour in which the station watched a source from beginning to end. */
export interface HourSeen {
  /** Since the epoch. */
  readonly hour: number
  readonly records: number
  /** Longest time without a record that ended or ran in this hour, counted from where it began; seconds. */
  readonly longest: number
}

/**
 * What a source did in the hours that were watched: `rows` are those in which something came, `watched` all of
 * them, both oldest first. Nothing is said of hours before its first record, and no time without a record
 * reaches back over an hour that was not watched.
 */
export function seenHours(rows: readonly SourceHourRow[], watched: readonly number[]): HourSeen[] {
  const byHour = new Map(rows.map((row) => [row.hour, row]))
  const begins = rows[0]?.hour ?? Number.POSITIVE_INFINITY
  const seen: HourSeen[] = []
  let last = 0
  let before = -1
  for (const hour of watched) {
    if (hour < begins) continue
    if (before !== hour - 1) last = hour * hourLength
    before = hour
    const end = (hour + 1) * hourLength
    const row = byHour.get(hour)
    const longest = row ? longestOf(row, last, end) : end - last
    if (row) last = millisecondsOf(row.last_at)
    seen.push({ hour, records: row?.records ?? 0, longest: longest / 1000 })
  }
  return seen
}

function longestOf(row: SourceHourRow, last: number, end: number): number {
  return Math.max(
    millisecondsOf(row.first_at) - last,
    row.longest_ms,
    end - millisecondsOf(row.last_at),
  )
}
