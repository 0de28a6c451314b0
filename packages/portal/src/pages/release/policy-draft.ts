import type { ReleasePolicy } from '@haidang/contracts/release'

/** A policy being changed, with the steps that led there; none is in force yet. */
export interface PolicyDraft {
  /** Version the change starts from. */
  readonly base: number
  readonly policy: ReleasePolicy
  readonly undone: readonly ReleasePolicy[]
}

const longest = 100

/** A draft that is the policy in force. */
export function draftOf(base: number, policy: ReleasePolicy): PolicyDraft {
  return { base, policy, undone: [] }
}

/** The draft after one more step. */
export function stepped(draft: PolicyDraft, policy: ReleasePolicy): PolicyDraft {
  return { ...draft, policy, undone: [draft.policy, ...draft.undone].slice(0, longest) }
}

/** The draft before its last step. */
export function undone(draft: PolicyDraft): PolicyDraft {
  const [before, ...rest] = draft.undone
  return before ? { ...draft, policy: before, undone: rest } : draft
}

/** A list with one item put in place of another, added at the end, or taken out (undefined). */
export function placed<T>(items: readonly T[], at: number, item: T | undefined): T[] {
  if (item === undefined) return items.filter((_, i) => i !== at)
  return at < items.length ? items.map((one, i) => (i === at ? item : one)) : [...items, item]
}

/** A list with the item at a place moved up (-1) or down (1). */
export function moved<T>(items: readonly T[], at: number, by: -1 | 1): T[] {
  const [one, other] = [items[at], items[at + by]]
  if (one === undefined || other === undefined) return [...items]
  return items.map((item, i) => (i === at ? other : i === at + by ? one : item))
}
