import type { ApprovalPolicy, ApprovalPolicyDraft } from '@haidang/contracts/approval'
import type { approvalApi } from '@haidang/contracts/approval-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Exchange, Handlers } from '@haidang/runtime/http/serve'
import type { Client } from '../../http/client.ts'
import type { ApprovalService } from './approval-service.ts'
import type { DecisionService } from './decision-service.ts'
import type { PolicyService } from './policy-service.ts'

interface ApprovalRouteParts {
  readonly approvals: ApprovalService
  readonly decisions: DecisionService
  readonly policies: PolicyService
  readonly changePolicy: (caller: Caller, draft: ApprovalPolicyDraft) => Promise<ApprovalPolicy>
  readonly clientOf: (request: Exchange['http']['request']) => Client
}

export function approvalRoutes(parts: ApprovalRouteParts): Handlers<typeof approvalApi> {
  const { approvals, decisions, policies, changePolicy, clientOf } = parts
  return {
    list: ({ caller, query }) => approvals.list(caller, query),
    waiting: ({ caller }) => approvals.waiting(caller),
    get: ({ caller, params }) => approvals.get(caller, params.id),
    ask: ({ caller, body }) => approvals.ask(caller, body.act, body.reason),
    decide: ({ caller, params, body, http }) =>
      decisions.decide(caller, clientOf(http.request), params.id, body),
    withdraw: ({ caller, params }) => approvals.withdraw(caller, params.id),
    policy: ({ caller }) => approvals.policy(caller),
    policyVersions: ({ caller, query }) => policies.versions(caller, query),
    changePolicy: ({ caller, body }) => changePolicy(caller, body),
  }
}
