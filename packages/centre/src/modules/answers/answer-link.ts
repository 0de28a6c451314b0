import type { LinkAnswer, LinkAnswerDraft, LinkState } from '@haidang/contracts/answer-link'
import {
  type Addressee,
  largestEvidence,
  type Order,
  type RequiredAction,
  type StepDraft,
} from '@haidang/contracts/order'
import { Problem } from '@haidang/runtime/problem'

/** The step of the ladder an answer is. */
export const stepOf: Readonly<Record<LinkAnswer, StepDraft['step']>> = {
  read: 'read',
  accepted: 'accepted',
  completed: 'completed',
  disputed: 'disputed',
  help: 'progressed',
}

/** What an addressee may answer where its ladder stands; the first is the one expected. */
export function answersAt({ step, role }: Pick<Addressee, 'step' | 'role'>): readonly LinkAnswer[] {
  if (role === 'for_information') {
    return step === 'issued' || step === 'delivered' ? ['read'] : []
  }
  switch (step) {
    case 'issued':
    case 'delivered':
    case 'read':
      return ['accepted', 'completed', 'help', 'disputed']
    case 'disputed':
      return ['accepted', 'completed', 'help']
    case 'accepted':
    case 'acting':
    case 'returned':
      return ['completed', 'help']
    default:
      return []
  }
}

/** How an order stands for whom a link to one version of it was made. */
export function linkState(
  version: number,
  order: Pick<Order, 'state' | 'version'>,
  own: Pick<Addressee, 'step' | 'role' | 'withdrawn_at'>,
): LinkState {
  if (order.state === 'withdrawn' || own.withdrawn_at !== null) return 'withdrawn'
  if (order.state === 'closed' || own.step === 'closed') return 'closed'
  if (order.version !== version) return 'replaced'
  return answersAt(own).length > 0 ? 'open' : 'answered'
}

/** Throws the Problem that says why nothing can be answered by the link (any more). */
export function requireOpen(state: LinkState, withdrawal: string): void {
  if (state === 'withdrawn') throw new Problem('order.withdrawn', withdrawal || undefined)
  if (state === 'closed') throw new Problem('order.closed')
  if (state === 'replaced') throw new Problem('order.replaced')
  if (state === 'sign-in') throw new Problem('order.sign-in-required')
  if (state === 'answered') throw new Problem('order.moved-on')
}

/**
 * Throws Problem order.reason-required where an action was not done and it is not said why,
 * request.too-large where the files together are.
 */
export function requireAnswer(
  { answer, results, files }: LinkAnswerDraft,
  actions: readonly RequiredAction[],
): void {
  const silent = results.find(({ outcome, note }) => outcome !== 'done' && note.length < 3)
  if (answer === 'completed' && silent) {
    const place = actions.findIndex(({ id }) => id === silent.action_id)
    throw new Problem('order.reason-required', `of action ${place + 1}`, [
      {
        field: `note.${silent.action_id}`,
        cause: 'not done, and no reason',
        remedy: 'say why in at least 3 letters',
      },
    ])
  }
  const size = files.reduce((sum, { content }) => sum + Buffer.byteLength(content, 'base64'), 0)
  if (size > largestEvidence) {
    throw new Problem('request.too-large', 'files of one answer: at most 5 MB')
  }
}
