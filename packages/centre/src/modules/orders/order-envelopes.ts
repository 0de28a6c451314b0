import type { JournalEntry } from '@haidang/contracts/journal'
import type { LadderEntry } from '@haidang/contracts/order'
import {
  type OrderChanged,
  OrderIssued,
  type OrderRefused,
  type OrderReminded,
  type OrderStep,
  type OrderWithdrawn,
} from '@haidang/contracts/order-envelope'
import { tlpOf } from '@haidang/contracts/tlp'
import type { EnvelopeDraft } from '@haidang/link/envelopes/post'
import type { Tx } from '@haidang/runtime/database/database'
import type { JournalReader } from '@haidang/runtime/journal'
import { z } from 'zod'
import { type LinkMailbox, letterHead } from '../../letters.ts'
import type { EvidenceService } from '../evidence/evidence-service.ts'
import type { OrderNodes } from './issue-service.ts'
import type { LadderStore } from './ladder-store.ts'
import { partyTaking } from './order.ts'
import type { OrderStore } from './order-store.ts'
import type { AddresseeRow, EntryRow, OrderRow } from './order-tables.ts'
import { entryOf, ownActions } from './order-view.ts'

/** What orders need of the link. */
export type OrderMailbox = LinkMailbox & OrderNodes

export interface OrderEnvelopesParts {
  readonly store: OrderStore
  readonly ladderStore: LadderStore
  readonly evidence: EvidenceService
  readonly mailbox: OrderMailbox
}

/**
 * Sends what the journal says of orders to the nodes concerned: orders and judgements down, answers up.
 * What came over the link is never sent back.
 */
export class OrderEnvelopes implements JournalReader {
  readonly name = 'order-envelopes'
  readonly types = [
    ...(['order.issued', 'order.received', 'order.changed', 'order.stepped'] as const),
    ...(['order.withdrawn', 'order.released', 'order.reminded', 'order.step-refused'] as const),
  ] as const
  readonly #parts: OrderEnvelopesParts

  constructor(parts: OrderEnvelopesParts) {
    this.#parts = parts
  }

  async handle(tx: Tx, entry: JournalEntry): Promise<void> {
    const order = await this.#parts.store.get(tx, entry.subject)
    if (!order) return
    switch (entry.type) {
      case 'order.issued':
        return this.#sendOrder(tx, order)
      case 'order.changed':
        return order.remote ? this.#sendSteps(tx, order, entry) : this.#sendChange(tx, order, entry)
      case 'order.withdrawn':
        return this.#sendWithdrawal(tx, order, entry)
      case 'order.released':
      case 'order.reminded':
      case 'order.step-refused':
        return this.#sendToOne(tx, order, entry)
      default:
        return this.#sendSteps(tx, order, entry)
    }
  }

  async #sendOrder(tx: Tx, order: OrderRow): Promise<void> {
    for (const { node, ladder } of await this.#linked(tx, order)) {
      const issued: OrderIssued = OrderIssued.parse({
        ...order,
        actions: ownActions(order, ladder),
        tlp: tlpOf(order.tlp_rank),
        issuer_id: order.organisation_id,
        issuer_name: order.organisation_name,
        role: ladder.role,
      })
      await this.#down(tx, node, order, {
        type: 'order.issued',
        to: ladder.organisation_id,
        data: issued,
      })
    }
  }

  async #sendChange(tx: Tx, order: OrderRow, entry: JournalEntry): Promise<void> {
    const { version } = entry.after as { readonly version: number }
    // A newer version is on its way by its own entry.
    if (version !== order.version) return
    const { reason, time, actor_name } = saidIn(entry)
    for (const { node, ladder } of await this.#linked(tx, order)) {
      if (ladder.version !== order.version) continue
      const { id, urgency, title, situation, legal_basis, report_due_at } = order
      const data: OrderChanged = {
        id,
        version,
        urgency,
        title,
        situation,
        legal_basis,
        report_due_at,
        actions: ownActions(order, ladder),
        reason,
        time,
        actor_name,
      }
      const to = ladder.organisation_id
      await this.#down(tx, node, order, { type: 'order.changed', to, data })
    }
  }

  /** What concerns one ladder: it was withdrawn for it, it is reminded, or an answer came too late. */
  async #sendToOne(tx: Tx, order: OrderRow, entry: JournalEntry): Promise<void> {
    if (order.remote) return
    const { organisation_id, ...after } = OneLadder.parse(entry.after)
    const ladder = await this.#parts.ladderStore.get(tx, { order_id: order.id, organisation_id })
    const node = await this.#parts.mailbox.nodeOf(tx, organisation_id)
    if (!ladder?.over_link || node === undefined) return
    const { reason, time, actor_name } = saidIn(entry)
    const at = { order_id: order.id, time }
    const send = (type: string, data: object) =>
      this.#down(tx, node, order, { type, to: organisation_id, data })
    if (entry.type === 'order.released') {
      return send('order.withdrawn', { ...at, reason, actor_name } satisfies OrderWithdrawn)
    }
    if (entry.type === 'order.reminded') {
      return send('order.reminded', { ...at, note: reason, actor_name } satisfies OrderReminded)
    }
    const { entry_id = '', step } = after
    await send('order.refused', { ...at, entry_id, step, reason } satisfies OrderRefused)
  }

  async #sendWithdrawal(tx: Tx, order: OrderRow, entry: JournalEntry): Promise<void> {
    const data: OrderWithdrawn = {
      order_id: order.id,
      reason: order.withdrawal ?? '',
      time: entry.time,
      actor_name: entry.actor_name.slice(0, 300),
    }
    for (const { node, ladder } of await this.#linked(tx, order)) {
      await this.#down(tx, node, order, {
        type: 'order.withdrawn',
        to: ladder.organisation_id,
        data,
      })
    }
  }

  async #sendSteps(tx: Tx, order: OrderRow, entry: JournalEntry): Promise<void> {
    const said = entry.after as { readonly via: LadderEntry['via']; readonly entries: string[] }
    if (said.via === 'link') return
    for (const row of await this.#parts.ladderStore.entriesById(tx, said.entries)) {
      if (order.remote) await this.#stepUp(tx, order, row)
      else await this.#stepDown(tx, order, row)
    }
  }

  async #stepUp(tx: Tx, order: OrderRow, row: EntryRow): Promise<void> {
    const { mailbox } = this.#parts
    const tie = await mailbox.parent(tx)
    if (!tie) return
    await mailbox.toParent(tx, {
      ...letterHead(order),
      type: `order.${row.step}`,
      from: tie.own_id,
      to: tie.organisation_id,
      data: await this.#stepOf(tx, row),
    })
  }

  async #stepDown(tx: Tx, order: OrderRow, row: EntryRow): Promise<void> {
    if (row.step === 'issued' || row.step === 'refused') return
    if (partyTaking(row.step) !== 'issuer') return
    const node = await this.#parts.mailbox.nodeOf(tx, row.organisation_id)
    const ladder = await this.#parts.ladderStore.get(tx, row)
    if (node === undefined || !ladder?.over_link) return
    const data = await this.#stepOf(tx, row)
    await this.#down(tx, node, order, {
      type: `order.${row.step}`,
      to: row.organisation_id,
      data,
    })
  }

  /** Small evidence travels inside, base64. */
  async #stepOf(tx: Tx, row: EntryRow): Promise<OrderStep> {
    const files: OrderStep['files'] = []
    for (const { id } of row.evidence) {
      const { bytes } = await this.#parts.evidence.read(tx, row.order_id, id)
      files.push({ id, content: Buffer.from(bytes).toString('base64') })
    }
    // Who answered by mail is this node's business; a node that knows no mails takes it as said in its portal.
    const via = row.via === 'mail' ? 'portal' : row.via
    const entry = { ...entryOf(row), via, proof: null }
    return { order_id: row.order_id, entry, files }
  }

  /** The ladders of an order issued here that are climbed on another node, and which node that is now. */
  async #linked(tx: Tx, order: OrderRow): Promise<{ node: string; ladder: AddresseeRow }[]> {
    if (order.remote) return []
    const ladders = (await this.#parts.store.addressees(tx, [order.id])).filter(
      ({ over_link, withdrawn_at }) => over_link && withdrawn_at === null,
    )
    const ids = ladders.map(({ organisation_id }) => organisation_id)
    const nodes = await this.#parts.mailbox.nodesOf(tx, ids)
    return ladders.flatMap((ladder) => {
      const node = nodes.get(ladder.organisation_id)
      return node === undefined ? [] : [{ node, ladder }]
    })
  }

  async #down(
    tx: Tx,
    node: string,
    order: OrderRow,
    draft: Pick<EnvelopeDraft, 'type' | 'to' | 'data'>,
  ): Promise<void> {
    const { mailbox } = this.#parts
    const from = await mailbox.home(tx)
    await mailbox.toStation(tx, node, { ...letterHead(order), ...draft, from })
  }
}

const OneLadder = z.object({
  organisation_id: z.string(),
  step: z.string(),
  entry_id: z.string().optional(),
})

function saidIn({ reason, time, actor_name }: JournalEntry) {
  return { reason, time, actor_name: actor_name.slice(0, 300) }
}
