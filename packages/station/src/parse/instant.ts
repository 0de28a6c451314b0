/** A time of day without zone, as logs write it. */
export interface CivilTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

/** A time read from a record: the instant, and how the sender wrote it. */
export interface ReadTime {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly original: string
}

const isoPattern =
  /^\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})? ?(?:Z|z|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/
const earliest = 0
/** 9999-12-31T23:59:59Z: the last instant every store can hold. */
const latest = 253_402_300_799_000

/** Milliseconds since the epoch of a civil time in UTC; undefined if the calendar has no such time. */
export function utcOf(time: CivilTime): number | undefined {
  const { year, month, day, hour, minute, second } = time
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  // 60 is a leap second (RFC 3339 section 5.7).
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const seconds = ((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
  return bounded(seconds * 1000 + time.millisecond)
}

/** Milliseconds since the epoch of a civil time in an IANA zone; an unknown zone is read as UTC. */
export function zonedTime(time: CivilTime, zone: string): number | undefined {
  const asUtc = utcOf(time)
  if (asUtc === undefined) return undefined
  // Twice, because the offset may differ on the other side of a change of the clocks.
  const guess = asUtc - zoneOffset(asUtc, zone)
  return bounded(asUtc - zoneOffset(guess, zone))
}

/**
 * Reads ISO 8601 as logs write it: `T` or a space, fraction after point or comma, offset `Z`, `+07:00`, `+0700` or none.
 * Without offset `zone` counts.
 */
export function readIsoTime(text: string, zone: string): ReadTime | undefined {
  if (text.length > 40) return undefined
  if (!isoPattern.test(text)) return undefined
  // The pattern fixes all places up to the second: digits are taken from there, which costs half of taking groups.
  const fraction = fractionOf(text)
  const time = {
    year: twoDigits(text, 0) * 100 + twoDigits(text, 2),
    month: twoDigits(text, 5),
    day: twoDigits(text, 8),
    hour: twoDigits(text, 11),
    minute: twoDigits(text, 14),
    second: twoDigits(text, 17),
    millisecond: fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000),
  }
  const offset = text
    .slice(fraction === '' ? secondsEnd : secondsEnd + 1 + fraction.length)
    .trimStart()
  const asUtc = offset ? utcOf(time) : zonedTime(time, zone)
  if (asUtc === undefined) return undefined
  const at = offset ? bounded(asUtc - offsetOf(offset)) : asUtc
  return at === undefined ? undefined : { at, original: text }
}

const secondsEnd = 19

/** Digits after the point or comma behind the seconds. */
function fractionOf(text: string): string {
  const mark = text[secondsEnd]
  if (mark !== '.' && mark !== ',') return ''
  let end = secondsEnd + 1
  while (isDigit(text.charCodeAt(end))) end++
  return text.slice(secondsEnd + 1, end)
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30
}

/** Reads seconds (with fraction), milli-, micro- or nanoseconds since the epoch; told apart by magnitude. */
export function readEpoch(value: number): number | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined
  if (value < 1e11) return bounded(Math.round(value * 1000))
  if (value < 1e14) return bounded(Math.round(value))
  if (value < 1e17) return bounded(Math.round(value / 1e3))
  return bounded(Math.round(value / 1e6))
}

/** Milliseconds of an offset such as `Z`, `+07:00`, `-0330` or `+07`. */
export function offsetOf(text: string): number {
  if (text === 'Z' || text === 'z') return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', '') || 0)
  return (text.startsWith('-') ? -minutes : minutes) * 60_000
}

function bounded(milliseconds: number): number | undefined {
  return milliseconds >= earliest && milliseconds <= latest ? milliseconds : undefined
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar; years count from March, so the leap day comes last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

interface ZoneClock {
  readonly format: Intl.DateTimeFormat
  /** Offset by quarter of an hour: no zone changes its clocks between. */
  readonly offsets: Map<number, number>
}
const zoneClocks = new Map<string, ZoneClock>()
const quarterHour = 900_000
const mostOffsets = 4096

/** Local time minus UTC in milliseconds at an instant. */
export function zoneOffset(at: number, zone: string): number {
  const clock = zoneClocks.get(zone) ?? openZone(zone)
  const bucket = Math.floor(at / quarterHour)
  const known = clock.offsets.get(bucket)
  if (known !== undefined) return known
  const start = bucket * quarterHour
  const parts = new Map(clock.format.formatToParts(start).map(({ type, value }) => [type, value]))
  const part = (name: Intl.DateTimeFormatPartTypes) => Number(parts.get(name) ?? 0)
  const local = utcOf({
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
    millisecond: 0,
  })
  const offset = local === undefined ? 0 : local - start
  if (clock.offsets.size >= mostOffsets) clock.offsets.clear()
  clock.offsets.set(bucket, offset)
  return offset
}

function openZone(zone: string): ZoneClock {
  const clock = { format: formatOf(zone), offsets: new Map<number, number>() }
  zoneClocks.set(zone, clock)
  return clock
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const numeric = '2-digit' as const
  const options = {
    hourCycle: 'h23' as const,
    year: 'numeric' as const,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  }
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone })
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' })
  }
}
