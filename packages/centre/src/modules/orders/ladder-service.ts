import {
  type LadderEntry,
  largestEvidence,
  type Order,
  type StepDraft,
} from '@haidang/contracts/order'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Scope, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { EvidenceService } from '../evidence/evidence-service.ts'
import {
  climb,
  isAnswered,
  isOver,
  type Party,
  partyTaking,
  requireContent,
  standing,
} from './order.ts'
import type { OrderStore } from './order-store.ts'
import type { AddresseeRow, EntryRow, OrderRow } from './order-tables.ts'
import type { OrderView } from './order-view.ts'

export interface LadderParts {
  readonly database: Database
  readonly store: OrderStore
  readonly view: OrderView
  readonly evidence: EvidenceService
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

/** What is said with a step. */
type Said = Pick<
  LadderEntry,
  'step' | 'time' | 'actor_name' | 'via' | 'note' | 'results' | 'evidence'
>

/** The ladders of orders: answers of addressees, judgements of issuers, steps that arrive over the link. */
export class LadderService {
  readonly #parts: LadderParts

  constructor(parts: LadderParts) {
    this.#parts = parts
  }

  /**
   * A step of the caller's own organisation on its ladder; steps it implies are written too, and reading
   * twice is no error. Throws Problem order.not-found, order.not-yours, order.illegal-step,
   * order.reason-required, order.result-required, evidence.not-found, request.too-large.
   */
  answer(caller: Caller, orderId: string, draft: StepDraft): Promise<Order> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const order = await this.#lock(tx, orderId)
      if (draft.organisation_id !== caller.organisation_id) throw new Problem('order.not-yours')
      const ladder = await this.#ladder(tx, order, draft.organisation_id)
      // Two nodes writing one ladder would tell two stories: who has a node answers there.
      if (ladder.over_link && !order.remote) {
        throw new Problem('order.not-yours', 'this organisation answers from its own node')
      }
      return this.#say(tx, caller, { order, ladder, draft, party: 'addressee' })
    })
  }

  /** A judgement of the issuer on one ladder. Throws as `answer` does. */
  judge(caller: Caller, orderId: string, draft: StepDraft): Promise<Order> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const order = await this.#lock(tx, orderId)
      if (order.organisation_id !== caller.organisation_id || order.remote) {
        throw new Problem('order.not-yours')
      }
      const ladder = await this.#ladder(tx, order, draft.organisation_id)
      return this.#say(tx, caller, { order, ladder, draft, party: 'issuer' })
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
    const { store, journal, newId, clock } = this.#parts
    const { order, ladder } = at
    const steps = climb(ladder.step, said.step, ladder.role)
    if (!steps || order.state !== 'issued') return false
    const entries = steps.map((step, i): EntryRow => {
      const last = i === steps.length - 1
      const silent = { ...said, note: '', results: [], evidence: [] }
      return {
        ...placeOf(ladder),
        ...(last ? said : silent),
        id: last ? entryId : newId('step'),
        step,
      }
    })
    const step = steps.reduce(standing, ladder.step)
    await store.addEntries(tx, entries)
    await store.replaceAddressee(tx, {
      ...ladder,
      step,
      overdue: ladder.overdue && !isAnswered(step),
    })
    await store.replace(tx, await this.#moved(tx, order, clock.iso()))
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
        entries: entries.map(({ id }) => id),
      },
    })
    return true
  }

  async #say(
    tx: Tx,
    caller: Caller,
    act: { order: OrderRow; ladder: AddresseeRow; draft: StepDraft; party: Party },
  ): Promise<Order> {
    const { order, ladder, draft, party } = act
    const { evidence, clock, newId } = this.#parts
    const actor = caller.scope.actor
    if (partyTaking(draft.step) !== party) throw new Problem('order.not-yours')
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
        via: 'portal' as const,
        note: draft.note,
        results: draft.results,
        evidence: files,
      }
      const taken = await this.take(tx, actor, { order, ladder }, said, newId('step'))
      if (!taken) throw new Problem('order.illegal-step', refusal(order, ladder, draft))
    }
    return this.#shown(tx, order.id, caller.organisation_id)
  }

  /** The order as it stands after a ladder moved: closed when all who decide are. */
  async #moved(tx: Tx, order: OrderRow, now: string): Promise<OrderRow> {
    const over = isOver(await this.#parts.store.addressees(tx, [order.id]))
    const end = over ? ({ state: 'closed', closed_at: now } as const) : {}
    return { ...order, updated_at: now, ...end }
  }

  async #lock(tx: Tx, id: string): Promise<OrderRow> {
    const order = await this.#parts.store.lock(tx, id)
    if (!order) throw new Problem('order.not-found')
    return order
  }

  async #ladder(tx: Tx, order: OrderRow, organisationId: string): Promise<AddresseeRow> {
    const ladders = await this.#parts.store.addressees(tx, [order.id])
    const ladder = ladders.find((one) => one.organisation_id === organisationId)
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

function partyAuthority(steps: readonly LadderEntry['step'][]): 'answer' | 'issue' {
  const last = steps.at(-1)
  return last && last !== 'issued' && partyTaking(last) === 'issuer' ? 'issue' : 'answer'
}

function refusal(order: OrderRow, ladder: AddresseeRow, draft: StepDraft): string {
  if (order.state !== 'issued') return `the order is ${order.state}`
  return `${draft.step} does not follow ${ladder.step}`
}
