import type {
  ApprovalFact,
  ApprovalKind,
  ApprovalPolicy,
  ApprovalPolicyDraft,
  ApprovalRule,
} from '@haidang/contracts/approval'
import { millisecondsOf } from '@haidang/contracts/instant'
import { labels } from '@haidang/contracts/labels'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Act, Prepared } from './act-service.ts'
import { isSized, shippedRules, weakenings } from './approval.ts'
import type { ApprovalPolicyRow } from './approval-tables.ts'
import type { PolicyStore } from './policy-store.ts'

interface PolicyParts {
  readonly database: Database
  readonly store: PolicyStore
  readonly journal: Journal
  readonly clock: Clock
  readonly node: { readonly id: string; readonly demo: boolean }
}

/** Which acts need a second person: dated versions, the newest that holds counts. */
export class PolicyService {
  readonly #parts: PolicyParts

  constructor(parts: PolicyParts) {
    this.#parts = parts
  }

  /** The policy that holds now. */
  async current(tx: Tx): Promise<ApprovalPolicy> {
    const { store, clock, node } = this.#parts
    const row = await store.holding(tx, clock.iso())
    const shipped = shippedRules(node.demo)
    if (!row) {
      return {
        version: 0,
        effective_from: isoOf(0),
        rules: shipped,
        reason: '',
        clause: '',
        changed_by: '',
        changed_at: null,
      }
    }
    // A kind that came with an update is judged as shipped until somebody decides otherwise.
    const missing = shipped.filter(({ kind }) => !row.rules.some((rule) => rule.kind === kind))
    return { ...policyOf(row), rules: [...row.rules, ...missing] }
  }

  async rule(tx: Tx, kind: ApprovalKind): Promise<ApprovalRule> {
    const rule = (await this.current(tx)).rules.find((one) => one.kind === kind)
    if (!rule) throw new Error(`no rule for ${kind}`)
    return rule
  }

  /** Number of the newest version, which may hold later; 0: the shipped one. */
  async newest(tx: Tx): Promise<number> {
    return (await this.#parts.store.last(tx))?.version ?? 0
  }

  /** Newest version first. */
  versions({ scope }: Caller, query: PageQuery): Promise<Page<ApprovalPolicy>> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: items.map(policyOf), next }
    })
  }

  /** Changing the policy, of which only a weakening has a size. */
  changing(): Act<'approval-policy.change', ApprovalPolicy> {
    return {
      kind: 'approval-policy.change',
      ask: 'approval.manage',
      approve: 'approval.manage',
      prepare: (tx, caller, draft) => this.#prepare(tx, caller, draft),
      carryOut: async (tx, caller, draft) => {
        const answer = await this.#add(tx, caller, draft)
        return { subject: `approval-policy:${answer.version}`, answer }
      },
    }
  }

  async #prepare(
    tx: Tx,
    caller: Caller,
    draft: ApprovalPolicyDraft,
  ): Promise<Prepared<ApprovalPolicyDraft>> {
    requireWholeNode(caller)
    requireSensible(draft, this.#parts.clock)
    const { store } = this.#parts
    const last = await store.last(tx)
    if ((last?.version ?? 0) !== draft.based_on) throw new Problem('approval.changed')
    const now = await this.current(tx)
    const coming = last?.rules ?? now.rules
    const weaker = new Set([
      ...weakenings(now.rules, draft.rules),
      ...weakenings(coming, draft.rules),
    ])
    return { payload: draft, size: weaker.size, tlp_rank: 0, facts: factsOf(now.rules, draft) }
  }

  async #add(tx: Tx, { scope, organisation_id }: Caller, draft: ApprovalPolicyDraft) {
    const { store, journal, clock, node } = this.#parts
    await store.lock(tx)
    const newest = await this.newest(tx)
    if (newest !== draft.based_on) throw new Problem('approval.changed')
    const before = await this.current(tx)
    const now = clock.iso()
    const wanted = draft.effective_from ? millisecondsOf(draft.effective_from) : 0
    const row: ApprovalPolicyRow = {
      version: newest + 1,
      effective_from: isoOf(Math.max(wanted, clock.now())),
      rules: draft.rules,
      reason: draft.reason,
      clause: draft.clause,
      actor_id: scope.actor.id,
      changed_by: scope.actor.name,
      changed_at: now,
    }
    await store.add(tx, row)
    await journal.append(tx, {
      type: 'approval-policy.changed',
      organisation_id: organisation_id || null,
      actor: scope.actor,
      authority: 'approval.manage',
      subject: node.id,
      reason: draft.reason,
      before: { version: before.version, rules: before.rules },
      after: { version: row.version, effective_from: row.effective_from, rules: row.rules },
    })
    return policyOf(row)
  }
}

function requireWholeNode({ scope }: Caller): void {
  if (scope.organisations === 'all') return
  throw new Problem('permission.missing', 'the policy holds for the whole node')
}

function requireSensible({ rules, effective_from }: ApprovalPolicyDraft, clock: Clock): void {
  const odd = rules.find(({ kind, threshold }) => threshold !== null && !isSized(kind))
  if (odd) {
    throw new Problem('request.invalid', `${odd.kind} has no size`, [
      { field: 'rules', cause: `${odd.kind} has no size`, remedy: 'threshold null' },
    ])
  }
  // A minute for the way and for clocks that differ.
  if (effective_from && millisecondsOf(effective_from) < clock.now() - 60_000) {
    throw new Problem('request.invalid', 'it cannot hold before now', [
      { field: 'effective_from', cause: 'in the past', remedy: 'now or later' },
    ])
  }
}

function policyOf({ actor_id: _, ...row }: ApprovalPolicyRow): ApprovalPolicy {
  return row
}

function factsOf(before: readonly ApprovalRule[], draft: ApprovalPolicyDraft): ApprovalFact[] {
  const changed = draft.rules.flatMap((rule) => {
    const old = before.find(({ kind }) => kind === rule.kind)
    if (!old || JSON.stringify(said(old, 'en')) === JSON.stringify(said(rule, 'en'))) return []
    const kind = labels.approvalKind[rule.kind]
    return [
      {
        vi: `${kind.vi}: ${said(old, 'vi')} → ${said(rule, 'vi')}`,
        en: `${kind.en}: ${said(old, 'en')} → ${said(rule, 'en')}`,
      },
    ]
  })
  return [{ name: 'policy', values: changed }]
}

function said({ mode, threshold, stands_hours }: ApprovalRule, language: 'vi' | 'en'): string {
  const words = {
    vi: { from: 'từ', hours: 'giờ' },
    en: { from: 'from', hours: 'h' },
  }[language]
  const size = threshold === null ? '' : `, ${words.from} ${threshold}`
  return `${labels.approvalMode[mode][language]}${size}, ${stands_hours} ${words.hours}`
}
