import type { Finding } from '../subject.ts'
import { quoted } from '../subject.ts'
import type { Correlation } from './correlation-plan.ts'

/** A correlation that fired, with its reasons; plain data. */
export interface CorrelationFinding {
  readonly correlation: Correlation
  /** The event that made it fire. */
  readonly subject: string
  /** End of the window, in milliseconds since the epoch. */
  readonly time: number
  /** Time of the oldest event of the window. */
  readonly since: number
  /** Values of the fields grouped by, as the event that made it fire has them. */
  readonly group: readonly string[]
  /** What was measured; for an extended condition 1. */
  readonly value: number
  /** How many events the window holds. */
  readonly count: number
  /** At most 64 of these events: the first and the last. */
  readonly subjects: readonly string[]
}

/** The finding of a correlation: its reasons are the group, the measure and the window. */
export function findingOf(found: CorrelationFinding): Finding {
  const { correlation } = found
  const { groupBy, type, condition } = correlation
  const groups = groupBy.map((field, i) => ({
    field,
    value: quoted(found.group[i] ?? ''),
    pattern: 'group-by',
    selection: type,
  }))
  const measured = {
    field: type,
    value: `${found.value} (${found.count}; ${Math.round((found.time - found.since) / 1_000)} s)`,
    pattern: condition,
    selection: type,
  }
  return {
    detector: 'correlation',
    rule: correlation.facts,
    severity: correlation.severity,
    matches: [...groups, measured].slice(-64),
    group: found.group,
  }
}
