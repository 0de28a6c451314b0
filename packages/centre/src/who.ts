import { join } from 'node:path'
import {
  accessPolicyApi,
  factorApi,
  passkeyApi,
  sessionListApi,
} from '@haidang/contracts/factor-api'
import { invitationApi, recoveryApi } from '@haidang/contracts/invitation-api'
import { keyApi, personApi, sessionApi, setupApi } from '@haidang/contracts/person-api'
import { serviceAccountApi } from '@haidang/contracts/service-account'
import { openSeal } from '@haidang/link/keys/seal'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { FastifyInstance } from 'fastify'
import { createApprovals } from './approvals.ts'
import { loadCommonPasswords } from './common-passwords.ts'
import { clientReader, createGate, localCaller } from './http/gate.ts'
import { openSessionSecret } from './http/session-secret.ts'
import type { LinkPost } from './link-post.ts'
import { AccountService } from './modules/accounts/account-service.ts'
import { AccountStore } from './modules/accounts/account-store.ts'
import { FreshService } from './modules/accounts/fresh-service.ts'
import { HistoryView } from './modules/accounts/history-view.ts'
import { MeView, type NodeFacts } from './modules/accounts/me-view.ts'
import { OpenSessionStore } from './modules/accounts/open-session-store.ts'
import { SessionListService } from './modules/accounts/session-list-service.ts'
import { sessionListRoutes, sessionRoutes } from './modules/accounts/session-routes.ts'
import { SessionService } from './modules/accounts/session-service.ts'
import { SessionStore } from './modules/accounts/session-store.ts'
import { ThrottleService } from './modules/accounts/throttle-service.ts'
import { exportAct } from './modules/approvals/export-act.ts'
import { factorRoutes, passkeyRoutes, policyRoutes } from './modules/factors/factor-routes.ts'
import { FactorService } from './modules/factors/factor-service.ts'
import { FactorStore } from './modules/factors/factor-store.ts'
import { PasskeyService } from './modules/factors/passkey-service.ts'
import { PasskeyStore } from './modules/factors/passkey-store.ts'
import { PolicyService } from './modules/factors/policy-service.ts'
import { PolicyStore } from './modules/factors/policy-store.ts'
import { invitationRoutes, recoveryRoutes } from './modules/invitations/invitation-routes.ts'
import { InvitationService } from './modules/invitations/invitation-service.ts'
import { InvitationStore } from './modules/invitations/invitation-store.ts'
import { RecoveryService } from './modules/invitations/recovery-service.ts'
import { keyRoutes, personRoutes, serviceAccountRoutes } from './modules/people/person-routes.ts'
import { ReadLog } from './modules/readings/read-log.ts'
import { RegulationBook } from './modules/settings/regulation-book.ts'
import { RegulationStore } from './modules/settings/regulation-store.ts'
import { SettingService } from './modules/settings/setting-service.ts'
import { SettingStore } from './modules/settings/setting-store.ts'
import { setupRoutes } from './modules/setup/setup-routes.ts'
import { SetupService } from './modules/setup/setup-service.ts'
import { SetupStore } from './modules/setup/setup-store.ts'
import { AudienceService } from './modules/sharing/audience-service.ts'
import { AudienceStore } from './modules/sharing/audience-store.ts'
import { createOrganisations } from './organisations.ts'
import { createPeople } from './people.ts'
import { servePersonalData } from './personal-data.ts'
import { loadRegulations } from './regulation-files.ts'
import { serveSingleSignOn } from './single-sign-on.ts'

export interface WhoParts {
  readonly http: FastifyInstance
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly node: NodeFacts & {
    readonly demo: boolean
    readonly dataDirectory: string
    /** Directory of the shipped content: `regulations/*.yaml`. */
    readonly contentDirectory: string
    readonly publicUrls: readonly string[]
  }
  readonly localToken: string
  /** How long a contact point that confirmed itself is relied on, ISO 8601; half a year unless told. */
  readonly contactPeriod?: string | undefined
  readonly post: LinkPost
}

/** The line "who" of the flow: settings, organisations, people, accounts; and the gate every route asks. */
export async function createWho(parts: WhoParts) {
  const { database, journal, clock, newId, log, node } = parts
  const kept = { database, journal, clock, newId }

  const regulations = await loadRegulations(join(node.contentDirectory, 'regulations'))
  const regulationStore = new RegulationStore()
  const rules = {
    store: regulationStore,
    book: new RegulationBook(regulationStore, regulations),
  }
  const settings = new SettingService({ store: new SettingStore(), clock })
  const member = createOrganisations({
    ...kept,
    simulated: node.simulated,
    book: rules.book,
    post: parts.post,
    contactPeriod: parts.contactPeriod,
  })
  const { organisations } = member
  const registered = { ...kept, organisations }

  const accountStore = new AccountStore()
  const accounts = new AccountService(
    accountStore,
    await loadCommonPasswords(node.contentDirectory),
  )
  const { roles, people, personStore, keys, serviceAccounts } = createPeople({
    ...registered,
    accounts,
  })
  const audiences = new AudienceService({ ...registered, people, store: new AudienceStore() })

  const named = { current: (await database.transact(systemScope, (tx) => settings.read(tx))).name }
  const secret = await openSessionSecret(node.dataDirectory)
  const openSessions = new OpenSessionStore()
  const throttle = new ThrottleService(database, accountStore, clock)
  const proving = { ...kept, people, throttle, sessions: openSessions }
  const fresh = new FreshService({ ...proving, accounts: accountStore })
  const policies = new PolicyService({ ...kept, store: new PolicyStore(), roles, node })
  const passkeyStore = new PasskeyStore()
  const sessionStore = new SessionStore(secret, log, node.id)
  const sessionList = new SessionListService({
    ...proving,
    store: sessionStore,
    told: new HistoryView(),
  })
  const seal = await openSeal(node.dataDirectory, 'account-secrets')
  const factors = new FactorService({
    ...proving,
    sessions: sessionList,
    fresh,
    policies,
    passkeys: passkeyStore,
    store: new FactorStore(),
    seal,
    nodeName: () => named.current,
  })
  const passkeys = new PasskeyService({
    ...kept,
    people,
    fresh,
    factors,
    secret,
    store: passkeyStore,
  })
  const sessions = new SessionService({
    database,
    people,
    journal,
    throttle,
    factors,
    passkeys,
    policies,
    accounts: accountStore,
    passwords: accounts,
    open: openSessions,
    store: sessionStore,
    me: new MeView({ people, roles, organisations, settings, factors, node }),
  })
  const linking = { ...kept, people, accounts, post: parts.post, store: new InvitationStore() }
  const invitations = new InvitationService({ ...linking, roles, organisations })
  const recovery = new RecoveryService({ ...linking, factors })
  const setup = new SetupService({
    named: (name) => {
      named.current = name
    },
    database,
    store: new SetupStore(node.dataDirectory),
    settings,
    organisations,
    people,
    accounts,
    journal,
    node,
  })

  const home = () => database.transact(systemScope, (tx) => organisations.home(tx))
  const clientOf = clientReader(node.publicUrls)
  const { acts, askers, approvals, ...fourEyes } = createApprovals({
    ...kept,
    organisations,
    people,
    keys,
    fresh,
    node,
    local: async (tx) => localCaller((await organisations.home(tx))?.id),
  })
  const mayExport = acts.declareRelease(
    exportAct({
      kind: 'organisation.export',
      ask: 'organisation.read',
      approve: 'organisation.manage',
      count: (tx, filter, most) => organisations.count(tx, filter, most),
    }),
  )
  const gate = createGate({
    sessions,
    keys,
    localToken: parts.localToken,
    home: async () => (await home())?.id,
    clientOf,
  })
  const reads = new ReadLog(kept)
  reads.declare('person', (tx, id) => personStore.belonging(tx, id))
  parts.http.noteRead = reads.note
  serveWho(parts.http, gate)
  serveSingleSignOn({
    ...kept,
    http: parts.http,
    gate,
    clientOf,
    node,
    seal,
    organisations,
    people,
    accounts,
    sessions,
    sessionList,
    factors,
    fresh,
    throttle,
  })
  const personalRetention = servePersonalData({
    ...kept,
    http: parts.http,
    gate,
    people,
    administrators: async (tx) => personStore.holdersOf(tx, await roles.administering(tx)),
  })
  /** As set-up named it; empty before. */
  const nodeName = () => named.current
  return {
    settings,
    rules,
    organisations,
    people,
    audiences,
    roles,
    keys,
    groups: member.groups,
    contacts: member.contacts,
    memberships: member.memberships,
    requests: member.requests,
    sessions,
    setup,
    gate,
    home,
    nodeName,
    acts,
    askers,
    approvals,
    personalRetention,
    reads,
    fresh,
    clientOf,
  }

  function serveWho(http: FastifyInstance, gate: Gate): void {
    serve(http, setupApi, setupRoutes(setup), gate)
    serve(http, sessionApi, sessionRoutes(sessions, clientOf), gate)
    serve(http, sessionListApi, sessionListRoutes(sessionList), gate)
    serve(http, factorApi, factorRoutes(factors, clientOf), gate)
    serve(http, passkeyApi, passkeyRoutes(passkeys, sessions, clientOf), gate)
    serve(http, accessPolicyApi, policyRoutes(policies), gate)
    serve(http, invitationApi, invitationRoutes(invitations), gate)
    serve(http, recoveryApi, recoveryRoutes(recovery), gate)
    member.serve(http, gate, mayExport)
    fourEyes.serve(http, gate, clientOf)
    serve(http, personApi, personRoutes(people, roles), gate)
    serve(http, keyApi, keyRoutes(keys), gate)
    serve(http, serviceAccountApi, serviceAccountRoutes(serviceAccounts), gate)
  }
}
