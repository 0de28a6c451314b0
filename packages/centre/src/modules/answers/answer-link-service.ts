import type { LinkAnswerDraft, LinkedOrder } from '@haidang/contracts/answer-link'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { AnswerProof, Order } from '@haidang/contracts/order'
import { tlpOf, tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import { Problem } from '@haidang/runtime/problem'
import { hashOf, newSecret } from '../../secret.ts'
import type { ContactService } from '../contacts/contact-service.ts'
import type { EvidenceService } from '../evidence/evidence-service.ts'
import type { LadderService } from '../orders/ladder-service.ts'
import type { OrderService } from '../orders/order-service.ts'
import { answersAt, linkState, requireAnswer, requireOpen, stepOf } from './answer-link.ts'
import type { AnswerLinkStore } from './answer-link-store.ts'
import type { AnswerLinkRow } from './answer-link-tables.ts'

/** What a link needs to know of its order. */
interface OrderFacts {
  readonly organisation_id: string
  readonly version: number
  readonly state: string
  readonly tlp_rank: number
  readonly report_due_at: string | null
}

export interface AnswerLinkParts {
  readonly database: Database
  readonly store: AnswerLinkStore
  readonly orders: OrderService
  readonly facts: { get(tx: Tx, id: string): Promise<OrderFacts | undefined> }
  readonly ladders: LadderService
  readonly evidence: EvidenceService
  readonly contacts: Pick<ContactService, 'reachable'>
  readonly clock: Clock
  readonly newId: NewId
}

/** Whose mail a link goes into. */
export interface LinkHolder {
  readonly organisation_id: string
  readonly contact_id: string | null
  readonly name: string
  readonly address: string
}

/** How long a link holds after the order is due, or was made where that is later. */
const linkMilliseconds = 14 * 86_400_000
/** Answers by one link. */
const mostAnswers = 20
/** The highest TLP that is shown to whom the link alone makes known. */
const clearance = tlpRank('amber')

/**
 * Contact points answer orders by the link in their mail, without an account. Of the token only the hash is
 * kept. Whoever holds a link sees and does what its organisation may, on this one order, up to TLP:AMBER, while
 * the contact point it was sent to stands with that address.
 */
export class AnswerLinkService {
  readonly #parts: AnswerLinkParts

  constructor(parts: AnswerLinkParts) {
    this.#parts = parts
  }

  /** The page of a new link to the version in force; empty for people with an account, and where nothing can be answered. */
  async make(tx: Tx, orderId: string, holder: LinkHolder): Promise<string> {
    const { store, facts, clock, newId } = this.#parts
    const order = await facts.get(tx, orderId)
    const { organisation_id, contact_id, name, address } = holder
    if (contact_id === null || order?.state !== 'issued') return ''
    const token = newSecret('')
    const now = clock.now()
    const due = order.report_due_at === null ? now : millisecondsOf(order.report_due_at)
    await store.add(tx, {
      id: newId('answerLink'),
      token_hash: hashOf(token),
      order_id: orderId,
      version: order.version,
      organisation_id,
      issuer_id: order.organisation_id,
      tlp_rank: order.tlp_rank,
      contact_id,
      contact_name: name,
      address,
      made_at: isoOf(now),
      expires_at: isoOf(Math.max(now, due) + linkMilliseconds),
      answers: 0,
      last_request: null,
      answered_at: null,
    })
    // After #, so that neither a log nor another site's Referer holds it.
    return `/answer#${token}`
  }

  /** What the holder of a link is asked. Throws Problem order.link-unknown, order.link-expired. */
  async read(token: string): Promise<LinkedOrder> {
    return this.#shown(await this.#require(token))
  }

  /**
   * Answers by a link; the same request again changes nothing. Throws Problem order.link-unknown,
   * order.link-expired, order.link-used-up, order.sign-in-required, order.withdrawn, order.closed,
   * order.replaced, order.moved-on, order.reason-required, order.result-required, request.too-large.
   */
  async answer(draft: LinkAnswerDraft, ip: string): Promise<LinkedOrder> {
    const link = await this.#require(draft.token)
    if (link.last_request === draft.request_id) return this.#shown(link)
    const { state, withdrawal, order } = await this.#shown(link)
    requireOpen(state, withdrawal)
    requireAnswer(draft, order?.actions ?? [])
    await this.#parts.database.transact(callerOf(link).scope, (tx) =>
      this.#take(tx, link.id, draft, ip),
    )
    return this.#shown(link)
  }

  /** Removes what ended more than a year ago; the proof stays with the answer. */
  async end(tx: Tx): Promise<void> {
    const { store, clock } = this.#parts
    await store.removeBefore(tx, isoOf(clock.now() - 365 * 86_400_000))
  }

  async #take(tx: Tx, id: string, draft: LinkAnswerDraft, ip: string): Promise<void> {
    const { store, ladders, clock } = this.#parts
    const link = await store.lock(tx, id)
    if (!link) throw new Problem('order.link-unknown')
    if (link.last_request === draft.request_id) return
    if (link.answers >= mostAnswers) throw new Problem('order.link-used-up')
    const { answer, note, results, seen, request_id } = draft
    const { organisation_id, order_id, version, contact_id, address } = link
    const evidence = await this.#keepFiles(tx, link, draft)
    const proof: AnswerProof = { link_id: id, contact_id, address, ip }
    const said = { note, results, evidence, version, seen }
    await ladders.answerIn(
      tx,
      callerOf(link),
      order_id,
      { ...said, organisation_id, step: stepOf[answer], help: answer === 'help' },
      proof,
    )
    await store.change(tx, id, {
      answers: link.answers + 1,
      last_request: request_id,
      answered_at: clock.iso(),
    })
  }

  async #keepFiles(tx: Tx, link: AnswerLinkRow, { files }: LinkAnswerDraft): Promise<string[]> {
    const { organisation_id, issuer_id, tlp_rank, order_id } = link
    const belonging = { organisation_id, shared_with: issuer_id, tlp_rank, subject: order_id }
    const ids: string[] = []
    for (const { name, media_type, content } of files) {
      const file = { name, media_type, bytes: Buffer.from(content, 'base64') }
      const { actor } = callerOf(link).scope
      ids.push((await this.#parts.evidence.store(tx, actor, belonging, file)).id)
    }
    return ids
  }

  async #require(token: string): Promise<AnswerLinkRow> {
    const { database, store, clock } = this.#parts
    const link = await database.transact(systemScope, async (tx) => {
      const found = await store.ofToken(tx, hashOf(token))
      return found && (await this.#isReached(tx, found)) ? found : undefined
    })
    if (!link) throw new Problem('order.link-unknown')
    if (millisecondsOf(link.expires_at) <= clock.now()) throw new Problem('order.link-expired')
    return link
  }

  /** A link ends with the contact point it was sent to: taken off, or with another address. */
  async #isReached(tx: Tx, { organisation_id, contact_id, address }: AnswerLinkRow) {
    const contacts = await this.#parts.contacts.reachable(tx, organisation_id)
    return contacts.some(({ id, email }) => id === contact_id && email === address)
  }

  async #shown(link: AnswerLinkRow): Promise<LinkedOrder> {
    const { contact_name, tlp_rank, expires_at } = link
    const about = {
      contact_name,
      expires_at,
      tlp: tlpOf(tlp_rank),
      state: 'sign-in' as const,
      organisation_name: '',
      number: '',
      withdrawal: '',
      answers: [],
      order: null,
    }
    if (tlp_rank > clearance) return about
    const order = await this.#parts.orders.get(callerOf(link), link.order_id)
    const own = order.addressees.find((one) => one.organisation_id === link.organisation_id)
    if (!own) throw new Problem('order.link-unknown')
    const state = linkState(link.version, order, own)
    const isShown = state === 'open' || state === 'answered'
    return {
      ...about,
      state,
      organisation_name: own.organisation_name,
      number: order.number,
      withdrawal: own.withdrawal || (order.withdrawal ?? ''),
      answers: state === 'open' ? [...answersAt(own)] : [],
      order: isShown ? withoutProofs(order) : null,
    }
  }
}

/** The order without which contact answered from where: that is for those who sign in. */
function withoutProofs(order: Order): Order {
  const addressees = order.addressees.map((one) => ({
    ...one,
    entries: one.entries.map((entry) => ({ ...entry, proof: null })),
  }))
  return { ...order, addressees }
}

/** Whom a link makes known: somebody of one organisation, for what one order asks of it. */
function callerOf(link: AnswerLinkRow): Caller {
  const { contact_id, contact_name, organisation_id } = link
  return {
    scope: {
      actor: { id: contact_id, name: contact_name },
      organisations: [organisation_id],
      clearance,
    },
    permissions: new Set(['order.answer']),
    language: 'vi',
    organisation_id,
    person_id: null,
    session_id: null,
  }
}
