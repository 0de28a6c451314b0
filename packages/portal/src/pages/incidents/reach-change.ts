import type { ToldTo } from '@haidang/contracts/audience'
import type { Tlp } from '@haidang/contracts/tlp'

interface Reach {
  readonly tlp: Tlp
  readonly told_to: ToldTo
}

/**
 * Only what somebody changed of who sees an incident. What others merged into it make stricter is shown there too: sent
 * back unchanged, it would become what the incident says itself.
 */
export function changedReach(before: Reach, now: Reach): Partial<Reach> {
  const isSame = (['organisations', 'groups', 'people'] as const).every(
    (list) => before.told_to[list].toSorted().join(' ') === now.told_to[list].toSorted().join(' '),
  )
  return {
    ...(now.tlp !== before.tlp && { tlp: now.tlp }),
    ...(!isSame && { told_to: now.told_to }),
  }
}
