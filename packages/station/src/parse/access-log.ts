import { offsetOf, type ReadTime, utcOf } from './instant.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'
import { monthOf } from './rfc3164.ts'

/** One line of a web server's access log. */
export interface AccessLogFields {
  readonly client: string
  readonly user: string | undefined
  /** Virtual host, where the log names it first (Apache `vhost_combined`). */
  readonly host: string | undefined
  readonly hostPort: number | undefined
  readonly time: ReadTime
  readonly method: string | undefined
  readonly target: string | undefined
  readonly version: string | undefined
  /** The request line as logged. */
  readonly request: string
  readonly status: number
  readonly length: number | undefined
  readonly referrer: string | undefined
  readonly userAgent: string | undefined
  /** What follows the user agent: forwarded-for, timings. */
  readonly rest: readonly string[]
}

const timePattern = /\[(\d{2})\/([A-Za-z]{3})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-]\d{4})\] "/
const longestPrefix = 1024

/**
 * Reads the common and combined log formats of Apache and nginx, with or without virtual host in front.
 * Reasons: `access-log.no-time`, `access-log.no-request`, `access-log.no-status`, `access-log.no-client`.
 */
export function parseAccessLog(text: string): Parsed<AccessLogFields> {
  const found = timePattern.exec(text.slice(0, longestPrefix + 64))
  const time = found && readTime(found)
  if (!found || !time) return unreadable('access-log.no-time', 'no [dd/Mmm/yyyy:hh:mm:ss ±hhmm]')
  const who = readPrefix(text.slice(0, found.index).trim())
  if (!who) return unreadable('access-log.no-client', 'no client before the time')
  const request = readQuoted(text, found.index + found[0].length)
  if (!request) return unreadable('access-log.no-request', 'the request line does not end')
  const rest = words(text.slice(request.end))
  const status = Number(rest[0])
  if (!Number.isInteger(status) || status < 0 || status > 999) {
    return unreadable('access-log.no-status', `the status is ${rest[0] ?? 'absent'}`)
  }
  return parsed({
    ...who,
    time,
    ...readRequest(request.text),
    status,
    length: countOf(rest[1]),
    referrer: absent(rest[2]),
    userAgent: absent(rest[3]),
    rest: rest.slice(4),
  })
}

/** True of a line of an access log. */
export function looksLikeAccessLog(text: string): boolean {
  return text.slice(0, longestPrefix + 64).includes('] "') && parseAccessLog(text).ok
}

function readPrefix(prefix: string) {
  const tokens = prefix.split(' ')
  // `vhost client ident user` has one word more than `client ident user`; a user name may hold spaces.
  const withHost = tokens.length > 3 && tokens[1] !== '-'
  const at = withHost ? 1 : 0
  const client = tokens[at]
  if (!client || tokens.length < 3) return undefined
  const [host, port] = withHost ? splitPort(tokens[0] ?? '') : [undefined, undefined]
  return { client, user: absent(tokens.slice(at + 2).join(' ')), host, hostPort: port }
}

function splitPort(text: string): [string, number | undefined] {
  const found = /^(.*):(\d{1,5})$/.exec(text)
  return found?.[1] ? [found[1], Number(found[2])] : [text, undefined]
}

function readTime(found: RegExpExecArray): ReadTime | undefined {
  const [all, day, month = '', year, hour, minute, second, offset = '+0000'] = found
  const asUtc = utcOf({
    year: Number(year),
    month: monthOf(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: 0,
  })
  return asUtc === undefined
    ? undefined
    : { at: asUtc - offsetOf(offset), original: all.slice(1, -3) }
}

function readRequest(request: string) {
  const first = request.indexOf(' ')
  const last = request.lastIndexOf(' ')
  const method = request.slice(0, Math.max(first, 0))
  // Scanners send anything: only a word in capitals is a method.
  if (!/^[A-Z][A-Z_-]{1,31}$/.test(method)) {
    return { request, method: undefined, target: undefined, version: undefined }
  }
  const versioned = last > first && request.startsWith('HTTP/', last + 1)
  return {
    request,
    method,
    target: request.slice(first + 1, versioned ? last : undefined),
    version: versioned ? request.slice(last + 6) : undefined,
  }
}

function readQuoted(text: string, start: number): { text: string; end: number } | undefined {
  let at = start
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at < text.length ? { text: text.slice(start, at), end: at + 1 } : undefined
}

const mostWords = 32

/** Splits at spaces, quoted text being one word. */
function words(text: string): string[] {
  const found: string[] = []
  let at = 0
  while (at < text.length && found.length < mostWords) {
    if (text[at] === ' ') at++
    else if (text[at] === '"') {
      const quoted = readQuoted(text, at + 1) ?? { text: text.slice(at + 1), end: text.length }
      found.push(quoted.text)
      at = quoted.end
    } else {
      const space = text.indexOf(' ', at)
      const end = space < 0 ? text.length : space
      found.push(text.slice(at, end))
      at = end
    }
  }
  return found
}

function absent(word: string | undefined): string | undefined {
  return word === undefined || word === '-' || word === '' ? undefined : word
}

function countOf(word: string | undefined): number | undefined {
  return word !== undefined && /^\d{1,15}$/.test(word) ? Number(word) : undefined
}
