import { type CivilTime, type ReadTime, utcOf, zonedTime } from './instant.ts'
import { readWrittenTime } from './written-time.ts'

/** What letters of a time format stand for, longest first. */
const letters: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortYear>\\d{2})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{2})',
  h: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<fraction>\\d{1,9})',
  S: '(?<fraction>\\d{1,9})',
  a: '(?<half>AM|PM|SA|CH)',
}
const token = /yyyy|yy|MM|M|dd|d|HH|H|hh|h|mm|ss|SSS|S|a|'[^']*'|[^A-Za-z']/g
const longestTime = 64
const mostFormats = 64
/** What people here write, where nothing else is said. */
const usual = ['dd/MM/yyyy HH:mm:ss', 'd/M/yyyy H:mm:ss', 'dd/MM/yyyy HH:mm', 'dd-MM-yyyy HH:mm:ss']

const compiled = new Map<string, RegExp | undefined>()

/**
 * Reads a time by a format of letters, as in `dd/MM/yyyy HH:mm:ss` (`a`: AM, PM, SA, CH; SSS: any fraction), of
 * seconds or parts of them since the epoch (`epoch`), or as it is usually written (`auto`). Undefined if it is not so.
 */
export function readFormattedTime(
  text: string | undefined,
  format: string,
  zone: string,
): ReadTime | undefined {
  const plain = text?.trim()
  if (plain === undefined || plain === '' || plain.length > longestTime) return undefined
  if (format === 'epoch') return /^\d/.test(plain) ? readWrittenTime(plain, zone) : undefined
  if (format !== 'auto') return readBy(format, plain, zone)
  return readWrittenTime(plain, zone) ?? firstOf(plain, zone)
}

/** Whether a format says all that a time needs: a day, at least. */
export function isTimeFormat(format: string): boolean {
  if (format === 'auto' || format === 'epoch') return true
  return compile(format) !== undefined
}

function firstOf(text: string, zone: string): ReadTime | undefined {
  for (const format of usual) {
    const read = readBy(format, text, zone)
    if (read) return read
  }
  return undefined
}

function readBy(format: string, text: string, zone: string): ReadTime | undefined {
  const part = expressionOf(format)?.exec(text)?.groups
  if (!part) return undefined
  const time: CivilTime = {
    year:
      part['shortYear'] === undefined ? numberOf(part['year']) : 2000 + numberOf(part['shortYear']),
    month: numberOf(part['month']),
    day: numberOf(part['day']),
    hour: hourOf(numberOf(part['hour']), part['half']),
    minute: numberOf(part['minute']),
    second: numberOf(part['second']),
    millisecond: Math.floor(Number(`0.${part['fraction'] ?? '0'}`) * 1000),
  }
  const at = zone === 'UTC' ? utcOf(time) : zonedTime(time, zone)
  return at === undefined ? undefined : { at, original: text }
}

function numberOf(digits: string | undefined): number {
  return Number(digits ?? 0)
}

/** Twelve stands before one: 12 AM (SA, sáng) is midnight. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  const isLate = /^(?:PM|CH)$/i.test(half)
  return (hour % 12) + (isLate ? 12 : 0)
}

function expressionOf(format: string): RegExp | undefined {
  if (!compiled.has(format)) {
    if (compiled.size >= mostFormats) compiled.clear()
    compiled.set(format, compile(format))
  }
  return compiled.get(format)
}

/** Undefined for a format that names something twice, has letters of no meaning, or no day. */
function compile(format: string): RegExp | undefined {
  const tokens = format.match(token) ?? []
  if (tokens.join('') !== format) return undefined
  const parts = tokens.map((each) => letters[each] ?? literal(each))
  const names = Array.from(parts.join('').matchAll(/\?<\w+>/g), ([name]) => name)
  const hasDay = ['?<month>', '?<day>'].every((name) => names.includes(name))
  const hasYear = names.includes('?<year>') || names.includes('?<shortYear>')
  if (!hasDay || !hasYear || new Set(names).size !== names.length) return undefined
  return new RegExp(`^${parts.join('')}$`, 'i')
}

function literal(text: string): string {
  const plain = text.length > 1 ? text.slice(1, -1) : text
  return plain.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
