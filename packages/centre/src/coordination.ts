import { join } from 'node:path'
import { IncidentProcess } from '@haidang/contracts/incident-process'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import type { Gate } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { Addressing, serveAddressing } from './addressing.ts'
import { AdvisoryAddressing, serveAdvisoryAddressing } from './advisory-addressing.ts'
import { createAnswerLinks } from './answer-links.ts'
import { serveAudiences } from './audiences.ts'
import { loadClassifier } from './classification/classification-files.ts'
import { readContents } from './content-file.ts'
import { createDocuments, serveDocuments } from './documents.ts'
import { serveEfforts } from './efforts.ts'
import { createIncidents, type Proof } from './incidents.ts'
import type { LegalBases } from './legal-bases.ts'
import type { ActService } from './modules/approvals/act-service.ts'
import type { AskerService } from './modules/approvals/asker-service.ts'
import type { AttributionService } from './modules/attribution/attribution-service.ts'
import type { ContactService } from './modules/contacts/contact-service.ts'
import type { ClusterService } from './modules/correlation/cluster-service.ts'
import type { TriageService } from './modules/correlation/triage-service.ts'
import { EvidenceService } from './modules/evidence/evidence-service.ts'
import { EvidenceStore } from './modules/evidence/evidence-store.ts'
import type { IncidentParts } from './modules/incidents/incident-service.ts'
import { IncidentStore } from './modules/incidents/incident-store.ts'
import { LadderStore } from './modules/orders/ladder-store.ts'
import type { OrderMailbox } from './modules/orders/order-envelopes.ts'
import { OrderStore } from './modules/orders/order-store.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import { ParticipantStore } from './modules/participants/participant-store.ts'
import type { AudienceService } from './modules/sharing/audience-service.ts'
import type { GroupService } from './modules/sharing/group-service.ts'
import type { SystemService } from './modules/systems/system-service.ts'
import { TaskStore } from './modules/tasks/task-store.ts'
import type { Names } from './names.ts'
import type { Numbering } from './numbering.ts'
import { OrderClock } from './order-clock.ts'
import { createOrders } from './orders.ts'

interface CoordinationParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly blobs: Blobs
  readonly organisations: OrganisationService
  readonly systems: SystemService
  readonly attribution: AttributionService
  readonly clusters: ClusterService
  readonly triage: TriageService
  readonly deadlines: IncidentParts['deadlines']
  readonly audiences: AudienceService
  readonly groups: GroupService
  readonly contacts: ContactService
  readonly names: Names
  readonly numbers: Numbering
  readonly bases: LegalBases
  readonly mailbox: OrderMailbox
  readonly acts: ActService
  readonly askers: AskerService
  readonly proof: Proof
  readonly contentDirectory: string
  readonly node: Parameters<typeof createDocuments>[0]['node'] & { readonly simulated: boolean }
}

/** The line "what is done" of the flow: incidents, their evidence, orders with their documents, and who sees them. */
export async function createCoordination(parts: CoordinationParts) {
  const { http, gate, database, journal, clock, newId, blobs, node } = parts
  const { organisations, systems, clusters, triage, audiences, groups, names, mailbox } = parts
  const { simulated } = node
  const kept = { database, journal, clock, newId, numbers: parts.numbers }
  const orderStore = new OrderStore()
  const incidentStore = new IncidentStore()
  const taskStore = new TaskStore()
  const incidents = createIncidents({
    ...kept,
    http,
    gate,
    store: incidentStore,
    clusters,
    triage,
    tasks: taskStore,
    deadlines: parts.deadlines,
    classifier: await loadClassifier(join(parts.contentDirectory, 'classification')),
    processes: await readContents(join(parts.contentDirectory, 'processes'), IncidentProcess),
    systemOf: (tx, id) => systems.find(tx, id),
    ...parts.proof,
    audiences,
    names,
    simulated,
  })
  const evidenceStore = new EvidenceStore()
  const evidence = new EvidenceService({ ...kept, store: evidenceStore, blobs })
  const made = await createDocuments({ ...kept, blobs, organisations, node })
  const { orders, ladders, inbox, envelopes, startJobs } = createOrders({
    ...kept,
    http,
    gate,
    store: orderStore,
    evidence,
    incidents,
    names,
    mailbox,
    acts: parts.acts,
    bases: parts.bases,
    papers: made.papers,
    simulated,
  })
  const answerLinks = createAnswerLinks({
    http,
    gate,
    database,
    clock,
    newId,
    orders,
    ladders,
    evidence,
    contacts: parts.contacts,
    facts: orderStore,
  })
  const told = { ...kept, bases: parts.bases, names, simulated }
  serveDocuments(http, gate, made, { ...told, orders, incidents })
  const { attribution } = parts
  const addressing = new Addressing({
    database,
    clock,
    organisations,
    groups,
    attribution,
    nodes: mailbox,
  })
  serveAddressing({ http, gate }, addressing)
  const concerned = new AdvisoryAddressing({ addressing, systems, attribution, clock })
  serveAdvisoryAddressing({ http, gate }, concerned)
  const { askers } = parts
  await serveEfforts({ ...kept, http, gate, orders: orderStore, askers }, parts.contentDirectory)
  const participants = new ParticipantStore()
  const about = { incidents, orders: orderStore, participants, systems, nodes: mailbox }
  serveAudiences({ http, gate }, audiences, about)
  return {
    incidents,
    incidentStore,
    taskStore,
    orders,
    orderStore,
    answerLinks,
    evidenceStore,
    inbox,
    envelopes,
    startOrderJobs: startJobs,
    /** Starts and ends the deadlines of addressees. */
    orderClock: new OrderClock({
      orders: orderStore,
      ladders: new LadderStore(),
      clocks: parts.deadlines,
    }),
  }
}
