import { createHash } from 'node:crypto'
import {
  type ApprovalKind,
  ApprovalMode,
  type ApprovalRule,
  sizedKinds,
} from '@haidang/contracts/approval'
import { canonicalJson } from '@haidang/runtime/canonical-json'

/** How long a request stands unless the policy says otherwise: a night and a working day. */
const usualHours = 24
const exportedRows = 10_000
/** Where the country's systems stand and what they run is told in one file. */
const exportedSystems = 1_000
/** People by name, with telephones they gave for emergencies. */
const exportedExperts = 100
const manyAddressees = 10

/** The policy as shipped. A demonstration publishes rule sets alone: its visitor is one person. */
export function shippedRules(demo: boolean): ApprovalRule[] {
  const rule = (kind: ApprovalKind, threshold: number | null = null): ApprovalRule => ({
    kind,
    mode: 'when_possible',
    threshold,
    stands_hours: usualHours,
  })
  const sets = demo ? ({ mode: 'never' } as const) : {}
  return [
    { ...rule('rule-set.publish'), ...sets },
    { ...rule('rule-set.roll-out'), ...sets },
    rule('order.issue', manyAddressees),
    rule('journal.export', exportedRows),
    rule('organisation.export', exportedRows),
    rule('system.export', exportedSystems),
    rule('expert.export', exportedExperts),
    rule('approval-policy.change'),
  ]
}

/** Whether an act of this size needs a second person, where there is or is not one who could be it. */
export function needsSecond(rule: ApprovalRule, size: number, others: boolean): boolean {
  if (rule.mode === 'never' || size < (rule.threshold ?? 1)) return false
  return rule.mode === 'always' || others
}

/** What of a policy lets through more, or longer, than another did. */
export function weakenings(
  before: readonly ApprovalRule[],
  after: readonly ApprovalRule[],
): ApprovalKind[] {
  return before.filter((old) => isWeaker(old, after)).map(({ kind }) => kind)
}

function isWeaker(old: ApprovalRule, after: readonly ApprovalRule[]): boolean {
  const rule = after.find(({ kind }) => kind === old.kind)
  if (!rule) return true
  const strict = (mode: ApprovalMode) => ApprovalMode.options.indexOf(mode)
  return (
    strict(rule.mode) > strict(old.mode) ||
    (rule.threshold ?? 1) > (old.threshold ?? 1) ||
    rule.stands_hours > old.stands_hours
  )
}

/** Kinds whose threshold counts something; the others have none. */
export function isSized(kind: ApprovalKind): boolean {
  return kind in sizedKinds
}

/** Names one act: kind, whose, and every word of what is done. */
export function digestOf(kind: ApprovalKind, organisationId: string, payload: unknown): string {
  return createHash('sha256')
    .update(canonicalJson({ kind, organisation_id: organisationId, payload }))
    .digest('hex')
}
