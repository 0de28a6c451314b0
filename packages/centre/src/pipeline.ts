import type { WrittenAlert } from '@haidang/contracts/written-alert'
import type { Tx } from '@haidang/runtime/database/database'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import type { AlertService } from './modules/alerts/alert-service.ts'
import type { ClusterService } from './modules/correlation/cluster-service.ts'
import type { Growth } from './modules/correlation/clustering.ts'
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
  /** What was recorded, as this node keeps it. */
  readonly fresh: readonly WrittenAlert[]
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
  async receive(tx: Tx, origin: Origin, alerts: readonly WrittenAlert[]): Promise<Received> {
    return this.#keep(tx, origin, this.#parts.ingest.accept(origin, alerts))
  }

  /** Takes what a child sent on its stream `alerts`: detection findings, not yet checked. */
  async receiveFindings(tx: Tx, origin: Origin, records: readonly unknown[]): Promise<Received> {
    const { alerts, refusal } = this.#parts.ingest.acceptFindings(origin, records)
    const received = await this.#keep(tx, origin, alerts)
    if (refusal) await this.#parts.journal.append(tx, refusal)
    return received
  }

  async #keep(tx: Tx, origin: Origin, alerts: readonly WrittenAlert[]): Promise<Received> {
    const fresh = await this.#parts.alerts.unknown(tx, alerts)
    const growths = await this.#parts.clusters.join(
      tx,
      fresh.map(({ head }) => head),
    )
    await this.#parts.alerts.record(tx, fresh, clusterOfEach(growths))
    // One entry per TLP, so that a reader of the journal learns of what it may see and of nothing else.
    for (const [rank, group] of Map.groupBy(growths, (growth) => growth.tlp_rank)) {
      await this.#parts.journal.append(tx, entryOf(origin, rank, group))
    }
    return { recorded: fresh.length, fresh, repeated: alerts.length - fresh.length }
  }
}

function clusterOfEach(growths: readonly Growth[]): ReadonlyMap<string, string> {
  return new Map(
    growths.flatMap(({ cluster_id, alert_ids }) =>
      alert_ids.map((id) => [id, cluster_id] as const),
    ),
  )
}

function entryOf(origin: Origin, tlp_rank: number, growths: readonly Growth[]): EntryDraft {
  return {
    type: 'alerts.recorded',
    organisation_id: origin.organisation_id,
    tlp_rank,
    actor: { id: origin.node_id, name: origin.node_id },
    authority: 'ingest',
    subject: origin.node_id,
    related: growths.map(({ cluster_id }) => cluster_id),
    after: {
      alerts: growths.reduce((sum, { alert_ids }) => sum + alert_ids.length, 0),
      opened: growths.filter(({ opened }) => opened).length,
      quiet: growths.filter(({ quiet }) => quiet).length,
    },
  }
}
