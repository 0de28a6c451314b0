import { ruleLibraryApi } from '@haidang/contracts/rule-library-api'
import type { RuleSetContent, RuleSetManifest } from '@haidang/contracts/rule-set'
import { ruleSetApi } from '@haidang/contracts/rule-set-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyInstance } from 'fastify'
import type { ActService } from './modules/approvals/act-service.ts'
import type { EventService } from './modules/events/event-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import { DeliveryService } from './modules/rollouts/delivery-service.ts'
import { ringsReached } from './modules/rollouts/rings-reached.ts'
import { publishAct, rollOutAct } from './modules/rollouts/rule-set-act.ts'
import { startRuleSetJobs } from './modules/rollouts/rule-set-jobs.ts'
import { ruleSetRoutes } from './modules/rollouts/rule-set-routes.ts'
import { RuleSetService } from './modules/rollouts/rule-set-service.ts'
import { RuleSetStore } from './modules/rollouts/rule-set-store.ts'
import type { AttackCatalogue } from './modules/rules/attack-catalogue.ts'
import { ReviewService } from './modules/rules/review-service.ts'
import { ruleLibraryRoutes } from './modules/rules/rule-routes.ts'
import { RuleService } from './modules/rules/rule-service.ts'
import { RuleStore } from './modules/rules/rule-store.ts'
import { type RuleRecord, RuleView } from './modules/rules/rule-view.ts'
import { TuningService } from './modules/rules/tuning-service.ts'
import { TuningStore } from './modules/rules/tuning-store.ts'
import type { StationService } from './modules/stations/station-service.ts'
import { sendBackTest, startBackTestJobs } from './modules/trials/back-test-jobs.ts'
import { BackTestService } from './modules/trials/back-test-service.ts'
import { BackTestStore } from './modules/trials/back-test-store.ts'
import { type TrialOpener, TrialQueue } from './modules/trials/rule-trial.ts'
import { SampleService } from './modules/trials/sample-service.ts'
import type { LinkEnds } from './order-mailbox.ts'

/** What the library needs of the station part of its own node. */
export interface OwnStation {
  /** Opens a trial in a thread of the detector. */
  readonly openTrial: TrialOpener
  /** Takes a rule set of this node's own library. */
  takeRules(
    tx: Tx,
    organisationId: string,
    contents: readonly RuleSetContent[],
    manifest: RuleSetManifest,
  ): Promise<void>
}

interface RuleLibraryParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly jobs: Jobs
  readonly link: LinkEnds
  readonly organisations: OrganisationService
  readonly acts: ActService
  readonly events: EventService
  readonly station: OwnStation
  readonly simulated: boolean
  readonly attack: AttackCatalogue
  /** What became of the alerts of rules since a time; asked of the modules that know. */
  readonly records: (tx: Tx, since: string) => Promise<ReadonlyMap<string, RuleRecord>>
  /** What rules cost at the stations. */
  readonly costs: StationService['ruleCosts']
}

/** The rule library, in the order of a rule's life: written, tried, reviewed, published, delivered. */
export async function createRuleLibrary(parts: RuleLibraryParts) {
  const { http, gate, database, journal, clock, newId, jobs, link, station, simulated } = parts
  const kept = { database, journal, clock, newId }
  const home = async (tx: Tx) => {
    const found = await parts.organisations.home(tx)
    if (!found) throw new Problem('organisation.not-found', 'this node is not set up')
    return found.id
  }

  const store = new RuleStore()
  const rules = new RuleService({ ...kept, store })
  const reviews = new ReviewService({ ...kept, store }, rules)
  const tunings = new TuningService({ ...kept, store: new TuningStore(), rules })
  const setStore = new RuleSetStore()
  const view = new RuleView({
    database,
    store,
    clock,
    records: parts.records,
    costs: parts.costs,
    attack: parts.attack,
    reached: (tx) => ringsReached(tx, setStore),
  })
  const trials = new TrialQueue(station.openTrial)
  const samples = new SampleService(rules, trials, clock)
  const backTests = new BackTestService({
    ...kept,
    store: new BackTestStore(),
    rules,
    trials,
    events: parts.events,
    later: (id) => sendBackTest(jobs, id),
  })
  const library = { rules, reviews, samples, backTests, tunings, view }
  serve(http, ruleLibraryApi, ruleLibraryRoutes(library), gate)

  const { post } = link
  const sets = new RuleSetService({
    ...kept,
    store: setStore,
    rules,
    tunings,
    home,
    seal: (document) => post.seal(document),
  })
  const delivery = new DeliveryService({
    ...kept,
    store: setStore,
    simulated,
    home,
    toStation: (tx, nodeId, contents, draft) => post.rulesToStation(tx, nodeId, contents, draft),
    toOwn: async (tx, contents, manifest) =>
      station.takeRules(tx, await home(tx), contents, manifest),
  })
  const guarded = {
    publish: parts.acts.declare(publishAct(sets)),
    rollOut: parts.acts.declare(rollOutAct(sets)),
  }
  serve(http, ruleSetApi, ruleSetRoutes(sets, guarded, delivery), gate)

  await startBackTestJobs(jobs, backTests)
  await startRuleSetJobs(jobs, delivery)
  return { backTests, delivery }
}
