import { join } from 'node:path'
import type { Alert } from '@haidang/contracts/alert'
import type { OrderDraft } from '@haidang/contracts/order'
import { Permission } from '@haidang/contracts/permission'
import { SpreadParameters } from '@haidang/contracts/spread-parameters'
import { linkMigrations } from '@haidang/link/migrations'
import type { Caller } from '@haidang/runtime/caller'
import { ManualClock } from '@haidang/runtime/clock'
import { derivedId, idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { loadClassifier } from '../src/classification/classification-files.ts'
import { GradeService, type KnownSystem } from '../src/classification/grade-service.ts'
import { alertDoubts } from '../src/doubts.ts'
import { LegalBases } from '../src/legal-bases.ts'
import { ClusterMergeService } from '../src/merging/cluster-merge-service.ts'
import { ClusterMergeStore } from '../src/merging/cluster-merge-store.ts'
import { centreMigrations } from '../src/migrations.ts'
import { AlertService } from '../src/modules/alerts/alert-service.ts'
import { AlertStore } from '../src/modules/alerts/alert-store.ts'
import { ClusterService } from '../src/modules/correlation/cluster-service.ts'
import { ClusterStore } from '../src/modules/correlation/cluster-store.ts'
import { ClusterView } from '../src/modules/correlation/cluster-view.ts'
import { SpreadService } from '../src/modules/correlation/spread-service.ts'
import { SpreadStore } from '../src/modules/correlation/spread-store.ts'
import { TriageService } from '../src/modules/correlation/triage-service.ts'
import { EvidenceService } from '../src/modules/evidence/evidence-service.ts'
import { EvidenceStore } from '../src/modules/evidence/evidence-store.ts'
import { IncidentService } from '../src/modules/incidents/incident-service.ts'
import { IncidentStore } from '../src/modules/incidents/incident-store.ts'
import { IncidentView } from '../src/modules/incidents/incident-view.ts'
import { IngestService } from '../src/modules/ingest/ingest-service.ts'
import { AmendmentService } from '../src/modules/orders/amendment-service.ts'
import { InboxService } from '../src/modules/orders/inbox-service.ts'
import { IssueService } from '../src/modules/orders/issue-service.ts'
import { LadderService } from '../src/modules/orders/ladder-service.ts'
import { LadderStore } from '../src/modules/orders/ladder-store.ts'
import { MatrixService } from '../src/modules/orders/matrix-service.ts'
import { OrderEnvelopes, type OrderMailbox } from '../src/modules/orders/order-envelopes.ts'
import { OrderService } from '../src/modules/orders/order-service.ts'
import { OrderStore } from '../src/modules/orders/order-store.ts'
import { OrderView } from '../src/modules/orders/order-view.ts'
import { RemoteService } from '../src/modules/orders/remote-service.ts'
import type { Names } from '../src/names.ts'
import { Numbering } from '../src/numbering.ts'
import { Pipeline } from '../src/pipeline.ts'
import { stepsFor } from './closing-reports-for.ts'
import { deadlinesFor } from './deadlines-for.ts'
import { incidentFamilyFor, incidentTiesFor } from './incident-ties-for.ts'
import { MemoryBlobs } from './memory-blobs.ts'
import { participationFor } from './participation-for.ts'

const content = join(import.meta.dirname, '../../../content')
export const start = '2026-11-22T03:00:00.000Z'
const ids = idsFrom(new ManualClock('2026-01-01T00:00:00.000Z'))
export const centreOrg = ids('organisation')
export const ministryOrg = ids('organisation')
export const provinceOrg = ids('organisation')
export const officer = ids('person')

const organisationNames = new Map([
  [centreOrg, 'Trung tâm quốc gia'],
  [ministryOrg, 'Bộ Ví dụ'],
  [provinceOrg, 'Tỉnh Ví dụ'],
])

/** As many more organisations as a test wants, known by name. */
export function moreOrganisations(count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    const id = ids('organisation')
    organisationNames.set(id, `Đơn vị ${String(n + 1).padStart(5, '0')}`)
    return id
  })
}

export const names: Names = {
  organisations: async (_, wanted) => pick(organisationNames, wanted),
  sources: async (_, wanted) => pick(organisationNames, wanted),
  people: async (_, wanted) => pick(new Map([[officer, 'Nguyễn Thị Trực']]), wanted),
  stations: async (_, wanted) => pick(new Map([['nod_a', 'Trạm A']]), wanted),
}

function pick(all: ReadonlyMap<string, string>, wanted: readonly string[]) {
  const ids = new Set(wanted)
  return new Map([...all].filter(([id]) => ids.has(id)))
}

/** Somebody of the node, or of one organisation only. */
export function caller(
  organisation: string,
  {
    organisations = 'all',
    clearance = 4,
    permissions = Permission.options,
  }: {
    organisations?: 'all' | string[]
    clearance?: number
    permissions?: readonly Permission[]
  } = {},
): Caller {
  return {
    scope: { actor: { id: officer, name: 'Nguyễn Thị Trực' }, organisations, clearance },
    permissions: new Set(permissions),
    language: 'vi',
    organisation_id: organisation,
    person_id: officer,
    session_id: null,
  }
}

/** An alert whose identity follows from `n`. */
export function alertOf(n: number, change: Partial<Alert> = {}): Alert {
  const rule = change.rule?.id ?? 'rule-a'
  return {
    id: derivedId('alert', 1_790_000_000_000 + n, 'nod_a', 1, n, rule),
    organisation_id: ministryOrg,
    tlp: 'amber',
    node_id: 'nod_a',
    source_id: 'src_a',
    event_id: derivedId('event', 1_790_000_000_000 + n, 'nod_a', 1, n),
    time: start,
    detected_time: start,
    detector: 'sigma',
    rule: {
      id: 'rule-a',
      title: 'Nhiều lần đăng nhập sai',
      description: '',
      tags: ['attack.t1110'],
      false_positives: [],
      references: [],
      version: 'v1',
    },
    severity: 'medium',
    title: 'Nhiều lần đăng nhập sai',
    entity: '192.0.2.7',
    matches: [],
    observables: [{ type: 'ip', value: '192.0.2.7', name: 'src_endpoint.ip' }],
    raw_data: 'Failed password for root',
    simulated: true,
    ...change,
  }
}

const alone: OrderMailbox = {
  nodeOf: async () => undefined,
  nodesOf: async () => new Map(),
  home: async () => centreOrg,
  parent: async () => undefined,
  toStation: async () => undefined,
  toParent: async () => undefined,
}

/** The modules from ingest to orders on a database of their own, with a clock set by hand. */
export async function doing(mailbox: OrderMailbox = alone) {
  const database = await testDatabase([runtimeMigrations, linkMigrations, centreMigrations])
  const clock = new ManualClock(start)
  const newId = idsFrom(clock)
  const journal = createJournal({ database, clock, newId })
  const told = { database, journal, clock, newId, names, simulated: true }
  const due = await deadlinesFor(told)
  const numbers = new Numbering({ book: due.book, clock, codeOf: async () => 'TT' })
  const kept = { ...told, numbers }
  const clusterStore = new ClusterStore()
  const spreadStore = new SpreadStore()
  const clusterView = new ClusterView(names)
  const alerts = new AlertService(
    database,
    new AlertStore(alertDoubts),
    clock,
    clusterView.withMembers,
  )
  const clusterParts = {
    ...kept,
    store: clusterStore,
    view: clusterView,
    alerts,
    spread: spreadStore,
  }
  const clusters = new ClusterService(clusterParts)
  const triage = new TriageService(clusterParts)
  const merges = new ClusterMergeService({
    ...kept,
    clusters: clusterStore,
    clusterView,
    store: new ClusterMergeStore(),
  })
  const pipeline = new Pipeline({ ingest: new IngestService(), alerts, clusters, journal })
  const spread = new SpreadService({
    ...kept,
    nodeId: 'nod_centre',
    store: spreadStore,
    clusters: clusterStore,
    view: clusterView,
    alerts,
    organisations: { home: async () => ({ id: centreOrg }) as never },
    parameters: SpreadParameters.parse({ organisations: 2 }),
    receive: (tx, organisation_id, said) =>
      pipeline.receive(tx, { node_id: 'nod_centre', organisation_id, station_id: null }, said),
  })
  const orderStore = new OrderStore()
  const view = new IncidentView(names)
  const incidentStore = new IncidentStore()
  const classifier = await loadClassifier(join(content, 'classification'))
  const systems = new Map<string, KnownSystem>()
  const parted = { store: incidentStore, triage, clusters, deadlines: due.clocks }
  const { belongings, family } = incidentFamilyFor(parted)
  const steps = stepsFor({ clock, family })
  const incidents = new IncidentService({
    ...kept,
    steps,
    store: incidentStore,
    view,
    clusters,
    triage,
    family,
    deadlines: due.clocks,
    audiences: { require: async () => undefined },
    classifier,
  })
  const ties = incidentTiesFor({
    ...kept,
    store: incidentStore,
    incidents,
    family,
    belongings,
    steps,
    deadlines: due.clocks,
  })
  const grades = new GradeService({
    ...kept,
    store: incidentStore,
    incidents,
    deadlines: due.clocks,
    classifier,
    systemOf: async (_, id) => systems.get(id),
    fresh: { require: async () => undefined },
  })
  const evidence = new EvidenceService({
    ...kept,
    store: new EvidenceStore(),
    blobs: new MemoryBlobs(),
  })
  const ladderStore = new LadderStore()
  const orderParts = {
    ...kept,
    store: orderStore,
    ladderStore,
    view: new OrderView(ladderStore),
    evidence,
    incidents,
    nodes: mailbox,
    mailbox,
    bases: new LegalBases({ book: due.book, clock }),
    // What an order is on paper has tests of its own.
    papers: { issue: async () => undefined, withdraw: async () => undefined },
  }
  const orders = new OrderService(orderParts)
  const service = new IssueService(orderParts)
  const issuing = {
    issue: (by: Caller, draft: OrderDraft) =>
      database.transact(by.scope, (tx) => service.issue(tx, by, draft)),
    deliver: () => service.deliver(),
  }
  const ladders = new LadderService(orderParts)
  const matrix = new MatrixService({ ...orderParts, ladders })
  const amendments = new AmendmentService(orderParts)
  const remote = new RemoteService({ ...orderParts, amendments })
  const inbox = new InboxService({ ...orderParts, ladders, remote })
  const envelopes = new OrderEnvelopes(orderParts)
  return {
    database,
    clock,
    journal,
    alerts,
    clusters,
    triage,
    merges,
    pipeline,
    spread,
    incidents,
    ...participationFor({ ...kept, incidents, family }),
    ...ties,
    grades,
    /** Systems the register is to know. */
    systems,
    due,
    numbers,
    orders,
    issuing,
    ladders,
    matrix,
    amendments,
    inbox,
    envelopes,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

export const origin = { node_id: 'nod_a', organisation_id: ministryOrg, station_id: null }
