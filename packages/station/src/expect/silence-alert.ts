import type { Alert } from '@haidang/contracts/alert'
import { isoOf } from '@haidang/runtime/clock'
import { derivedId } from '@haidang/runtime/ids'
import type { SourceRow } from '../keep/station-tables.ts'
import type { SilenceRow } from './rhythm-tables.ts'

interface Raising {
  readonly nodeId: string
  readonly simulated: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Seconds without a record that would have been usual. */
  readonly quietAfter: number
}

const ruleId = 'haidang.source-silent'
const title = 'A source of records fell silent / Nguồn nhật ký im lặng'

/** The alert that a source fell silent although its rhythm says it should send: somebody may have switched its log off. */
export function silenceAlert(source: SourceRow, silence: SilenceRow, raising: Raising): Alert {
  const { nodeId, simulated, now, quietAfter } = raising
  return {
    id: derivedId('alert', now, nodeId, silence.id, ruleId),
    organisation_id: source.organisation_id,
    tlp: source.tlp,
    node_id: nodeId,
    source_id: source.id,
    event_id: '',
    time: silence.from,
    detected_time: isoOf(now),
    detector: 'silence',
    rule: {
      id: ruleId,
      title,
      description:
        'Nothing came from a source for far longer than is usual at this hour of the week.',
      tags: ['attack.defense-evasion', 'attack.t1562'],
      false_positives: ['a sender out of order', 'maintenance', 'a holiday'],
      references: [],
      version: '1',
    },
    severity: 'medium',
    title: `${title}: ${source.name}`,
    entity: source.name,
    matches: [
      {
        field: 'silence.cause',
        value: silence.cause,
        pattern: `no record for more than ${quietAfter} s`,
        selection: 'rhythm',
      },
    ],
    observables: [],
    raw_data: silence.detail,
    simulated,
  }
}
