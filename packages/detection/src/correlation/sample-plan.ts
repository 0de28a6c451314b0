import type { CorrelationPlan, Measurement } from './correlation-plan.ts'
import type { Correlator } from './correlator.ts'
import type { Observation } from './observation.ts'

const groupField = 0
const numberField = 1
const textField = 2

/**
 * A plan of one correlation over as many rules as it has members; fields of an observation are group,
 * number and text. For tests and measurements.
 */
export function planOf(measurement: Measurement): CorrelationPlan {
  const fields = measurement.type === 'value_count' ? [textField] : [numberField]
  const facts = {
    id: 'c',
    title: 'C',
    description: '',
    tags: [],
    false_positives: [],
    references: [],
    version: '',
  }
  return {
    correlations: [
      {
        ...measurement,
        identity: JSON.stringify(measurement),
        facts,
        severity: 'high',
        reports: true,
        groupBy: ['g'],
        condition: '',
      },
    ],
    bases: Array.from({ length: measurement.members }, (_, rule) => ({
      rule,
      slots: [1, 2, 3],
      feeds: [{ correlation: 0, member: rule, group: [groupField], values: fields }],
      chained: {},
    })),
  }
}

/** Three events within a minute. */
export const count: Measurement = {
  type: 'event_count',
  timespan: 60_000,
  percentile: null,
  members: 1,
  requirement: { kind: 'bounds', bounds: [{ operator: 'gte', value: 3 }] },
}

/** An observation of a group. */
export function seen(group: string, time: number): Observation {
  return { rule: 0, time, subject: `at ${time}`, fields: [group, null, null] }
}

/** The snapshot of a correlator, its pieces joined. */
export function snapshotOf(correlator: Correlator): Uint8Array<ArrayBuffer> {
  const pieces = [...correlator.snapshot()]
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
