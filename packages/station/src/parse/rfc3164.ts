import { offsetOf, type ReadTime, readIsoTime, utcOf, zonedTime, zoneOffset } from './instant.ts'
import { readPriority, type SyslogFields } from './syslog-header.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Number of an English month abbreviation, 1 to 12; 0 if it is none. */
export function monthOf(name: string): number {
  return months.indexOf(name.toLowerCase()) + 1
}

// `Mmm dd [yyyy] hh:mm:ss[.fff] [zone]`; `*` and `.` before it are Cisco's marks for an unsure clock.
const bsdTime =
  /^[*.]?([A-Za-z]{3}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?: (\d{4})(?= |:|$))?(?: (?:(UTC|GMT)|([+-]\d{2}:?\d{2})))?:?(?: |$)/
const isoTime =
  /^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?):?(?: |$)/
const sequence = /^\d{1,10}: /
// A time at the beginning of a message is no program.
const tagPattern =
  /^(?!\d{4}-\d{2}-\d{2}T)(\(?[A-Za-z0-9_%][\w./@%+-]{0,63}\)?)(?:\[([\w.-]{1,32})\])?: ?/
const hostPattern = /^([A-Za-z0-9_.:-]{1,255}) +/
const twoDays = 172_800_000

/** How to fill in what RFC 3164 leaves out. */
export interface Sent {
  /** IANA zone of the sender. */
  readonly zone: string
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
}

/**
 * Reads `<PRI>Mmm dd hh:mm:ss host tag[pid]: message` (RFC 3164 section 4.1) as daemons and vendors
 * really write it: PRI, time, host and tag may each be absent, the time may be ISO 8601 or carry a year,
 * Cisco puts a sequence number first. Whatever is not header is message, so this reads any text.
 */
export function parseRfc3164(text: string, sent: Sent): SyslogFields {
  const priority = readPriority(text)
  let rest = text.slice(priority?.end ?? 0).trimStart()
  rest = rest.replace(sequence, '')
  const time = readTime(rest, sent)
  if (time) rest = rest.slice(time.length).trimStart()
  const host = time ? readHost(rest) : undefined
  if (host) rest = rest.slice(host.length)
  const tag = priority || time ? tagPattern.exec(rest) : null
  return {
    facility: priority?.facility,
    severity: priority?.severity,
    time: time?.time,
    host: host?.name,
    program: tag?.[1],
    pid: tag?.[2],
    messageId: undefined,
    structured: {},
    message: tag ? rest.slice(tag[0].length) : rest,
    wire: priority || time ? 'rfc3164' : 'none',
  }
}

/** A host is the next word, unless that is a tag already. */
function readHost(rest: string): { name: string; length: number } | undefined {
  const found = hostPattern.exec(rest)
  if (!found?.[1] || found[1].endsWith(':')) return undefined
  return { name: found[1], length: found[0].length }
}

function readTime(rest: string, sent: Sent): { time: ReadTime; length: number } | undefined {
  const iso = isoTime.exec(rest)
  if (iso?.[1]) {
    const time = readIsoTime(iso[1], sent.zone)
    return time && { time, length: iso[0].length }
  }
  const bsd = bsdTime.exec(rest)
  if (!bsd) return undefined
  const at = instantOf(bsd, sent)
  if (at === undefined) return undefined
  return { time: { at, original: bsd[0].trim().replace(/:$/, '') }, length: bsd[0].length }
}

function instantOf(found: RegExpExecArray, sent: Sent): number | undefined {
  const [, month = '', day, yearBefore, hour, minute, second, fraction, yearAfter, utc, offset] =
    found
  const civil = {
    month: monthOf(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Math.floor(Number(`0.${fraction ?? '0'}`) * 1000),
  }
  const inYear = (year: number): number | undefined => {
    if (!utc && !offset) return zonedTime({ ...civil, year }, sent.zone)
    const asUtc = utcOf({ ...civil, year })
    return asUtc === undefined ? undefined : asUtc - (offset ? offsetOf(offset) : 0)
  }
  const year = yearBefore ?? yearAfter
  return year ? inYear(Number(year)) : nearestYear(inYear, sent)
}

/** The latest year that does not put the record more than two days after its receipt. */
function nearestYear(
  inYear: (year: number) => number | undefined,
  { zone, receivedAt }: Sent,
): number | undefined {
  const received = yearAt(receivedAt + zoneOffset(receivedAt, zone))
  for (const year of [
    received + 1,
    received,
    received - 1,
    received - 2,
    received - 3,
    received - 4,
  ]) {
    const at = inYear(year)
    if (at !== undefined && at <= receivedAt + twoDays) return at
  }
  return undefined
}

function yearAt(milliseconds: number): number {
  let year = 1970 + Math.floor(milliseconds / 31_556_952_000)
  const startOf = (candidate: number) =>
    utcOf({ year: candidate, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 }) ?? 0
  while (startOf(year + 1) <= milliseconds) year++
  while (startOf(year) > milliseconds) year--
  return year
}
