import type { Envelope } from '@haidang/contracts/link'
import type { LadderEntry } from '@haidang/contracts/order'
import { OrderStep } from '@haidang/contracts/order-envelope'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { readPayload, type Sender } from '../../letters.ts'
import type { EvidenceService } from '../evidence/evidence-service.ts'
import type { LadderService } from './ladder-service.ts'
import type { LadderStore } from './ladder-store.ts'
import { lateness, type Party, partyTaking, requireContent, stepTaken } from './order.ts'
import type { OrderMailbox } from './order-envelopes.ts'
import type { OrderStore } from './order-store.ts'
import type { AddresseeRow, OrderRow } from './order-tables.ts'
import type { RemoteService } from './remote-service.ts'

export interface InboxParts {
  readonly store: OrderStore
  readonly ladderStore: LadderStore
  readonly ladders: LadderService
  readonly remote: RemoteService
  readonly evidence: EvidenceService
  readonly mailbox: OrderMailbox
  readonly journal: Journal
}

/**
 * Takes in envelopes `order.*` whose signature was verified. A repeat changes nothing; a step the ladder
 * has passed is journaled as `order.step-refused`; what the sender has no right to say throws a Problem,
 * which the link journals as a refused envelope.
 */
export class InboxService {
  readonly #parts: InboxParts

  constructor(parts: InboxParts) {
    this.#parts = parts
  }

  /** Whether a type of envelope is for orders. */
  static handles(type: string): boolean {
    return type.startsWith('order.')
  }

  /** From a node below: a step of its own organisation. */
  async fromStation(tx: Tx, sender: Sender, envelope: Envelope): Promise<void> {
    if (envelope.from !== sender.organisation_id) throw new Problem('order.not-yours')
    const said = stepOf(envelope, 'addressee')
    const order = await this.#parts.store.lock(tx, said.order_id)
    if (!order || order.remote) throw new Problem('order.not-found', said.order_id)
    const ladder = await this.#ladder(tx, order, sender.organisation_id)
    await this.#step(
      tx,
      { id: sender.node_id, name: said.entry.actor_name },
      { order, ladder },
      said,
    )
  }

  /** From the parent: an order, its change or withdrawal, a judgement, a reminder, or what it did not take. */
  async fromParent(tx: Tx, envelope: Envelope): Promise<void> {
    const tie = await this.#parts.mailbox.parent(tx)
    if (!tie || envelope.from !== tie.organisation_id || envelope.to !== tie.own_id) {
      throw new Problem('order.not-yours')
    }
    const { remote } = this.#parts
    if (remote.handles(envelope.type)) return remote.take(tx, tie, envelope)
    const said = stepOf(envelope, 'issuer')
    const order = await remote.require(tx, tie, said.order_id)
    const ladder = await this.#ladder(tx, order, await this.#parts.mailbox.home(tx))
    const actor = { id: tie.organisation_id, name: said.entry.actor_name }
    await this.#step(tx, actor, { order, ladder }, said)
  }

  async #step(
    tx: Tx,
    actor: Scope['actor'],
    at: { readonly order: OrderRow; readonly ladder: AddresseeRow },
    { entry, files }: OrderStep,
  ): Promise<void> {
    const { ladderStore, ladders } = this.#parts
    const { order, ladder } = at
    const [known] = await ladderStore.entriesById(tx, [entry.id])
    if (known?.order_id === order.id) return
    if (known) throw new Problem('request.invalid', 'the entry belongs to another order')
    const step = stepTaken(entry)
    const late = lateness(order, ladder, entry)
    if (late) return this.#refuse(tx, actor, at, { entry, late })
    requireContent({ ...entry, step }, order.actions)
    await this.#keepFiles(tx, actor, at, { entry, files })
    const { time, actor_name, note, results, evidence, version, help } = entry
    const said = {
      step,
      time,
      actor_name,
      via: 'link' as const,
      note,
      results,
      evidence,
      version,
      help,
    }
    await ladders.take(tx, actor, at, said, entry.id)
  }

  async #keepFiles(
    tx: Tx,
    actor: Scope['actor'],
    { order, ladder }: { readonly order: OrderRow; readonly ladder: AddresseeRow },
    { entry, files }: Pick<OrderStep, 'entry' | 'files'>,
  ): Promise<void> {
    const belonging = {
      organisation_id: ladder.organisation_id,
      shared_with: ladder.issuer_id,
      tlp_rank: order.tlp_rank,
      subject: order.id,
    }
    for (const file of entry.evidence) {
      const sent = files.find(({ id }) => id === file.id)
      if (!sent) throw new Problem('request.invalid', `the content of ${file.id} is missing`)
      const bytes = Buffer.from(sent.content, 'base64')
      await this.#parts.evidence.accept(tx, actor, belonging, file, bytes)
    }
  }

  /** Not an error: both sides may move at once. What came too late is kept, and who said it is told. */
  async #refuse(
    tx: Tx,
    actor: Scope['actor'],
    { order, ladder }: { readonly order: OrderRow; readonly ladder: AddresseeRow },
    { entry, late }: { readonly entry: LadderEntry; readonly late: string },
  ): Promise<void> {
    await this.#parts.remote.keepRefused(tx, ladder, { ...entry, via: 'link' })
    await this.#parts.journal.append(tx, {
      type: 'order.step-refused',
      organisation_id: ladder.organisation_id,
      tlp_rank: order.tlp_rank,
      actor,
      authority: 'link',
      subject: order.id,
      related: [ladder.issuer_id],
      reason: late,
      after: {
        organisation_id: ladder.organisation_id,
        entry_id: entry.id,
        step: entry.step,
        standing: ladder.step,
        state: order.state,
      },
    })
  }

  async #ladder(tx: Tx, order: OrderRow, organisationId: string): Promise<AddresseeRow> {
    const place = { order_id: order.id, organisation_id: organisationId }
    const ladder = await this.#parts.ladderStore.get(tx, place)
    if (!ladder?.over_link) throw new Problem('order.not-yours')
    return ladder
  }
}

function stepOf(envelope: Envelope, party: Party): OrderStep {
  const said = readPayload(OrderStep, envelope.data)
  const step = stepTaken(said.entry)
  if (envelope.type !== `order.${step}`)
    throw new Problem('request.invalid', 'type and step differ')
  if (step === 'issued' || partyTaking(step) !== party) throw new Problem('order.not-yours', step)
  const { note, results, evidence, actor_name } = said.entry
  if (
    note.length > 10_000 ||
    results.length > 50 ||
    evidence.length > 50 ||
    actor_name.length > 300
  ) {
    throw new Problem('request.too-large', 'the step says more than a step may')
  }
  return said
}
