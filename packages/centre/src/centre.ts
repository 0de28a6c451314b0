import { join } from 'node:path'
import { alertApi } from '@haidang/contracts/alert-api'
import { clusterApi } from '@haidang/contracts/cluster-api'
import { eventApi } from '@haidang/contracts/event-api'
import { overviewApi } from '@haidang/contracts/overview'
import { regulationApi } from '@haidang/contracts/regulation-api'
import type { RuleSetReport } from '@haidang/contracts/rule-set'
import { SpreadParameters } from '@haidang/contracts/spread-parameters'
import type { WrittenAlert } from '@haidang/contracts/written-alert'
import type { Approved, ChildHandlers, HeartbeatDraft } from '@haidang/link/child/child-parts'
import type { ParentHandlers } from '@haidang/link/parent/stream-intake'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import { serve } from '@haidang/runtime/http/serve'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Metrics } from '@haidang/runtime/metrics'
import { Addressing, serveAddressing } from './addressing.ts'
import { loadAttack } from './attack-file.ts'
import { serveAudiences } from './audiences.ts'
import { serveAudit } from './audit.ts'
import { createConfigurations } from './configurations.ts'
import { createDeadlines } from './deadlines.ts'
import { createDocuments, serveDocuments } from './documents.ts'
import { alertDoubts, serveDoubts } from './doubts.ts'
import { createForms } from './forms.ts'
import { createIncidents } from './incidents.ts'
import { createInformationSystems } from './information-systems.ts'
import { serveLive } from './live/live-routes.ts'
import { serveMerging } from './merging/serve-merging.ts'
import { setAside, takerOf } from './message-takers.ts'
import { alertRoutes } from './modules/alerts/alert-routes.ts'
import { AlertService } from './modules/alerts/alert-service.ts'
import { AlertStore } from './modules/alerts/alert-store.ts'
import { startApprovalJobs } from './modules/approvals/approval-jobs.ts'
import { startDigestJobs } from './modules/audit/digest-jobs.ts'
import { startClusterJobs } from './modules/correlation/cluster-jobs.ts'
import { clusterRoutes } from './modules/correlation/cluster-routes.ts'
import { ClusterService } from './modules/correlation/cluster-service.ts'
import { ClusterStore } from './modules/correlation/cluster-store.ts'
import { ClusterView } from './modules/correlation/cluster-view.ts'
import { SpreadService } from './modules/correlation/spread-service.ts'
import { SpreadStore } from './modules/correlation/spread-store.ts'
import { TriageService } from './modules/correlation/triage-service.ts'
import { BatchService, type StoredEvents } from './modules/events/batch-service.ts'
import { BatchStore } from './modules/events/batch-store.ts'
import { eventRoutes } from './modules/events/event-routes.ts'
import { EventService, type ReachArchive } from './modules/events/event-service.ts'
import { EvidenceService } from './modules/evidence/evidence-service.ts'
import { EvidenceStore } from './modules/evidence/evidence-store.ts'
import { IncidentStore } from './modules/incidents/incident-store.ts'
import type { Origin } from './modules/ingest/ingest.ts'
import { relayed } from './modules/ingest/ingest-envelopes.ts'
import { IngestService } from './modules/ingest/ingest-service.ts'
import { InboxService } from './modules/orders/inbox-service.ts'
import { OrderStore } from './modules/orders/order-store.ts'
import { startRetentionJobs } from './modules/personal-data/retention-jobs.ts'
import { ProfilePlacing } from './modules/settings/profile-placing.ts'
import { regulationRoutes } from './modules/settings/regulation-routes.ts'
import { RegulationService } from './modules/settings/regulation-service.ts'
import { startHeartbeat, startStationJobs } from './modules/stations/station-jobs.ts'
import { namesOf } from './names.ts'
import { type MailWay, openOutbox, serveNotifications } from './notifications.ts'
import { openFacts } from './open-facts.ts'
import { type LinkEnds, orderMailbox } from './order-mailbox.ts'
import { createOrders } from './orders.ts'
import { overviewRoutes } from './overview/overview-routes.ts'
import { OverviewView } from './overview/overview-view.ts'
import { Pipeline } from './pipeline.ts'
import { serveReadings } from './readings.ts'
import { createRoster } from './roster.ts'
import { createRuleLibrary, type OwnStation } from './rule-library.ts'
import { ruleRecords } from './rule-records.ts'
import { serveStationDigests } from './station-digests.ts'
import { createStations } from './stations.ts'
import { createWho, type WhoParts } from './who.ts'

export interface CentreParts extends Omit<WhoParts, 'node' | 'post'> {
  readonly events: EventStore
  readonly blobs: Blobs
  readonly jobs: Jobs
  readonly metrics: Metrics
  readonly link: LinkEnds
  /** How mails leave this node; undefined: none does. */
  readonly mail?: MailWay | undefined
  readonly node: Omit<WhoParts['node'], 'ties'>
  /** When the same thing at several organisations is told; without, as the defaults say. */
  readonly spread?: SpreadParameters | undefined
  /** Brings back what of a range of event times lies only in the archive; undefined: nothing does. */
  readonly reachArchive?: ReachArchive
  /** Offers events of nodes below to the node above. */
  readonly offerEvents: (tx: Tx, stored: StoredEvents) => Promise<void>
  /** What the rule library needs of the station part of this node. */
  readonly station: OwnStation
  /** Ends readers, streams and everything else that runs by itself. */
  readonly signal: AbortSignal
}

/** The modules of a node, wired in the order of the flow: each block knows those above it. */
export async function createCentre(parts: CentreParts) {
  const { http, database, journal, events, blobs, jobs, clock, newId, link, signal } = parts
  const kept = { database, journal, clock, newId }
  const { id, simulated, contentDirectory } = parts.node

  // Who
  const outbox = await openOutbox(parts)
  const who = await createWho({
    ...{ ...parts, post: outbox.notifications },
    node: { ...parts.node, ties: () => tiesOf(link) },
  })
  const { organisations, people, gate } = who
  const registered = { ...kept, http, gate, organisations, acts: who.acts }
  await createRoster({ ...registered, book: who.rules.book, contentDirectory })
  const { systems, owners, attribution } = await createInformationSystems({
    ...{ ...registered, jobs, log: parts.log, reads: who.reads, contentDirectory },
  })
  const { memberships, requests } = who
  await createForms({ ...kept, http, gate, organisations, memberships, requests, contentDirectory })
  const { stations, releases } = await createStations({
    ...{ ...kept, http, gate, jobs, link, organisations, systems, book: who.rules.book },
    drift: (tx, ids) => ruleLibrary.delivery.states(tx, ids),
    node: { ...parts.node, named: () => who.nodeName() || id },
  })
  const configurations = await createConfigurations({
    ...{ ...kept, http, gate, jobs, link, organisations, book: who.rules.book, simulated },
  })
  const names = namesOf({ organisations, people, stations })

  const told = { roles: who.roles, book: who.rules.book, names }
  const due = await createDeadlines({ ...registered, ...told, jobs, contentDirectory, signal })

  // What is seen
  const search = new EventService(events, clock, parts.reachArchive)
  serve(http, eventApi, eventRoutes(search), gate)
  const batches = new BatchService({
    ...{ ...kept, events, store: new BatchStore(), log: parts.log, offer: parts.offerEvents },
  })
  const ingest = new IngestService()
  const clusterView = new ClusterView(names)
  const alerts = new AlertService(
    database,
    new AlertStore(alertDoubts),
    clock,
    clusterView.withMembers,
  )
  serve(http, alertApi, alertRoutes(alerts), gate)
  serveDoubts({ ...kept, http, gate, organisations, alerts })

  // What it means
  const clusterStore = new ClusterStore()
  const spreadStore = new SpreadStore()
  const seen = { ...kept, store: clusterStore, view: clusterView, alerts }
  const clusters = new ClusterService({ ...seen, spread: spreadStore })
  const triage = new TriageService({ ...kept, store: clusterStore, view: clusterView, names })
  const ruleLibrary = await createRuleLibrary({
    ...{ ...kept, http, gate, jobs, link, organisations, acts: who.acts, simulated },
    ...{ events: search, station: parts.station },
    records: (tx, since) => ruleRecords(tx, since, alerts, clusters),
    costs: (tx) => stations.ruleCosts(tx),
    attack: await loadAttack(join(parts.node.contentDirectory, 'attack/enterprise.json')),
  })
  const pipeline = new Pipeline({ ingest, alerts, clusters, journal })
  const spread = new SpreadService({
    ...{ ...kept, organisations, nodeId: id, store: spreadStore },
    ...{ clusters: clusterStore, view: clusterView, alerts },
    parameters: parts.spread ?? SpreadParameters.parse({}),
    receive: (tx, organisation_id, said) =>
      pipeline.receive(tx, { node_id: id, organisation_id, station_id: null }, said),
  })
  serve(http, clusterApi, clusterRoutes(clusters, triage, spread), gate)
  serveMerging({ ...kept, http, gate, clusters: clusterStore, clusterView })

  const orderStore = new OrderStore()
  const incidentStore = new IncidentStore()
  const incidents = createIncidents({
    ...{ ...kept, http, gate, store: incidentStore, clusters, triage, orders: orderStore },
    ...{ deadlines: due.clocks, audiences: who.audiences, names, simulated },
  })
  const evidenceStore = new EvidenceStore()
  const evidence = new EvidenceService({ ...kept, store: evidenceStore, blobs })

  // What is done
  const mailbox = orderMailbox(link, organisations)
  const made = await createDocuments({ ...kept, blobs, organisations, node: parts.node })
  const { orders, inbox, envelopes, startJobs } = createOrders({
    ...{ ...kept, http, gate, store: orderStore, evidence, incidents, names, mailbox },
    ...{ acts: who.acts, papers: made.papers, simulated },
  })
  serveDocuments(http, gate, made, { database, clock, orders, incidents, names, simulated })
  const { groups } = who
  serveAddressing(
    { http, gate },
    new Addressing({ database, clock, organisations, groups, attribution, nodes: mailbox }),
  )
  const about = { incidents, orders: orderStore, systems, nodes: mailbox }
  serveAudiences({ http, gate }, who.audiences, about)
  const regulations = new RegulationService({
    ...{ ...kept, ...who.rules },
    openFacts: (tx) => openFacts(tx, incidentStore, orderStore),
  })
  serve(http, regulationApi, regulationRoutes(regulations), gate)

  // What is told
  const { entries, digests } = serveAudit({
    ...{ ...kept, http, gate, signal, acts: who.acts },
    ...{ nodeId: id, dataDirectory: parts.node.dataDirectory, signer: link.signer },
  })
  const history = serveStationDigests({
    ...{ ...kept, http, gate, signal, organisations, pipeline, mailbox, digests },
    node: { id, simulated },
  })
  const looked = { incidents: incidentStore, orders: orderStore, evidence: evidenceStore }
  serveReadings({ http, gate, database, names, reads: who.reads, ...looked })
  serveLive({ ...parts, entries, gate })

  const telling = await serveNotifications({
    ...{ ...parts, ...who, outbox, names, simulated, orders: orderStore },
  })
  const overview = new OverviewView({ database, clock, clusters, incidents, orders, stations })
  serve(http, overviewApi, overviewRoutes(overview), gate)

  await startStationJobs(jobs, stations)
  await startClusterJobs(jobs, triage, spread)
  await startApprovalJobs(jobs, who.approvals)
  await startJobs(jobs)
  await startDigestJobs(jobs, digests)
  await startRetentionJobs(jobs, who.personalRetention)
  const following = Promise.all([
    journal.follow(envelopes, signal),
    journal.follow(owners, signal),
    batches.run(signal),
    telling.following,
    history.following,
    due.following,
  ])

  return {
    ...who,
    ...{ dispatch: telling.dispatch, notifications: outbox.notifications },
    stations,
    alerts,
    profiles: new ProfilePlacing({ ...kept, ...who.rules }),
    receive: (tx: Tx, origin: Origin, batch: readonly WrittenAlert[]) =>
      pipeline.receive(tx, origin, batch),
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
          rules: () => ruleLibrary.delivery.fromStation(tx, peer, envelope),
          releases: () => releases.fromStation(tx, peer, envelope),
          configurations: () => configurations.fromStation(tx, peer, envelope),
          digests: () => history.fromStation(tx, peer, envelope),
        }),
    } satisfies ParentHandlers,
    /** What a child's end does with what the parent sends; the heartbeat is the station's own. */
    childHandlers: {
      joined: (tx, approved) => adoptParent(tx, approved),
      messages: (tx, envelope) =>
        InboxService.handles(envelope.type) ? inbox.fromParent(tx, envelope) : setAside(envelope),
    } satisfies Omit<ChildHandlers, 'heartbeat' | 'rules' | 'configuration'>,
    /** What the station part of this very node says of a set of its own library. */
    ownRulesAnswered: (tx: Tx, applied: boolean, report: RuleSetReport) =>
      ruleLibrary.delivery.fromOwn(tx, applied, report),
    /** Takes the pulse of the station part of this very node every so many seconds. */
    pulse: (seconds: number, heartbeat: () => Promise<HeartbeatDraft>) =>
      startHeartbeat(jobs, stations, seconds, heartbeat),
    /** Resolves when everything that runs by itself has ended, after `signal`. */
    closed: following,
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
export type Centre = Awaited<ReturnType<typeof createCentre>>

async function tiesOf({ parent, child }: LinkEnds) {
  const { state } = await child.state()
  return { has_parent: state !== 'none', has_children: await parent.hasChildren() }
}
