import type { AnswerProof } from '@haidang/contracts/answer-proof'
import {
  type LadderEntry,
  largestEvidence,
  type Order,
  type StepDraft,
} from '@haidang/contracts/order'
import type { JudgedMany, JudgementOfMany } from '@haidang/contracts/order-matrix-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Scope, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { EvidenceService } from '../evidence/evidence-service.ts'
import type { LadderStore } from './ladder-store.ts'
import {
  climb,
  isAnswered,
  type Party,
  partyTaking,
  requireContent,
  type Step,
  standing,
} from './order.ts'
import type { OrderStore } from './order-store.ts'
import type { AddresseeRow, EntryRow, OrderRow } from './order-tables.ts'
import type { OrderView } from './order-view.ts'

export interface LadderParts {
  readonly database: Database
  readonly store: OrderStore
  readonly ladderStore: LadderStore
  readonly view: OrderView
  readonly evidence: EvidenceService
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

/** What is said with a step. */
type Said = { readonly step: Step } & Pick<
  LadderEntry,
  'time' | 'actor_name' | 'via' | 'note' | 'results' | 'evidence' | 'version'
> &
  Partial<Pick<LadderEntry, 'help' | 'proof'>>

/** The ladders of orders: answers of addressees, judgements of issuers, steps that arrive over the link. */
export class LadderService {
  readonly #parts: LadderParts

  constructor(parts: LadderParts) {
    this.#parts = parts
  }

  /**
   * A step of the caller's own organisation on its ladder; steps it implies are written too, and reading
   * twice is no error. Throws Problem order.not-found, order.not-yours, order.illegal-step,
   * order.reason-required, order.result-required, order.withdrawn, order.replaced, order.moved-on,
   * evidence.not-found, request.too-large.
   */
  answer(caller: Caller, orderId: string, draft: StepDraft): Promise<Order> {
    return this.#parts.database.transact(caller.scope, (tx) =>
      this.answerIn(tx, caller, orderId, draft, null),
    )
  }

  /** `answer` inside a transaction, by who is known by a session, or by the link in a mail. */
  async answerIn(
    tx: Tx,
    caller: Caller,
    orderId: string,
    draft: StepDraft,
    proof: AnswerProof | null,
  ): Promise<Order> {
    const order = await this.#lock(tx, orderId)
    if (draft.organisation_id !== caller.organisation_id) throw new Problem('order.not-yours')
    const ladder = await this.#ladder(tx, order, draft.organisation_id)
    // Two nodes writing one ladder would tell two stories: who has a node answers there.
    if (ladder.over_link && !order.remote) {
      throw new Problem('order.not-yours', 'this organisation answers from its own node')
    }
    return this.#say(tx, caller, { order, ladder, draft, party: 'addressee', proof })
  }

  /** A judgement of the issuer on one ladder. Throws as `answer` does. */
  judge(caller: Caller, orderId: string, draft: StepDraft): Promise<Order> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const order = await this.#lock(tx, orderId)
      if (order.organisation_id !== caller.organisation_id || order.remote) {
        throw new Problem('order.not-yours')
      }
      const ladder = await this.#ladder(tx, order, draft.organisation_id)
      return this.#say(tx, caller, { order, ladder, draft, party: 'issuer', proof: null })
    })
  }

  /** One judgement on several ladders; those it does not fit any more are told apart. Throws as `judge`. */
  judgeMany(caller: Caller, orderId: string, draft: JudgementOfMany): Promise<JudgedMany> {
    const { database, ladderStore, clock, newId } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const order = await this.#lock(tx, orderId)
      if (order.organisation_id !== caller.organisation_id || order.remote) {
        throw new Problem('order.not-yours')
      }
      requireInForce(order, undefined)
      const { step, note } = draft
      requireContent({ step, note, results: [] }, order.actions)
      const answer: JudgedMany = { done: [], refused: [] }
      for (const ladder of await ladderStore.some(tx, order.id, draft.organisations)) {
        const said = {
          step,
          note,
          time: clock.iso(),
          actor_name: caller.scope.actor.name,
          via: 'portal' as const,
          results: [],
          evidence: [],
          version: order.version,
        }
        const at = { order, ladder }
        const taken =
          ladder.withdrawn_at === null &&
          (await this.take(tx, caller.scope.actor, at, said, newId('step')))
        if (taken) answer.done.push(ladder.organisation_id)
        else {
          const { organisation_id, organisation_name } = ladder
          answer.refused.push({ organisation_id, organisation_name, step: ladder.step })
        }
      }
      return answer
    })
  }

  /**
   * Writes a step in the transaction of whoever brings it, with the steps it implies. Answers false, and
   * writes nothing, where the ladder does not lead there (any more).
   */
  async take(
    tx: Tx,
    actor: Scope['actor'],
    at: { readonly order: OrderRow; readonly ladder: AddresseeRow },
    said: Said,
    entryId: string,
  ): Promise<boolean> {
    const { ladderStore, journal, newId } = this.#parts
    const { order, ladder } = at
    const steps = climb(ladder.step, said.step, ladder.role)
    if (!steps || order.state !== 'issued') return false
    const entries = steps.map((step, i): EntryRow => {
      const last = i === steps.length - 1
      const silent = { ...said, note: '', results: [], evidence: [], help: false }
      return {
        ...placeOf(ladder),
        ...(last ? said : silent),
        id: last ? entryId : newId('step'),
        step,
      }
    })
    const step = steps.reduce(standing, ladder.step)
    await ladderStore.addEntries(tx, entries)
    await ladderStore.replace(tx, {
      ...ladder,
      step,
      overdue: ladder.overdue && !isAnswered(step),
    })
    await this.settle(tx, order, step === 'closed')
    await journal.append(tx, {
      type: 'order.stepped',
      organisation_id: ladder.organisation_id,
      tlp_rank: order.tlp_rank,
      actor,
      authority: said.via === 'link' ? 'link' : `order.${partyAuthority(steps)}`,
      subject: order.id,
      related: [ladder.issuer_id, ...(order.incident_id ? [order.incident_id] : [])],
      reason: said.note,
      before: { step: ladder.step },
      after: {
        organisation_id: ladder.organisation_id,
        organisation_name: ladder.organisation_name,
        step: said.step,
        via: said.via,
        help: said.help ?? false,
        proof: said.proof ?? null,
        entries: entries.map(({ id }) => id),
      },
    })
    return true
  }

  async #say(
    tx: Tx,
    caller: Caller,
    act: {
      order: OrderRow
      ladder: AddresseeRow
      draft: StepDraft
      party: Party
      proof: AnswerProof | null
    },
  ): Promise<Order> {
    const { order, ladder, draft, party, proof } = act
    const { evidence, clock, newId } = this.#parts
    const actor = caller.scope.actor
    if (partyTaking(draft.step) !== party) throw new Problem('order.not-yours')
    requireInForce(order, ladder, draft.version)
    await this.#requireSeen(tx, ladder, draft.seen)
    const alreadyRead =
      draft.step === 'read' && climb(ladder.step, 'read', ladder.role) === undefined
    if (!alreadyRead) {
      requireContent(draft, order.actions)
      const files = await evidence.describe(tx, order.id, draft.evidence)
      // All of it travels inside one envelope when the other side has its own node.
      const size = files.reduce((sum, file) => sum + file.size, 0)
      if (size > largestEvidence)
        throw new Problem('request.too-large', 'files of one step: at most 5 MB')
      const said = {
        step: draft.step,
        time: clock.iso(),
        actor_name: actor.name,
        via: proof ? ('mail' as const) : ('portal' as const),
        note: draft.note,
        results: draft.results,
        evidence: files,
        version: order.version,
        help: draft.help === true && draft.step === 'progressed',
        proof,
      }
      if (!(await this.take(tx, actor, { order, ladder }, said, newId('step')))) {
        throw new Problem('order.illegal-step', `${draft.step} does not follow ${ladder.step}`)
      }
    }
    return this.#shown(tx, order.id, caller.organisation_id)
  }

  /** Marks an order moved, and closed where the last who decides is; `ended`: a ladder came to its end. */
  async settle(tx: Tx, order: OrderRow, ended: boolean): Promise<void> {
    const now = this.#parts.clock.iso()
    const over = ended && (await this.#parts.store.isOver(tx, order.id))
    const end = over ? ({ state: 'closed', closed_at: now } as const) : {}
    await this.#parts.store.replace(tx, { ...order, updated_at: now, ...end })
  }

  /** Throws Problem order.moved-on, naming who wrote what, where somebody wrote since the writer looked. */
  async #requireSeen(tx: Tx, ladder: AddresseeRow, seen: string | undefined): Promise<void> {
    if (seen === undefined) return
    const last = await this.#parts.ladderStore.last(tx, ladder)
    if (!last || last.id === seen) return
    const said = `${last.step} by ${last.actor_name} at ${last.time}`
    throw new Problem('order.moved-on', said, [
      { field: 'seen', cause: said, remedy: 'look at the ladder again, then decide' },
    ])
  }

  async #lock(tx: Tx, id: string): Promise<OrderRow> {
    const order = await this.#parts.store.lock(tx, id)
    if (!order) throw new Problem('order.not-found')
    return order
  }

  async #ladder(tx: Tx, order: OrderRow, organisationId: string): Promise<AddresseeRow> {
    const place = { order_id: order.id, organisation_id: organisationId }
    const ladder = await this.#parts.ladderStore.get(tx, place)
    if (!ladder) throw new Problem('order.not-yours', 'this organisation is no addressee')
    return ladder
  }

  async #shown(tx: Tx, id: string, readerId: string): Promise<Order> {
    const row = await this.#parts.store.get(tx, id)
    const [order] = row ? await this.#parts.view.orders(tx, [row], readerId) : []
    if (!order) throw new Problem('order.not-found')
    return order
  }
}

function placeOf(ladder: AddresseeRow) {
  const { order_id, organisation_id, issuer_id, tlp_rank } = ladder
  return { order_id, organisation_id, issuer_id, tlp_rank }
}

function partyAuthority(steps: readonly Step[]): 'answer' | 'issue' {
  const last = steps.at(-1)
  return last && last !== 'issued' && partyTaking(last) === 'issuer' ? 'issue' : 'answer'
}

/** Throws Problem order.withdrawn, order.closed, order.replaced where nothing can be said to an order any more. */
function requireInForce(
  order: OrderRow,
  ladder: AddresseeRow | undefined,
  version = order.version,
): void {
  if (order.state === 'closed') throw new Problem('order.closed', order.closed_at ?? undefined)
  const withdrawal = order.state === 'withdrawn' ? order.withdrawal : ladder?.withdrawal
  if (order.state === 'withdrawn' || ladder?.withdrawn_at) {
    throw new Problem('order.withdrawn', withdrawal ?? undefined)
  }
  if (version !== order.version) {
    throw new Problem('order.replaced', `version ${order.version} replaces version ${version}`)
  }
}
