import { millisecondsOf } from '@haidang/contracts/instant'
import { readIndicator } from './indicator.ts'

/** Something of somebody that was seen. */
export interface Sighting {
  /** What attribution is asked for, in the one form it is kept in. */
  readonly text: string
  /** When, in milliseconds since the epoch. */
  readonly at: number
  /** The line as it was written. */
  readonly line: string
}

/** A line that cannot be read: 1-based, and what of it. */
export interface UnreadSighting {
  readonly line: number
  readonly cause: 'address' | 'time'
}

/** How much a sender's clock may be ahead, in milliseconds. */
const ahead = 86_400_000
const vietnam = '+07:00'

/**
 * Reads lines `address,time,detail`, as pasted from a sheet or a feed: separated by commas, semicolons or tabs, the time
 * in ISO 8601 or as `22/11/2026 10:04` of Vietnam. An
 * empty time is now; one that cannot be read is nobody's to guess. A first line without an address is a
 * heading.
 */
export function readSightings(
  lines: readonly string[],
  now: number,
): { readonly sightings: readonly Sighting[]; readonly unread: readonly UnreadSighting[] } {
  const sightings: Sighting[] = []
  const unread: UnreadSighting[] = []
  for (const [place, written] of lines.entries()) {
    const line = written.trim()
    if (line === '') continue
    const read = sightingIn(line, now)
    if (typeof read !== 'string') sightings.push(read)
    else if (place > 0 || read === 'time') unread.push({ line: place + 1, cause: read })
  }
  return { sightings, unread }
}

function sightingIn(line: string, now: number): Sighting | UnreadSighting['cause'] {
  const [first = '', second = ''] = line
    .split(/[,;\t]/)
    .map((part) => part.trim().replaceAll('"', ''))
  const indicator = readIndicator(first)
  if (!indicator || indicator.kind === 'hash') return 'address'
  const at = timeOf(second, now)
  return at === undefined || at > now + ahead ? 'time' : { text: indicator.text, at, line }
}

/** Milliseconds since the epoch; `now` where none is written; undefined where what is written is none. */
function timeOf(written: string, now: number): number | undefined {
  const date = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(.*)$/.exec(written)
  const [, day = '', month = '', year = '', rest = ''] = date ?? []
  const text = date ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${rest}` : written
  const parts =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(Z|[+-]\d{2}:\d{2})?$/.exec(
      text,
    )
  if (!parts) return written === '' ? now : undefined
  const [, onDay = '', time = '00:00', zone = vietnam] = parts
  const at = millisecondsOf(`${onDay}T${time}${zone}`)
  return Number.isNaN(at) ? undefined : at
}
