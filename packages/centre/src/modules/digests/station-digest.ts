import type { JournalDigest } from '@haidang/contracts/journal-digest'
import type { DigestFault } from '@haidang/contracts/station-digest'

/** A digest that is here, and the name the next one must know it by. */
export interface KeptDigest {
  readonly hash: string
  readonly digest: JournalDigest
}

export type Judgement =
  | { readonly verdict: 'first' | 'continues'; readonly fault: null }
  | { readonly verdict: 'contradicts'; readonly fault: DigestFault }

/**
 * How a digest stands to its neighbours: `before` are those kept of the nearest earlier day, `same` of its own day,
 * `after` of the nearest later one. More than one of a day there is only where they contradicted each other.
 */
export function judge(
  told: KeptDigest,
  neighbours: {
    readonly before: readonly KeptDigest[]
    readonly same: readonly KeptDigest[]
    readonly after: readonly KeptDigest[]
  },
): Judgement {
  const { before, same, after } = neighbours
  const { digest, hash } = told
  if (same.length > 0) return contradiction('other-for-day')
  const isNamed = after.length === 0 || after.some((later) => later.digest.previous === hash)
  if (!isNamed) return contradiction('breaks-chain')
  if (before.length === 0) return { verdict: 'first', fault: null }
  const known = before.find((earlier) => earlier.hash === digest.previous)
  if (!known) return contradiction('breaks-chain')
  if (digest.entries < known.digest.entries) return contradiction('entries-lost')
  const grew = digest.entries > known.digest.entries || digest.head === known.digest.head
  return grew ? { verdict: 'continues', fault: null } : contradiction('other-head')
}

function contradiction(fault: DigestFault): Judgement {
  return { verdict: 'contradicts', fault }
}
