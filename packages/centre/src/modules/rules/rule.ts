import type { LibraryRuleStatus } from '@haidang/contracts/rule-library'
import { Problem } from '@haidang/runtime/problem'

/** What is done to a rule of the library. */
export type RuleAct = 'revise' | 'submit' | 'approve' | 'return' | 'publish' | 'withdraw'

const steps: Readonly<
  Record<RuleAct, { from: readonly LibraryRuleStatus[]; to: LibraryRuleStatus }>
> = {
  // A withdrawn rule comes back as a draft, and is reviewed like any other.
  revise: { from: ['draft', 'in_review', 'approved', 'published', 'withdrawn'], to: 'draft' },
  submit: { from: ['draft'], to: 'in_review' },
  approve: { from: ['in_review'], to: 'approved' },
  return: { from: ['in_review'], to: 'draft' },
  publish: { from: ['approved', 'published'], to: 'published' },
  withdraw: { from: ['draft', 'in_review', 'approved', 'published'], to: 'withdrawn' },
}

/** The status an act leads to. Throws Problem rule.illegal-step. */
export function statusAfter(status: LibraryRuleStatus, act: RuleAct): LibraryRuleStatus {
  const { from, to } = steps[act]
  if (!from.includes(status)) throw new Problem('rule.illegal-step', `${act}: it is ${status}`)
  return to
}

/** Four eyes: throws Problem rule.own-review where the reviewer wrote what is reviewed. */
export function requireOtherEyes(authorId: string, reviewerId: string): void {
  if (authorId === reviewerId) throw new Problem('rule.own-review')
}
