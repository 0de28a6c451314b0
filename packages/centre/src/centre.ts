import { overviewApi } from '@haidang/contracts/overview'
import { regulationApi } from '@haidang/contracts/regulation-api'
import type { RuleSetReport } from '@haidang/contracts/rule-set'
import type { WrittenAlert } from '@haidang/contracts/written-alert'
import type { HeartbeatDraft } from '@haidang/link/child/child-parts'
import type { Tx } from '@haidang/runtime/database/database'
import { serve } from '@haidang/runtime/http/serve'
import { createAdvisories } from './advisories.ts'
import { serveAudit } from './audit.ts'
import { createCasework } from './casework.ts'
import type { CentreParts } from './centre-parts.ts'
import { createConfigurations } from './configurations.ts'
import { createCoordination } from './coordination.ts'
import { createDeadlines } from './deadlines.ts'
import { createDuty } from './duty.ts'
import { createForms } from './forms.ts'
import { createIncidentReports } from './incident-reports.ts'
import { createInformationSystems } from './information-systems.ts'
import { LegalBases } from './legal-bases.ts'
import { linkHandlers, tiesOf } from './link-handlers.ts'
import { serveLive } from './live/live-routes.ts'
import { createMailKeys } from './mail-keys.ts'
import { createMeaning } from './meaning.ts'
import { startApprovalJobs } from './modules/approvals/approval-jobs.ts'
import { startDigestJobs } from './modules/audit/digest-jobs.ts'
import { startClusterJobs } from './modules/correlation/cluster-jobs.ts'
import type { Origin } from './modules/ingest/ingest.ts'
import { startRetentionJobs } from './modules/personal-data/retention-jobs.ts'
import { ProfilePlacing } from './modules/settings/profile-placing.ts'
import { regulationRoutes } from './modules/settings/regulation-routes.ts'
import { RegulationService } from './modules/settings/regulation-service.ts'
import { startHeartbeat, startStationJobs } from './modules/stations/station-jobs.ts'
import { namesOf } from './names.ts'
import { openOutbox, serveNotifications } from './notifications.ts'
import { numberingBy } from './numbering.ts'
import { openFacts } from './open-facts.ts'
import { orderMailbox } from './order-mailbox.ts'
import { overviewRoutes } from './overview/overview-routes.ts'
import { OverviewView } from './overview/overview-view.ts'
import { servePublications } from './publications.ts'
import { serveReadings } from './readings.ts'
import { serveReceivedMails } from './received-mails.ts'
import { createRoster } from './roster.ts'
import { serveSavedViews } from './saved-views.ts'
import { createSeen } from './seen.ts'
import { serveStationDigests } from './station-digests.ts'
import { createStations } from './stations.ts'
import { createWho } from './who.ts'

/** The modules of a node, wired in the order of the flow: each block knows those above it. */
export async function createCentre(parts: CentreParts) {
  const { http, database, journal, events, blobs, jobs, clock, newId, link, signal } = parts
  const kept = { database, journal, clock, newId }
  const { id, simulated, contentDirectory } = parts.node

  // Who
  const outbox = await openOutbox(parts)
  const who = await createWho({
    ...parts,
    post: outbox.notifications,
    node: { ...parts.node, ties: () => tiesOf(link) },
  })
  const { organisations, people, gate } = who
  const numbers = numberingBy(who.rules.book, clock)
  const registered = { ...kept, http, gate, organisations, numbers, acts: who.acts }
  await createRoster({ ...registered, book: who.rules.book, contentDirectory })
  const { systems, owners, attribution } = await createInformationSystems({
    ...registered,
    jobs,
    log: parts.log,
    reads: who.reads,
    contentDirectory,
  })
  const forms = await createForms({ ...registered, ...who, contentDirectory })
  const { stations, releases } = await createStations({
    ...registered,
    jobs,
    link,
    systems,
    book: who.rules.book,
    drift: (tx, ids) => ruleLibrary.delivery.states(tx, ids),
    node: { ...parts.node, named: () => who.nodeName() || id },
  })
  const configurations = await createConfigurations({
    ...registered,
    jobs,
    link,
    book: who.rules.book,
    simulated,
  })
  const names = namesOf({ organisations, people, stations })

  const told = { roles: who.roles, book: who.rules.book, names }
  const due = await createDeadlines({ ...registered, ...told, jobs, contentDirectory, signal })

  const { search, batches, ingest, alerts, clusterView } = createSeen({
    ...registered,
    events,
    names,
    log: parts.log,
    reachArchive: parts.reachArchive,
    offerEvents: parts.offerEvents,
  })
  const { clusters, triage, spread, pipeline, ruleLibrary } = await createMeaning({
    ...registered,
    jobs,
    link,
    names,
    search,
    ingest,
    alerts,
    clusterView,
    node: parts.node,
    station: parts.station,
    spread: parts.spread,
    ruleCosts: (tx) => stations.ruleCosts(tx),
  })

  // What is done
  const mailbox = orderMailbox(link, organisations)
  const done = await createCoordination({
    ...registered,
    blobs,
    systems,
    attribution,
    bases: new LegalBases({ book: who.rules.book, clock }),
    clusters,
    triage,
    deadlines: due.clocks,
    names,
    mailbox,
    audiences: who.audiences,
    contacts: who.contacts,
    askers: who.askers,
    groups: who.groups,
    proof: who,
    contentDirectory,
    node: parts.node,
  })
  await createDuty({ ...parts, ...who, ...done, names, deadlines: due.clocks })
  await createCasework({ ...registered, ...done, names, people, contentDirectory })
  const advising = await createAdvisories({
    ...registered,
    ...who,
    jobs,
    names,
    mailbox,
    simulated,
    signal,
  })
  const { incidents, orders, incidentStore, orderStore, taskStore, evidenceStore, inbox } = done
  const reported = createIncidentReports({
    ...registered,
    ...forms,
    ...done,
    names,
    mailbox,
    deadlines: due.clocks,
    simulated,
    signal,
  })
  const regulations = new RegulationService({
    ...kept,
    ...who.rules,
    openFacts: (tx) => openFacts(tx, incidentStore, orderStore),
  })
  serve(http, regulationApi, regulationRoutes(regulations), gate)

  // What is told
  const { entries, digests } = serveAudit({
    ...kept,
    http,
    gate,
    signal,
    acts: who.acts,
    nodeId: id,
    dataDirectory: parts.node.dataDirectory,
    signer: link.signer,
  })
  const history = serveStationDigests({
    ...kept,
    http,
    gate,
    signal,
    organisations,
    pipeline,
    mailbox,
    digests,
    node: { id, simulated },
  })
  const looked = { incidents: incidentStore, orders: orderStore, evidence: evidenceStore }
  serveReadings({ http, gate, database, names, reads: who.reads, ...looked })
  serveLive({ ...parts, entries, gate })

  const mailKeys = await createMailKeys({ ...parts, ...who })
  mailKeys.serve(http, gate)
  servePublications({
    ...registered,
    view: advising.publicView,
    keys: mailKeys.keys,
    isOn: parts.node.showsAdvisories,
    publicUrl: parts.node.publicUrls[0],
  })
  const telling = await serveNotifications({
    ...parts,
    ...who,
    mailKeys,
    outbox,
    names,
    simulated,
    orders: orderStore,
    advisories: advising.facts,
    advisoryLinks: advising.links,
    tasks: taskStore,
    incidents: incidentStore,
    answerLinks: done.answerLinks.links,
  })
  const received = await serveReceivedMails({
    ...parts,
    ...who,
    mailKeys,
    sent: telling.sent,
    orders: orderStore,
    incidents: incidentStore,
    reports: reported.reports,
    names,
  })
  const overview = new OverviewView({
    database,
    clock,
    clusters,
    incidents,
    orders,
    deadlines: due.deadlines,
    stations,
  })
  serve(http, overviewApi, overviewRoutes(overview), gate)
  serveSavedViews(registered)

  await startStationJobs(jobs, stations)
  await startClusterJobs(jobs, triage, spread)
  await startApprovalJobs(jobs, who.approvals)
  await done.startOrderJobs(jobs)
  await done.answerLinks.startJobs(jobs)
  await startDigestJobs(jobs, digests)
  await startRetentionJobs(jobs, who.personalRetention)
  const following = Promise.all([
    journal.follow(done.envelopes, signal),
    journal.follow(done.orderClock, signal),
    journal.follow(owners, signal),
    batches.run(signal),
    telling.following,
    history.following,
    due.following,
    reported.following,
    advising.following,
  ])

  return {
    ...who,
    dispatch: telling.dispatch,
    mailbox: received.reader,
    mailKeys: mailKeys.keys,
    notifications: outbox.notifications,
    stations,
    alerts,
    profiles: new ProfilePlacing({ ...kept, ...who.rules }),
    receive: (tx: Tx, origin: Origin, batch: readonly WrittenAlert[]) =>
      pipeline.receive(tx, origin, batch),
    ...linkHandlers({
      link,
      organisations,
      pipeline,
      batches,
      inbox,
      advisoryInbox: advising.inbox,
      reportInbox: reported.inbox,
      ruleLibrary,
      releases,
      configurations,
      history,
      simulated,
    }),
    /** What the station part of this very node says of a set of its own library. */
    ownRulesAnswered: (tx: Tx, applied: boolean, report: RuleSetReport) =>
      ruleLibrary.delivery.fromOwn(tx, applied, report),
    /** Takes the pulse of the station part of this very node every so many seconds. */
    pulse: (seconds: number, heartbeat: () => Promise<HeartbeatDraft>) =>
      startHeartbeat(jobs, stations, seconds, heartbeat),
    /** Resolves when everything that runs by itself has ended, after `signal`. */
    closed: following,
  }
}
export type Centre = Awaited<ReturnType<typeof createCentre>>
