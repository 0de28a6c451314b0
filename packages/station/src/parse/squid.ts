import type { ReadTime } from './instant.ts'
import { readEpoch } from './instant.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

/** One request as Squid logs it. */
export interface SquidFields {
  readonly time: ReadTime
  readonly duration: number | undefined
  readonly client: string
  /** What Squid did: `TCP_MISS`, `TCP_DENIED` … */
  readonly result: string
  readonly status: number
  readonly length: number
  readonly method: string
  readonly url: string
  readonly user: string | undefined
  /** How the answer was fetched, and from where. */
  readonly hierarchy: string | undefined
  readonly peer: string | undefined
  readonly contentType: string | undefined
}

const native =
  /^(?<time>\d{9,10}\.\d{3}) +(?<took>-?\d{1,10}) (?<client>[^\s/]{1,255}) (?<result>[A-Z][A-Z_]{2,63})\/(?<status>\d{3}) (?<bytes>\d{1,15}) (?<method>[A-Za-z_:-]{1,32}) /
const tail =
  / (?<user>\S{1,512}) (?<how>[A-Z][A-Z_]{1,63})\/(?<peer>\S{1,255}) (?<type>\S{1,255})\s*$/
/** What follows the address of a request. */
const longestTail = 1200

/** True of a line of Squid's native access log. */
export function looksLikeSquid(text: string): boolean {
  return native.test(text)
}

/**
 * Reads one line of Squid's native access log (https://wiki.squid-cache.org/Features/LogFormat): time,
 * milliseconds, client, result and status, bytes, method, address, user, hierarchy and peer, type. The
 * address may hold spaces. Reason: `squid.no-request`.
 */
export function parseSquid(text: string): Parsed<SquidFields> {
  const found = native.exec(text)
  const part = found?.groups
  const at = readEpoch(Number(part?.['time']))
  if (!found || !part || at === undefined) {
    return unreadable('squid.no-request', 'no time, client, result and method')
  }
  const body = text.slice(found[0].length)
  const from = Math.max(0, body.length - longestTail)
  const end = tail.exec(body.slice(from))
  const last = end?.groups
  return parsed({
    time: { at, original: part['time'] ?? '' },
    duration: Number(part['took']) >= 0 ? Number(part['took']) : undefined,
    client: part['client'] ?? '',
    result: part['result'] ?? '',
    status: Number(part['status']),
    length: Number(part['bytes']),
    method: part['method'] ?? '',
    url: end ? body.slice(0, from + end.index) : body.trimEnd(),
    user: given(last?.['user']),
    hierarchy: given(last?.['how']),
    peer: given(last?.['peer']),
    contentType: given(last?.['type']),
  })
}

function given(word: string | undefined): string | undefined {
  return word === undefined || word === '-' ? undefined : word
}
