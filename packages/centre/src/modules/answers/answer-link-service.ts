import type { LinkAnswerDraft, LinkedOrder } from '@haidang/contracts/answer-link'
import type { AnswerProof } from '@haidang/contracts/answer-proof'
import type { Order } from '@haidang/contracts/order'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { EvidenceService } from '../evidence/evidence-service.ts'
import type { LadderService } from '../orders/ladder-service.ts'
import type { OrderService } from '../orders/order-service.ts'
import { answersAt, linkState, requireAnswer, requireOpen, stepOf } from './answer-link.ts'
import type { AnswerLinkRow } from './answer-link-tables.ts'
import type { LinkHolder, LinkKeeper } from './link-keeper.ts'

/** What a link needs to know of its order. */
interface OrderFacts {
  readonly organisation_id: string
  readonly version: number
  readonly state: string
  readonly tlp_rank: number
  readonly report_due_at: string | null
}

export interface AnswerLinkParts {
  readonly orders: OrderService
  readonly facts: { get(tx: Tx, id: string): Promise<OrderFacts | undefined> }
  readonly ladders: LadderService
  readonly evidence: EvidenceService
}

/** Contact points answer orders by the link in their mail, without an account. */
export class AnswerLinkService {
  readonly #keeper: LinkKeeper
  readonly #parts: AnswerLinkParts

  constructor(keeper: LinkKeeper, parts: AnswerLinkParts) {
    this.#keeper = keeper
    this.#parts = parts
  }

  /** The page of a new link to the version in force; empty for people with an account, and where nothing can be answered. */
  async make(tx: Tx, orderId: string, holder: LinkHolder): Promise<string> {
    const order = await this.#parts.facts.get(tx, orderId)
    if (order?.state !== 'issued') return ''
    const { version, organisation_id: issuer_id, tlp_rank, report_due_at: due_at } = order
    const subject = { id: orderId, version, issuer_id, tlp_rank, due_at }
    const token = await this.#keeper.make(tx, subject, holder)
    // After #, so that neither a log nor another site's Referer holds it.
    return token === undefined ? '' : `/answer#${token}`
  }

  /** What the holder of a link is asked. Throws Problem order.link-unknown, order.link-expired. */
  async read(token: string): Promise<LinkedOrder> {
    return this.#shown(await this.#keeper.require(token))
  }

  /**
   * Answers by a link; the same request again changes nothing. Throws Problem order.link-unknown,
   * order.link-expired, order.link-used-up, order.sign-in-required, order.withdrawn, order.closed,
   * order.replaced, order.moved-on, order.reason-required, order.result-required, request.too-large.
   */
  async answer(draft: LinkAnswerDraft, ip: string): Promise<LinkedOrder> {
    const link = await this.#keeper.require(draft.token)
    if (link.last_request === draft.request_id) return this.#shown(link)
    const { state, withdrawal, order } = await this.#shown(link)
    requireOpen(state, withdrawal)
    requireAnswer(draft, order?.actions ?? [])
    const request = { request_id: draft.request_id, ip }
    await this.#keeper.take(link, request, (tx, proof) => this.#say(tx, link, draft, proof))
    return this.#shown(link)
  }

  async #say(
    tx: Tx,
    link: AnswerLinkRow,
    draft: LinkAnswerDraft,
    proof: AnswerProof,
  ): Promise<void> {
    const { answer, note, results, seen } = draft
    const { organisation_id, subject, version } = link
    const evidence = await this.#keepFiles(tx, link, draft)
    const said = { note, results, evidence, version, seen }
    await this.#parts.ladders.answerIn(
      tx,
      this.#keeper.callerOf(link),
      subject,
      { ...said, organisation_id, step: stepOf[answer], help: answer === 'help' },
      proof,
    )
  }

  async #keepFiles(tx: Tx, link: AnswerLinkRow, { files }: LinkAnswerDraft): Promise<string[]> {
    const { organisation_id, issuer_id, tlp_rank, subject } = link
    const belonging = { organisation_id, shared_with: issuer_id, tlp_rank, subject }
    const ids: string[] = []
    for (const { name, media_type, content } of files) {
      const file = { name, media_type, bytes: Buffer.from(content, 'base64') }
      const { actor } = this.#keeper.callerOf(link).scope
      ids.push((await this.#parts.evidence.store(tx, actor, belonging, file)).id)
    }
    return ids
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
    if (!this.#keeper.isShown(link)) return about
    const order = await this.#parts.orders.get(this.#keeper.callerOf(link), link.subject)
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
