import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import { readOrigin } from '../collect/origin.ts'

/** What a range held of one source in one hour; times in milliseconds since the epoch. */
export interface SourceHour {
  readonly sourceId: string
  /** Since the epoch. */
  readonly hour: number
  readonly records: number
  readonly firstAt: number
  readonly lastAt: number
  /** Longest time between two of its records, milliseconds. */
  readonly longest: number
}

type Counted = { -readonly [K in keyof SourceHour]: SourceHour[K] }

const hourLength = 3_600_000

/** Counts the records of a range by source and hour of receipt. */
export function sourceHoursOf(records: readonly SpoolRecord[]): SourceHour[] {
  const counted = new Map<string, Counted>()
  let origin = ''
  let receivedAt = -1
  let current: Counted | undefined
  for (const record of records) {
    // Records of a batch share both: most go this way.
    if (current && record.origin === origin && record.receivedAt === receivedAt) {
      current.records++
      continue
    }
    origin = record.origin
    receivedAt = record.receivedAt
    current = added(counted, readOrigin(origin).sourceId, receivedAt)
  }
  return [...counted.values()]
}

function added(counted: Map<string, Counted>, sourceId: string, receivedAt: number): Counted {
  const hour = Math.floor(receivedAt / hourLength)
  const name = `${sourceId} ${hour}`
  const known = counted.get(name)
  if (!known) {
    const first = {
      sourceId,
      hour,
      records: 1,
      firstAt: receivedAt,
      lastAt: receivedAt,
      longest: 0,
    }
    counted.set(name, first)
    return first
  }
  known.records++
  known.longest = Math.max(known.longest, receivedAt - known.lastAt)
  known.firstAt = Math.min(known.firstAt, receivedAt)
  known.lastAt = Math.max(known.lastAt, receivedAt)
  return known
}
