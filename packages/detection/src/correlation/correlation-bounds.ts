import { type Located, type LocatedMap, RuleProblem } from '../sigma/located-yaml.ts'
import { textOf } from './correlation-parts.ts'
import { type Bound, type CorrelationType, type Operator, operators } from './correlation-plan.ts'
import { mostEntriesOf } from './measurement.ts'

/** Seconds of a unit; month and year as a 400-year calendar has them on average. */
const seconds: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  M: 2_629_746,
  y: 31_556_952,
}

/** The time span of a correlation in milliseconds. Throws RuleProblem if it is none. */
export function timespanOf(section: LocatedMap): number {
  const [, count = '', unit = ''] = /^(\d{1,9})([smhdwMy])$/.exec(textOf(section, 'timespan')) ?? []
  const span = Number(count) * (seconds[unit] ?? 0) * 1_000
  if (span > 0) return span
  const place = section.entries.get('timespan')?.value.place ?? section.place
  throw new RuleProblem('timespan is a number and one of s, m, h, d, w, M, y, such as 5m', place)
}

const others = new Set(['field', 'percentile'])

/** The comparisons of a condition; two make a range. Throws RuleProblem for none, and for what can never be. */
export function readBounds(condition: LocatedMap, type: CorrelationType): Bound[] {
  const bounds: Bound[] = []
  for (const { name, place, value } of condition.entries.values()) {
    if (others.has(name)) continue
    const operator = operators.find((each) => each === name)
    if (operator === undefined) {
      throw new RuleProblem(`a condition compares with ${operators.join(', ')}`, place)
    }
    bounds.push({ operator, value: limitOf(value, operator, type) })
  }
  if (bounds.length > 0) return bounds
  throw new RuleProblem(`a condition compares with ${operators.join(', ')}`, condition.place)
}

function limitOf(value: Located, operator: Operator, type: CorrelationType): number {
  const text = value.kind === 'scalar' ? value.text.trim() : ''
  const limit = /^[-+]?\d+(\.\d+)?(e\d{1,2})?$/i.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(limit)) throw new RuleProblem(`${operator} needs a number`, value.place)
  const counts = type === 'event_count' || type === 'value_count'
  if (counts && limit > mostEntriesOf(type) && /^(gte?|eq)$/.test(operator)) {
    throw new RuleProblem(
      `no more than ${mostEntriesOf(type)} events of a group are kept`,
      value.place,
    )
  }
  return limit
}

/** The percentage of value_percentile, null if it names none. Throws RuleProblem elsewhere. */
export function readPercentile(condition: LocatedMap, type: CorrelationType): number | null {
  const entry = condition.entries.get('percentile')
  if (entry === undefined) return null
  if (type !== 'value_percentile') throw new RuleProblem(`${type} has no percentile`, entry.place)
  const { value } = entry
  const percentile = value.kind === 'scalar' ? Number(value.text) : Number.NaN
  if (percentile > 0 && percentile <= 100) return percentile
  throw new RuleProblem('percentile is a number above 0, at most 100', value.place)
}
