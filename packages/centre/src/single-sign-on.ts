import { identityApi, providerApi, providerSessionApi } from '@haidang/contracts/provider-api'
import type { Seal } from '@haidang/link/keys/seal'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Client } from './http/client.ts'
import type { AccountService } from './modules/accounts/account-service.ts'
import type { FreshService } from './modules/accounts/fresh-service.ts'
import type { SessionListService } from './modules/accounts/session-list-service.ts'
import type { SessionService } from './modules/accounts/session-service.ts'
import type { ThrottleService } from './modules/accounts/throttle-service.ts'
import type { FactorService } from './modules/factors/factor-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { PersonService } from './modules/people/person-service.ts'
import { AttemptCookie } from './modules/providers/attempt.ts'
import { IdentityService } from './modules/providers/identity-service.ts'
import { IdentityStore } from './modules/providers/identity-store.ts'
import {
  identityRoutes,
  providerRoutes,
  providerSessionRoutes,
} from './modules/providers/provider-routes.ts'
import { ProviderService } from './modules/providers/provider-service.ts'
import {
  callbackPath,
  ProviderSessionService,
} from './modules/providers/provider-session-service.ts'
import { ProviderStore } from './modules/providers/provider-store.ts'

interface SingleSignOnParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly clientOf: (request: FastifyRequest) => Client
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly seal: Seal
  readonly node: { readonly id: string; readonly publicUrls: readonly string[] }
  readonly organisations: OrganisationService
  readonly people: PersonService
  readonly accounts: AccountService
  readonly sessions: SessionService
  readonly sessionList: SessionListService
  readonly factors: FactorService
  readonly fresh: FreshService
  readonly throttle: ThrottleService
}

/** Single sign-on: providers as administrators keep them, signing in there, and who people are there. */
export function serveSingleSignOn(parts: SingleSignOnParts): void {
  const { http, gate, clientOf, database, journal, clock, newId, seal, node } = parts
  const kept = { database, journal, clock, newId }
  const [publicUrl] = node.publicUrls
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin
  const providers = new ProviderService({
    ...kept,
    seal,
    store: new ProviderStore(),
    organisations: parts.organisations,
    redirectUri: publicOrigin === undefined ? undefined : `${publicOrigin}${callbackPath}`,
  })
  const identities = new IdentityService({
    ...kept,
    store: new IdentityStore(),
    people: parts.people,
    accounts: parts.accounts,
    sessions: parts.sessionList,
    factors: parts.factors,
    fresh: parts.fresh,
  })
  const sessions = new ProviderSessionService({
    ...parts,
    providers,
    identities,
    publicOrigin,
    cookie: new AttemptCookie(seal, node.id),
  })
  serve(http, providerApi, providerRoutes(providers), gate)
  serve(http, providerSessionApi, providerSessionRoutes(providers, sessions, clientOf), gate)
  serve(http, identityApi, identityRoutes(identities, sessions, clientOf), gate)
}
