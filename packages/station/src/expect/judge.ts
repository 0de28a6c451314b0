import { type HourOfWeek, hour } from './hour-of-week.ts'
import { leastToCompare, type Rhythm, type UsualHour } from './rhythm.ts'

/** What is known of a source at a moment; times in milliseconds since the epoch. */
export interface Sighting {
  readonly now: number
  /** Its last record, or when the station began to watch it, whichever came later. */
  readonly lastAt: number
  /** Records since the hour began. */
  readonly thisHour: number
  /** Records of the whole hour before; undefined: it was not watched from beginning to end. */
  readonly lastHour: number | undefined
  /** Hours of the week of now and of the hour before. */
  readonly hourOfWeek: HourOfWeek
}

/** quiet: nothing came for too long · reduced: far less than usual · flood: far more. */
export interface Judgement {
  readonly state: 'active' | 'reduced' | 'quiet' | 'flood'
  /** Seconds without a record after which it is quiet. */
  readonly quietAfter: number
  /** Records usual in this hour of the week; undefined: not learned yet. */
  readonly usual: number | undefined
}

/** A restart of a sender takes this long (seconds). */
const leastQuiet = 120
/** A fortnight holds every hour of the week whole. */
const longestMissed = 14 * 24 * hour
/** What a silence lacks is counted for its last year. */
const longestCounted = 366 * 24 * hour
/** Fewer in an hour are no flood. */
const leastFlood = 1000

/** Whether a source does what it usually does at this hour. While the hour is unknown, `expectEvery` (seconds) decides alone. */
export function judge(rhythm: Rhythm, seen: Sighting, expectEvery: number): Judgement {
  const number = Math.floor(seen.now / hour)
  const usual = rhythm.hours[seen.hourOfWeek(number)]
  const before = rhythm.hours[seen.hourOfWeek(number - 1)]
  const quietAfter = usual ? longestUsual(rhythm, usual) : expectEvery
  const amount = { quietAfter, usual: usual?.records }
  const isLong = seen.now - seen.lastAt > quietAfter * 1000
  if (isLong && (!usual || isMissed(rhythm, seen))) return { state: 'quiet', ...amount }
  const isFlood =
    isTooMany(rhythm, seen.thisHour, usual) || isTooMany(rhythm, seen.lastHour, before)
  if (isFlood) return { state: 'flood', ...amount }
  return { state: isReduced(rhythm, seen, before) ? 'reduced' : 'active', ...amount }
}

/**
 * Records usual between two moments, milliseconds since the epoch; hours not learned count nothing. Of an hour
 * that is not whole, or ends after `sure`, only its least counts if `sure` is given.
 */
export function usualBetween(
  { hours }: Rhythm,
  from: number,
  to: number,
  hourOfWeek: HourOfWeek,
  sure?: number,
): number {
  let sum = 0
  for (let at = Math.max(from, to - longestCounted); at < to; ) {
    const number = Math.floor(at / hour)
    const end = Math.min(to, (number + 1) * hour)
    const usual = hours[hourOfWeek(number)]
    const isSure = sure === undefined || (end - at === hour && end <= sure)
    if (usual) sum += ((isSure ? usual.records : usual.low) * (end - at)) / hour
    at = end
  }
  return sum
}

function longestUsual({ stretch }: Rhythm, { longest }: UsualHour): number {
  return Math.max(leastQuiet, Math.round(longest * stretch.longest))
}

/** Of hours begun or just over the least counts: work may begin late or have ended early. */
function isMissed(rhythm: Rhythm, { lastAt, now, hourOfWeek }: Sighting): boolean {
  const from = Math.max(lastAt, now - longestMissed)
  return usualBetween(rhythm, from, now, hourOfWeek, now - hour) >= rhythm.leastMissed
}

function isTooMany(
  { stretch }: Rhythm,
  records: number | undefined,
  usual: UsualHour | undefined,
): boolean {
  if (records === undefined || !usual) return false
  return records > Math.max(leastFlood, usual.high * stretch.high)
}

/** Less than usual in the whole hour before, and not made up for since. */
function isReduced(
  { stretch }: Rhythm,
  { lastHour, thisHour }: Sighting,
  usual: UsualHour | undefined,
): boolean {
  if (lastHour === undefined || !usual || usual.low < leastToCompare) return false
  const least = usual.low / stretch.low
  return lastHour < least && thisHour < least
}
