import type { Alert } from '@haidang/contracts/alert'
import type { Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { type Origin, owned, sift } from './ingest.ts'

/** The door: what comes in is checked and re-owned here, nowhere else. */
export class IngestService {
  readonly #journal: Journal

  constructor(journal: Journal) {
    this.#journal = journal
  }

  /** Alerts of a detector of this node: trusted in shape, bounded in size. */
  accept(origin: Origin, alerts: readonly Alert[]): Alert[] {
    return alerts.map((alert) => owned(alert, origin))
  }

  /**
   * Alerts from what a child sent. What cannot be read is left out and stands in the journal as
   * `alerts.refused` with its count and causes.
   */
  async acceptFindings(tx: Tx, origin: Origin, records: readonly unknown[]): Promise<Alert[]> {
    const { alerts, refused, reasons } = sift(records)
    if (refused > 0) {
      await this.#journal.append(tx, {
        type: 'alerts.refused',
        organisation_id: origin.organisation_id,
        actor: { id: origin.node_id, name: origin.node_id },
        authority: 'link',
        subject: origin.node_id,
        reason: reasons.join('; '),
        after: { refused, of: records.length },
      })
    }
    return this.accept(origin, alerts)
  }
}
