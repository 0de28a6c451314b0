import type { Approved, ChildHandlers } from '@haidang/link/child/child-parts'
import type { ParentHandlers } from '@haidang/link/parent/stream-intake'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import type { createConfigurations } from './configurations.ts'
import { parentTakerOf, takerOf } from './message-takers.ts'
import type { InboxService as AdvisoryInbox } from './modules/advisories/inbox-service.ts'
import type { BatchService } from './modules/events/batch-service.ts'
import type { ReportInbox } from './modules/incident-reports/report-inbox.ts'
import { relayed } from './modules/ingest/ingest-envelopes.ts'
import type { InboxService } from './modules/orders/inbox-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { LinkEnds } from './order-mailbox.ts'
import type { Pipeline } from './pipeline.ts'
import type { createRuleLibrary } from './rule-library.ts'
import type { serveStationDigests } from './station-digests.ts'
import type { createStations } from './stations.ts'

interface LinkHandlerParts {
  readonly link: LinkEnds
  readonly organisations: OrganisationService
  readonly pipeline: Pipeline
  readonly batches: BatchService
  readonly inbox: InboxService
  readonly advisoryInbox: AdvisoryInbox
  readonly reportInbox: ReportInbox
  readonly ruleLibrary: Awaited<ReturnType<typeof createRuleLibrary>>
  readonly releases: Awaited<ReturnType<typeof createStations>>['releases']
  readonly configurations: Awaited<ReturnType<typeof createConfigurations>>
  readonly history: ReturnType<typeof serveStationDigests>
  readonly simulated: boolean
}

/** What this node does with what comes over the link, from below and from above. */
export function linkHandlers(parts: LinkHandlerParts) {
  const { link, organisations, pipeline, batches, ruleLibrary, simulated } = parts
  const { inbox, advisoryInbox, reportInbox } = parts
  return {
    /** What a parent's end does with what children send. */
    parentHandlers: {
      alerts: async (tx, peer, batch, numbers) => {
        const { fresh } = await pipeline.receiveFindings(tx, peer, batch)
        await link.outbox.append(tx, 'alerts', relayed(peer, batch, numbers, fresh))
      },
      events: (tx, peer, records) => batches.keep(tx, peer, records),
      messages: (tx, peer, envelope) =>
        takerOf(envelope, {
          orders: () => inbox.fromStation(tx, peer, envelope),
          advisories: () => advisoryInbox.fromStation(tx, peer, envelope),
          reports: () => reportInbox.fromStation(tx, peer, envelope),
          rules: () => ruleLibrary.delivery.fromStation(tx, peer, envelope),
          releases: () => parts.releases.fromStation(tx, peer, envelope),
          configurations: () => parts.configurations.fromStation(tx, peer, envelope),
          digests: () => parts.history.fromStation(tx, peer, envelope),
        }),
    } satisfies ParentHandlers,
    /** What a child's end does with what the parent sends; the heartbeat is the station's own. */
    childHandlers: {
      joined: (tx, approved) => adoptParent(tx, approved),
      messages: (tx, envelope) =>
        parentTakerOf(envelope, {
          orders: () => inbox.fromParent(tx, envelope),
          advisories: () => advisoryInbox.fromParent(tx, envelope),
          reports: () => reportInbox.fromParent(tx, envelope),
        }),
    } satisfies Omit<ChildHandlers, 'heartbeat' | 'rules' | 'configuration'>,
  }

  async function adoptParent(tx: Tx, { parent }: Approved): Promise<void> {
    const { organisation_id, organisation_code, organisation_name } = parent
    await organisations.adopt(tx, systemScope.actor, {
      id: organisation_id,
      code: organisation_code,
      name: organisation_name,
      kind: 'other',
      simulated,
    })
  }
}

/** Whether this node has a parent and children. */
export async function tiesOf({ parent, child }: LinkEnds) {
  const { state } = await child.state()
  return { has_parent: state !== 'none', has_children: await parent.hasChildren() }
}
