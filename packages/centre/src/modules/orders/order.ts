import { millisecondsOf } from '@haidang/contracts/instant'
import type {
  Addressee,
  LadderEntry,
  LadderStep,
  Order,
  OrderDraft,
  OrderTally,
  RequiredAction,
} from '@haidang/contracts/order'
import { Problem } from '@haidang/runtime/problem'
import { requireActions, requireOwn } from '../../payload/required-actions.ts'

/** A step as it stands on a ladder; `progressed` is an entry inside acting. */
export type Step = Exclude<LadderEntry['step'], 'refused'>
/** Who climbs: the addressee up to `completed`, the issuer judges. */
export type Party = 'addressee' | 'issuer'

const partyOf: Readonly<Record<Exclude<Step, 'issued'>, Party>> = {
  delivered: 'addressee',
  read: 'addressee',
  accepted: 'addressee',
  disputed: 'addressee',
  acting: 'addressee',
  progressed: 'addressee',
  completed: 'addressee',
  verified: 'issuer',
  returned: 'issuer',
  closed: 'issuer',
}

/** The ladder (house.md). A dispute is answered by `returned` (the issuer insists) or by withdrawal. */
const edges: Readonly<Record<LadderStep, readonly LadderStep[]>> = {
  issued: ['delivered'],
  delivered: ['read'],
  read: ['accepted', 'disputed'],
  accepted: ['acting'],
  disputed: ['accepted', 'returned'],
  acting: ['completed'],
  completed: ['verified', 'returned'],
  verified: ['closed'],
  returned: ['acting'],
  closed: [],
}

/** Who is told for information reads; the issuer may close that ladder at any time. */
const informationEdges: Readonly<Partial<Record<LadderStep, readonly LadderStep[]>>> = {
  issued: ['delivered', 'closed'],
  delivered: ['read', 'closed'],
  read: ['closed'],
}

/** Steps that another step says along: who accepts has read, who closes has verified. */
const implied: Readonly<Record<Party, readonly LadderStep[]>> = {
  addressee: ['delivered', 'read', 'accepted', 'acting'],
  issuer: ['verified'],
}

/**
 * The steps to write so that a ladder goes from where it stands to `to`, implied ones first;
 * undefined where the ladder does not lead there (any more).
 */
export function climb(from: LadderStep, to: Step, role: Addressee['role']): Step[] | undefined {
  if (to === 'issued') return undefined
  if (to === 'progressed') {
    const acting = from === 'acting' ? [] : pathTo(from, 'acting', role, implied.addressee)
    return acting && [...acting, 'progressed']
  }
  return pathTo(from, to, role, implied[partyOf[to]])
}

/** Shortest way over edges whose inner steps may be implied; never empty. */
function pathTo(
  from: LadderStep,
  to: LadderStep,
  role: Addressee['role'],
  inner: readonly LadderStep[],
): LadderStep[] | undefined {
  const paths: LadderStep[][] = [[from]]
  for (const path of paths) {
    const onward = onwardFrom(path.at(-1) ?? from, role)
    if (onward.includes(to)) return [...path.slice(1), to]
    const further = onward.filter((next) => inner.includes(next) && !path.includes(next))
    paths.push(...further.map((next) => [...path, next]))
  }
  return undefined
}

function onwardFrom(step: LadderStep, role: Addressee['role']): readonly LadderStep[] {
  return role === 'for_information' ? (informationEdges[step] ?? []) : edges[step]
}

/** Why a step cannot be taken any more; undefined: it can. */
export function lateness(
  order: Pick<Order, 'state'>,
  ladder: Pick<Addressee, 'step' | 'role' | 'version' | 'withdrawn_at'>,
  entry: Pick<LadderEntry, 'step' | 'version'>,
): string | undefined {
  if (order.state !== 'issued') return order.state
  if (ladder.withdrawn_at !== null) return 'withdrawn'
  if (entry.version !== ladder.version) {
    return `said to version ${entry.version}, version ${ladder.version} is in force`
  }
  if (climb(ladder.step, stepTaken(entry), ladder.role)) return undefined
  return `${entry.step} does not follow ${ladder.step}`
}

/** Throws Problem request.invalid: what was refused is told by an envelope of its own. */
export function stepTaken({ step }: Pick<LadderEntry, 'step'>): Step {
  if (step === 'refused') throw new Problem('request.invalid', 'no step is called refused')
  return step
}

/** Whose step it is. */
export function partyTaking(step: Exclude<Step, 'issued'>): Party {
  return partyOf[step]
}

/** Where a ladder stands after an entry. */
export function standing(before: LadderStep, step: Step): LadderStep {
  return step === 'progressed' ? before : step
}

/** Whether the addressee has nothing left to do: its deadline has no meaning any more. */
export function isAnswered(step: LadderStep): boolean {
  return step === 'completed' || step === 'verified' || step === 'closed'
}

/** Ladders of one order that stand alike. */
export interface Counted extends Pick<Addressee, 'role' | 'step' | 'overdue'> {
  readonly withdrawn: boolean
  readonly count: number
  /** Of those, who has not been told yet. */
  readonly undelivered: number
}

/** How far everybody has come, from ladders counted by how they stand. */
export function tallyOf(rows: readonly Counted[]): OrderTally {
  const held = rows.filter(({ withdrawn }) => !withdrawn)
  const acting = held.filter(({ role }) => role !== 'for_information')
  const steps: OrderTally['steps'] = {}
  for (const { step, count } of held) steps[step] = (steps[step] ?? 0) + count
  return {
    addressees: sum(rows),
    acting: sum(acting),
    answered: sum(acting.filter(({ step }) => isAnswered(step))),
    overdue: sum(held.filter(({ overdue }) => overdue)),
    undelivered: held.reduce((total, row) => total + row.undelivered, 0),
    withdrawn: sum(rows) - sum(held),
    steps,
  }
}

function sum(rows: readonly Counted[]): number {
  return rows.reduce((total, { count }) => total + count, 0)
}

/**
 * What a step must bring with it. Throws Problem order.reason-required (dispute, return, cry for help),
 * order.result-required (completion: one result for each required action, and no other).
 */
export function requireContent(
  said: Pick<LadderEntry, 'step' | 'note' | 'results'> & { readonly help?: boolean | undefined },
  actions: readonly RequiredAction[],
): void {
  const isReasoned = said.step === 'disputed' || said.step === 'returned' || said.help === true
  if (isReasoned && said.note.length < 3) {
    throw new Problem('order.reason-required')
  }
  const asked = actions.map(({ id }) => id)
  const told = said.results.map(({ action_id }) => action_id)
  if (told.some((id) => !asked.includes(id))) {
    throw new Problem(
      'order.result-required',
      'a result names an action the order does not ask for',
    )
  }
  const missing = asked.filter((id) => !told.includes(id))
  if (said.step === 'completed' && missing.length > 0) {
    throw new Problem('order.result-required', `no result for ${missing.join(', ')}`)
  }
}

/**
 * The draft with its indicators in the form they are kept in. Throws Problem order.due-past,
 * order.indicator-invalid, request.invalid (an action or addressee named twice). `now` in milliseconds.
 */
export function requireIssuable(draft: OrderDraft, now: number): OrderDraft {
  const dues = [draft.report_due_at, ...draft.actions.map(({ due_at }) => due_at)]
  for (const due of dues) {
    if (due !== null && millisecondsOf(due) <= now) throw new Problem('order.due-past', due)
  }
  requireDistinct(
    draft.actions.map(({ id }) => id),
    'actions',
  )
  requireDistinct(
    draft.addressees.map(({ organisation_id }) => organisation_id),
    'addressees',
  )
  const actions = requireActions(draft.actions)
  const shared = actions.map((one) => (one.by_owner ? { ...one, indicators: [] } : one))
  const addressees = draft.addressees.map(({ indicators, ...one }, place) =>
    indicators
      ? { ...one, indicators: requireOwn(actions, indicators, `addressees.${place}.indicators`) }
      : one,
  )
  return { ...draft, actions: shared, addressees }
}

function requireDistinct(ids: readonly string[], field: string): void {
  if (new Set(ids).size === ids.length) return
  throw new Problem('request.invalid', `${field} are named once each`, [
    { field, cause: 'named twice', remedy: 'name each once' },
  ])
}
