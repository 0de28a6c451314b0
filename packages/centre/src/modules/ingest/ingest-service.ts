import {
  type WrittenAlert,
  wholeAlert,
  written,
  writtenTogether,
} from '@haidang/contracts/written-alert'
import type { EntryDraft } from '@haidang/runtime/journal'
import { type Origin, owned, sift } from './ingest.ts'

/** Findings that were read, and what the journal must say of those that could not be. */
export interface Accepted {
  readonly alerts: WrittenAlert[]
  readonly refusal: EntryDraft | undefined
}

/** The door: what comes in is checked and re-owned here, nowhere else. */
export class IngestService {
  /** Alerts of a detector of this node: trusted in shape, bounded when they were written. */
  accept(origin: Origin, alerts: readonly WrittenAlert[]): WrittenAlert[] {
    const isOwn = ({ head }: WrittenAlert) =>
      head.organisation_id === origin.organisation_id && head.node_id === origin.node_id
    return alerts.map((one) => (isOwn(one) ? one : written(owned(wholeAlert(one), origin))))
  }

  /** Alerts from what a child sent. What cannot be read is left out and told in `refusal`. */
  acceptFindings(origin: Origin, records: readonly unknown[]): Accepted {
    const { alerts, refused, reasons } = sift(records)
    const refusal: EntryDraft | undefined =
      refused === 0
        ? undefined
        : {
            type: 'alerts.refused',
            organisation_id: origin.organisation_id,
            actor: { id: origin.node_id, name: origin.node_id },
            authority: 'link',
            subject: origin.node_id,
            reason: reasons.join('; '),
            after: { refused, of: records.length },
          }
    return { alerts: writtenTogether(alerts.map((alert) => owned(alert, origin))), refusal }
  }
}
