import { join } from 'node:path'
import { clusterApi } from '@haidang/contracts/cluster-api'
import { SpreadParameters } from '@haidang/contracts/spread-parameters'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { loadAttack } from './attack-file.ts'
import { serveMerging } from './merging/serve-merging.ts'
import type { AlertService } from './modules/alerts/alert-service.ts'
import type { ActService } from './modules/approvals/act-service.ts'
import { clusterRoutes } from './modules/correlation/cluster-routes.ts'
import { ClusterService } from './modules/correlation/cluster-service.ts'
import { ClusterStore } from './modules/correlation/cluster-store.ts'
import type { ClusterView } from './modules/correlation/cluster-view.ts'
import { SpreadService } from './modules/correlation/spread-service.ts'
import { SpreadStore } from './modules/correlation/spread-store.ts'
import { TriageService } from './modules/correlation/triage-service.ts'
import type { EventService } from './modules/events/event-service.ts'
import type { IngestService } from './modules/ingest/ingest-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { StationService } from './modules/stations/station-service.ts'
import type { Names } from './names.ts'
import type { LinkEnds } from './order-mailbox.ts'
import { Pipeline } from './pipeline.ts'
import { createRuleLibrary, type OwnStation } from './rule-library.ts'
import { ruleRecords } from './rule-records.ts'

interface MeaningParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly jobs: Jobs
  readonly link: LinkEnds
  readonly organisations: OrganisationService
  readonly names: Names
  readonly search: EventService
  readonly ingest: IngestService
  readonly alerts: AlertService
  readonly clusterView: ClusterView
  readonly node: {
    readonly id: string
    readonly simulated: boolean
    readonly contentDirectory: string
  }
  readonly station: OwnStation
  readonly acts: ActService
  readonly spread: SpreadParameters | undefined
  /** What rules cost at the stations. */
  readonly ruleCosts: StationService['ruleCosts']
}

/** The line "what it means" of the flow: clusters of alerts, what several organisations see, the library of rules. */
export async function createMeaning(parts: MeaningParts) {
  const { http, gate, database, journal, clock, newId, jobs, link } = parts
  const { organisations, names, alerts, clusterView } = parts
  const { id, simulated, contentDirectory } = parts.node
  const kept = { database, journal, clock, newId }
  const clusterStore = new ClusterStore()
  const spreadStore = new SpreadStore()
  const seen = { ...kept, store: clusterStore, view: clusterView, alerts }
  const clusters = new ClusterService({ ...seen, spread: spreadStore })
  const triage = new TriageService({ ...kept, store: clusterStore, view: clusterView, names })
  const ruleLibrary = await createRuleLibrary({
    ...kept,
    http,
    gate,
    jobs,
    link,
    organisations,
    acts: parts.acts,
    simulated,
    events: parts.search,
    station: parts.station,
    records: (tx, since) => ruleRecords(tx, since, alerts, clusters),
    costs: parts.ruleCosts,
    attack: await loadAttack(join(contentDirectory, 'attack/enterprise.json')),
  })
  const pipeline = new Pipeline({ ingest: parts.ingest, alerts, clusters, journal })
  const spread = new SpreadService({
    ...kept,
    organisations,
    nodeId: id,
    store: spreadStore,
    clusters: clusterStore,
    view: clusterView,
    alerts,
    parameters: parts.spread ?? SpreadParameters.parse({}),
    receive: (tx, organisation_id, said) =>
      pipeline.receive(tx, { node_id: id, organisation_id, station_id: null }, said),
  })
  serve(http, clusterApi, clusterRoutes(clusters, triage, spread), gate)
  serveMerging({ ...kept, http, gate, clusters: clusterStore, clusterView })
  return { clusters, triage, spread, pipeline, ruleLibrary }
}
