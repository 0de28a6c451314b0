import type { RecordSurvey } from '@haidang/contracts/record-survey'
import { zoneOffset } from '../parse/instant.ts'

/** When a record was written and when it came, milliseconds since the epoch. */
export interface Timing {
  readonly writtenAt: number
  readonly receivedAt: number
  /** The record names no zone, so that of its source decided. */
  readonly isZoned: boolean
}

const minute = 60_000
/** Zones differ by multiples of this. */
const quarterHour = 15 * minute
const tolerance = 2 * minute
/** More apart than this, records are no stream but a store that is being sent. */
const widestStream = 10 * minute

/** Zones offered first, where several have the offset. */
const usualZones = [
  'Asia/Ho_Chi_Minh',
  'UTC',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Europe/Paris',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
]

/** Judges how the clock of a sender goes, by what its records say; `zone` is the one its source is read in. */
export function surveyClock(timings: readonly Timing[], zone: string): RecordSurvey['clock'] {
  if (timings.length === 0) return { verdict: 'none', timed: 0, median_seconds: null, zone: null }
  const late = timings.map(({ writtenAt, receivedAt }) => receivedAt - writtenAt)
  const sorted = late.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  const about = { timed: timings.length, median_seconds: Math.round(median / 1000) }
  if (Math.abs(median) <= minute) return { ...about, verdict: 'good', zone: null }
  const width = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0)
  if (width > widestStream) return { ...about, verdict: 'old', zone: null }
  const fitting = zoneThatFits(timings, median, zone)
  return { ...about, verdict: fitting === undefined ? 'off' : 'zone', zone: fitting ?? null }
}

/** The zone in which the records would have been written just now; undefined: their clock is off by no zone. */
function zoneThatFits(
  timings: readonly Timing[],
  median: number,
  zone: string,
): string | undefined {
  const last = timings.at(-1)
  if (!last || !timings.every(({ isZoned }) => isZoned)) return undefined
  const quarters = Math.round(median / quarterHour)
  if (quarters === 0 || Math.abs(median - quarters * quarterHour) > tolerance) return undefined
  const wanted = zoneOffset(last.receivedAt, zone) - quarters * quarterHour
  return [...usualZones, ...Intl.supportedValuesOf('timeZone')].find(
    (name) => zoneOffset(last.receivedAt, name) === wanted,
  )
}
