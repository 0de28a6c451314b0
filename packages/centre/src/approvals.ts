import { approvalApi } from '@haidang/contracts/approval-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Exchange, type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import type { Client } from './http/client.ts'
import type { FreshService } from './modules/accounts/fresh-service.ts'
import { ActService } from './modules/approvals/act-service.ts'
import { approvalRoutes } from './modules/approvals/approval-routes.ts'
import { ApprovalService } from './modules/approvals/approval-service.ts'
import { ApprovalStore } from './modules/approvals/approval-store.ts'
import { AskerService } from './modules/approvals/asker-service.ts'
import { DecisionService } from './modules/approvals/decision-service.ts'
import { PolicyService } from './modules/approvals/policy-service.ts'
import { PolicyStore } from './modules/approvals/policy-store.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { KeyService } from './modules/people/key-service.ts'
import type { PersonService } from './modules/people/person-service.ts'

interface ApprovalParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly organisations: OrganisationService
  readonly people: PersonService
  readonly keys: KeyService
  readonly fresh: FreshService
  readonly local: (tx: Tx) => Promise<Caller>
  readonly node: { readonly id: string; readonly demo: boolean }
}

/** Four eyes: `acts` is where modules declare what may need a second person. */
export function createApprovals(parts: ApprovalParts) {
  const store = new ApprovalStore()
  const askers = new AskerService({ ...parts, store })
  const policies = new PolicyService({ ...parts, store: new PolicyStore() })
  const acts = new ActService({ ...parts, store, policies, askers })
  const approvals = new ApprovalService({ ...parts, store, acts, policies, askers })
  const decisions = new DecisionService({ ...parts, store, acts, askers, approvals })
  const changePolicy = acts.declare(policies.changing())
  return {
    acts,
    askers,
    approvals,
    serve: (
      http: FastifyInstance,
      gate: Gate,
      clientOf: (request: Exchange['http']['request']) => Client,
    ) => {
      const routes = { approvals, decisions, policies, changePolicy, clientOf }
      serve(http, approvalApi, approvalRoutes(routes), gate)
    },
  }
}
