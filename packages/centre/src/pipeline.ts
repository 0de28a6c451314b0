import type { Alert } from '@haidang/contracts/alert'
import { type Tlp, tlpRank } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import type { AlertService } from './modules/alerts/alert-service.ts'
import type { ClusterService } from './modules/correlation/cluster-service.ts'
import type { Origin } from './modules/ingest/ingest.ts'
import type { IngestService } from './modules/ingest/ingest-service.ts'

export interface PipelineParts {
  readonly ingest: IngestService
  readonly alerts: AlertService
  readonly clusters: ClusterService
  readonly journal: Journal
}

/** What became of a batch. */
export interface Received {
  readonly recorded: number
  readonly repeated: number
}

/**
 * The centre's whole line, in the transaction of whoever hands alerts over: ingest → alerts →
 * correlation → journal. Handing the same alerts over again changes nothing.
 */
export class Pipeline {
  readonly #parts: PipelineParts

  constructor(parts: PipelineParts) {
    this.#parts = parts
  }

  /** Takes alerts of this node's own detectors. */
  async receive(tx: Tx, origin: Origin, alerts: readonly Alert[]): Promise<Received> {
    return this.#keep(tx, origin, this.#parts.ingest.accept(origin, alerts))
  }

  /** Takes what a child sent on its stream `alerts`: detection findings, not yet checked. */
  async receiveFindings(tx: Tx, origin: Origin, records: readonly unknown[]): Promise<Received> {
    return this.#keep(tx, origin, await this.#parts.ingest.acceptFindings(tx, origin, records))
  }

  async #keep(tx: Tx, origin: Origin, alerts: readonly Alert[]): Promise<Received> {
    const fresh = await this.#parts.alerts.record(tx, alerts)
    for (const [tlp, group] of Map.groupBy(fresh, (alert) => alert.tlp)) {
      await this.#correlate(tx, origin, tlp, group)
    }
    return { recorded: fresh.length, repeated: alerts.length - fresh.length }
  }

  /** One entry per TLP, so that a reader of the journal learns of what it may see and of nothing else. */
  async #correlate(tx: Tx, origin: Origin, tlp: Tlp, alerts: readonly Alert[]): Promise<void> {
    const growths = await this.#parts.clusters.join(tx, alerts)
    await this.#parts.journal.append(tx, {
      type: 'alerts.recorded',
      organisation_id: origin.organisation_id,
      tlp_rank: tlpRank(tlp),
      actor: { id: origin.node_id, name: origin.node_id },
      authority: 'ingest',
      subject: origin.node_id,
      related: growths.map(({ cluster_id }) => cluster_id),
      after: {
        alerts: alerts.length,
        opened: growths.filter(({ opened }) => opened).length,
        quiet: growths.filter(({ quiet }) => quiet).length,
      },
    })
  }
}
