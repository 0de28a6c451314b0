import type { Bound, CorrelationType, Measurement } from './correlation-plan.ts'
import type { EntryPool } from './entry-pool.ts'
import {
  DistinctValues,
  EventCount,
  type Measure,
  Percentile,
  RunningSum,
  ValueShare,
} from './measures.ts'
import { LongestSequence, MembersPresent, OrderedPresence } from './temporal-measures.ts'

/** Keeps the measure a correlation asks for, of one window over the entries of a pool. */
export function measureOf(measurement: Measurement, pool: EntryPool): Measure {
  const { requirement, members, timespan, percentile } = measurement
  const presence = requirement.kind === 'presence' ? requirement.presence : undefined
  switch (measurement.type) {
    case 'event_count':
      return new EventCount()
    case 'value_count':
      return new DistinctValues(pool)
    case 'value_sum':
      return new RunningSum(pool, false)
    case 'value_avg':
      return new RunningSum(pool, true)
    case 'value_median':
      return new Percentile(pool, 'median')
    case 'value_percentile':
      return percentile === null ? new ValueShare(pool) : new Percentile(pool, percentile)
    case 'temporal':
      return new MembersPresent(pool, members, presence)
    case 'temporal_ordered':
      return presence === undefined
        ? new LongestSequence(pool, members, timespan)
        : new OrderedPresence(pool, members, presence, timespan)
  }
}

/** Whether a value fulfils the requirement of a correlation. */
export function fulfils({ requirement }: Measurement, value: number): boolean {
  if (requirement.kind === 'presence') return value === 1
  for (const bound of requirement.bounds) if (!within(bound, value)) return false
  return true
}

function within({ operator, value: limit }: Bound, value: number): boolean {
  switch (operator) {
    case 'gt':
      return value > limit
    case 'gte':
      return value >= limit
    case 'lt':
      return value < limit
    case 'lte':
      return value <= limit
    case 'eq':
      return value === limit
    case 'neq':
      return value !== limit
  }
}

/**
 * The longest list of a group: beyond it, the oldest entries are let go. A late entry has all of them
 * looked at again, and that must not take long.
 */
export function mostEntriesOf(type: CorrelationType): number {
  return type === 'event_count' ? 262_144 : 65_536
}

/** What kind of value of an event a correlation measures. */
export function valueKindOf({ type, percentile }: Measurement): 'none' | 'text' | 'number' {
  if (type === 'value_count') return 'text'
  if (type === 'value_percentile' && percentile === null) return 'text'
  return type.startsWith('value_') ? 'number' : 'none'
}

const decimal = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i
const largest = 1e300

/** The number a field holds, undefined if it holds none; bounded so that no sum overflows. */
export function numberIn(text: string): number | undefined {
  if (text.length > 400 || !decimal.test(text)) return undefined
  return Math.min(Math.max(Number(text), -largest), largest)
}
