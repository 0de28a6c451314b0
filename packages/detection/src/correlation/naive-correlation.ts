import type { Measurement, Presence } from './correlation-plan.ts'

/** An event of one group, for the oracle. */
export interface NaiveEvent {
  readonly time: number
  readonly member: number
  readonly number: number
  readonly text: string
}

/**
 * What the engine must find, by the definition, over all events at hand: whether some window the
 * newest arrival belongs to, each ending with an event, fulfils the condition. For tests.
 */
export function naiveFires(
  measurement: Measurement,
  events: readonly NaiveEvent[],
  arrival: NaiveEvent,
): boolean {
  const { type, timespan } = measurement
  const ends = events.filter(({ time, member }) => {
    if (time === arrival.time) return type !== 'temporal_ordered' || member >= arrival.member
    return time > arrival.time && time <= arrival.time + timespan
  })
  return ends.some((end) => {
    const window = events.filter(({ time }) => time <= end.time && time >= end.time - timespan)
    return holds(measurement, window, end)
  })
}

function holds(measurement: Measurement, window: readonly NaiveEvent[], end: NaiveEvent): boolean {
  const { requirement } = measurement
  if (requirement.kind === 'presence') {
    return present(requirement.presence, new Set(window.map(({ member }) => member)))
  }
  const value = measured(measurement, window, end)
  return requirement.bounds.every(({ operator, value: limit }) => {
    if (operator === 'gt') return value > limit
    if (operator === 'gte') return value >= limit
    if (operator === 'lt') return value < limit
    if (operator === 'lte') return value <= limit
    return (operator === 'eq') === (value === limit)
  })
}

function measured(
  { type, percentile }: Measurement,
  window: readonly NaiveEvent[],
  end: NaiveEvent,
): number {
  const numbers = window.map(({ number }) => number).toSorted((a, b) => a - b)
  const sum = numbers.reduce((total, number) => total + number, 0)
  switch (type) {
    case 'event_count':
      return window.length
    case 'value_count':
      return new Set(window.map(({ text }) => text)).size
    case 'value_sum':
      return sum
    case 'value_avg':
      return sum / numbers.length
    case 'value_median': {
      const half = numbers.length / 2
      return ((numbers[Math.ceil(half) - 1] ?? 0) + (numbers[Math.floor(half)] ?? 0)) / 2
    }
    case 'value_percentile':
      return numbers[Math.ceil(((percentile ?? 0) / 100) * numbers.length) - 1] ?? Number.NaN
    case 'temporal':
      return new Set(window.map(({ member }) => member)).size
    case 'temporal_ordered':
      return longestSequence(window, end)
  }
}

/** By trying every sequence. */
function longestSequence(window: readonly NaiveEvent[], end: NaiveEvent): number {
  const before = window.filter(({ time, member }) => time <= end.time && member < end.member)
  return 1 + Math.max(0, ...before.map((event) => longestSequence(before, event)))
}

function present(presence: Presence, members: ReadonlySet<number>): boolean {
  switch (presence.kind) {
    case 'member':
      return members.has(presence.member)
    case 'not':
      return !present(presence.part, members)
    case 'all':
      return presence.parts.every((part) => present(part, members))
    case 'any':
      return presence.parts.some((part) => present(part, members))
  }
}
