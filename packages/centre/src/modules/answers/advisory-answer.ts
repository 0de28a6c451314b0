import type { Advisory, AdvisoryAddressee, Assessment } from '@haidang/contracts/advisory'
import type { AdvisoryLinkState } from '@haidang/contracts/advisory-answer-link'
import { Problem } from '@haidang/runtime/problem'

type Own = Pick<AdvisoryAddressee, 'step' | 'assessment' | 'version'>

const all: readonly Assessment[] = ['affected', 'not_affected', 'patched', 'mitigated', 'need_help']
/** What follows on having found itself affected, or on having asked for help. */
const later: readonly Assessment[] = ['patched', 'mitigated', 'not_affected', 'need_help']

/** What an addressee may answer where its ladder stands; nothing once it said that nothing is left to do. */
export function assessmentsAt({ step, assessment }: Own): readonly Assessment[] {
  switch (step) {
    case 'issued':
    case 'delivered':
    case 'read':
    case 'returned':
      return all
    case 'assessed':
      return assessment === 'affected' || assessment === 'need_help' ? later : []
    default:
      return []
  }
}

/** How an advisory stands for whom a link to one version of it was made. */
export function advisoryLinkState(
  version: number,
  { state }: Pick<Advisory, 'state'>,
  own: Own,
): AdvisoryLinkState {
  if (state === 'cancelled') return 'cancelled'
  if (own.version !== version) return 'replaced'
  return assessmentsAt(own).length > 0 ? 'open' : 'answered'
}

/** Throws the Problem that says why nothing can be answered by the link (any more). */
export function requireAdvisoryOpen(state: AdvisoryLinkState, cancellation: string): void {
  if (state === 'cancelled') throw new Problem('advisory.cancelled', cancellation || undefined)
  if (state === 'replaced') throw new Problem('advisory.replaced')
  if (state === 'sign-in') throw new Problem('advisory.sign-in-required')
  if (state === 'answered') throw new Problem('advisory.answered')
}
