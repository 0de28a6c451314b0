import type { JournalEntry } from '@haidang/contracts/journal'
import {
  type LadderEntry,
  OrderIssued,
  type OrderStep,
  type OrderWithdrawn,
} from '@haidang/contracts/order'
import { Tlp } from '@haidang/contracts/tlp'
import type { EnvelopeDraft } from '@haidang/link/envelopes/post'
import type { Tx } from '@haidang/runtime/database/database'
import type { JournalReader } from '@haidang/runtime/journal'
import type { EvidenceService } from '../evidence/evidence-service.ts'
import type { OrderNodes } from './issue-service.ts'
import { partyTaking } from './order.ts'
import type { OrderStore } from './order-store.ts'
import type { AddresseeRow, EntryRow, OrderRow } from './order-tables.ts'
import { entryOf } from './order-view.ts'

/** The tie to the parent, in its naming. */
export interface ParentTie {
  /** The parent's organisation. */
  readonly organisation_id: string
  /** This node's organisation, as the parent names it. */
  readonly own_id: string
}

/** What orders need of the link: who is where, and two slots for letters. */
export interface OrderMailbox extends OrderNodes {
  /** This node's own organisation: it signs. */
  home(tx: Tx): Promise<string>
  parent(tx: Tx): Promise<ParentTie | undefined>
  toStation(tx: Tx, nodeId: string, draft: EnvelopeDraft): Promise<unknown>
  toParent(tx: Tx, draft: EnvelopeDraft): Promise<unknown>
}

export interface OrderEnvelopesParts {
  readonly store: OrderStore
  readonly evidence: EvidenceService
  readonly mailbox: OrderMailbox
}

/**
 * Sends what the journal says of orders to the nodes concerned: orders and judgements down, answers up.
 * What came over the link is never sent back.
 */
export class OrderEnvelopes implements JournalReader {
  readonly name = 'order-envelopes'
  readonly types = ['order.issued', 'order.received', 'order.stepped', 'order.withdrawn'] as const
  readonly #parts: OrderEnvelopesParts

  constructor(parts: OrderEnvelopesParts) {
    this.#parts = parts
  }

  async handle(tx: Tx, entry: JournalEntry): Promise<void> {
    const order = await this.#parts.store.get(tx, entry.subject)
    if (!order) return
    if (entry.type === 'order.issued') await this.#sendOrder(tx, order)
    else if (entry.type === 'order.withdrawn') await this.#sendWithdrawal(tx, order, entry)
    else await this.#sendSteps(tx, order, entry)
  }

  async #sendOrder(tx: Tx, order: OrderRow): Promise<void> {
    for (const { node, ladder } of await this.#linked(tx, order)) {
      const issued: OrderIssued = OrderIssued.parse({
        ...order,
        tlp: tlpOf(order),
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
    for (const row of await this.#parts.store.entriesById(tx, said.entries)) {
      if (order.remote) await this.#stepUp(tx, order, row)
      else await this.#stepDown(tx, order, row)
    }
  }

  async #stepUp(tx: Tx, order: OrderRow, row: EntryRow): Promise<void> {
    const { mailbox } = this.#parts
    const tie = await mailbox.parent(tx)
    if (!tie) return
    await mailbox.toParent(tx, {
      ...headOf(order),
      type: `order.${row.step}`,
      from: tie.own_id,
      to: tie.organisation_id,
      data: await this.#stepOf(tx, row),
    })
  }

  async #stepDown(tx: Tx, order: OrderRow, row: EntryRow): Promise<void> {
    if (row.step === 'issued' || partyTaking(row.step) !== 'issuer') return
    const linked = await this.#linked(tx, order)
    const found = linked.find(({ ladder }) => ladder.organisation_id === row.organisation_id)
    if (!found) return
    const data = await this.#stepOf(tx, row)
    await this.#down(tx, found.node, order, {
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
    return { order_id: row.order_id, entry: entryOf(row), files }
  }

  /** The ladders of an order issued here that are climbed on another node, and which node that is now. */
  async #linked(tx: Tx, order: OrderRow): Promise<{ node: string; ladder: AddresseeRow }[]> {
    if (order.remote) return []
    const linked: { node: string; ladder: AddresseeRow }[] = []
    for (const ladder of await this.#parts.store.addressees(tx, [order.id])) {
      if (!ladder.over_link) continue
      const node = await this.#parts.mailbox.nodeOf(tx, ladder.organisation_id)
      if (node !== undefined) linked.push({ node, ladder })
    }
    return linked
  }

  async #down(
    tx: Tx,
    node: string,
    order: OrderRow,
    draft: Pick<EnvelopeDraft, 'type' | 'to' | 'data'>,
  ): Promise<void> {
    const { mailbox } = this.#parts
    const from = await mailbox.home(tx)
    await mailbox.toStation(tx, node, { ...headOf(order), ...draft, from })
  }
}

function headOf(
  order: OrderRow,
): Pick<EnvelopeDraft, 'subject' | 'tlp' | 'correlation' | 'exercise'> {
  return {
    subject: order.id,
    tlp: tlpOf(order),
    correlation: order.id,
    exercise: order.simulated,
  }
}

function tlpOf(order: OrderRow): Tlp {
  return Tlp.options[order.tlp_rank] ?? 'red'
}
