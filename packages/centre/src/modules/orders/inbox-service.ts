import type { Envelope } from '@haidang/contracts/link'
import { OrderIssued, OrderStep, OrderWithdrawn } from '@haidang/contracts/order'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Clock } from '@haidang/runtime/clock'
import { type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { ZodType } from 'zod'
import type { Names } from '../../names.ts'
import type { EvidenceService } from '../evidence/evidence-service.ts'
import type { LadderService } from './ladder-service.ts'
import { climb, type Party, partyTaking, requireContent } from './order.ts'
import type { OrderMailbox, ParentTie } from './order-envelopes.ts'
import type { OrderStore } from './order-store.ts'
import type { AddresseeRow, EntryRow, OrderRow } from './order-tables.ts'

export interface InboxParts {
  readonly store: OrderStore
  readonly ladders: LadderService
  readonly evidence: EvidenceService
  readonly mailbox: OrderMailbox
  readonly names: Names
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

/** The node an envelope came from, as its certificate says. */
export interface Sender {
  readonly node_id: string
  readonly organisation_id: string
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

  /** From the parent: an order, a judgement or a withdrawal. */
  async fromParent(tx: Tx, envelope: Envelope): Promise<void> {
    const tie = await this.#parts.mailbox.parent(tx)
    if (!tie || envelope.from !== tie.organisation_id || envelope.to !== tie.own_id) {
      throw new Problem('order.not-yours')
    }
    if (envelope.type === 'order.issued') return this.#receive(tx, tie, envelope)
    if (envelope.type === 'order.withdrawn') return this.#withdraw(tx, tie, envelope)
    const said = stepOf(envelope, 'issuer')
    const order = await this.#fromTie(tx, tie, said.order_id)
    const ladder = await this.#ladder(tx, order, await this.#parts.mailbox.home(tx))
    const actor = { id: tie.organisation_id, name: said.entry.actor_name }
    await this.#step(tx, actor, { order, ladder }, said)
  }

  async #receive(tx: Tx, tie: ParentTie, envelope: Envelope): Promise<void> {
    const { store, mailbox, names, journal, clock, newId } = this.#parts
    const { role, tlp, issuer_id: _, issuer_name, ...issued } = read(OrderIssued, envelope.data)
    const home = await mailbox.home(tx)
    const tlp_rank = tlpRank(tlp)
    const now = clock.iso()
    const place = {
      order_id: issued.id,
      organisation_id: home,
      issuer_id: tie.organisation_id,
      tlp_rank,
    }
    const said = { ...place, note: '', results: [], evidence: [] }
    const opening: EntryRow = {
      ...said,
      id: newId('step'),
      step: 'issued',
      time: issued.issued_at,
      actor_name: issued.issued_by_name,
      via: 'link',
    }
    const delivered: EntryRow = {
      ...said,
      id: newId('step'),
      step: 'delivered',
      time: now,
      actor_name: systemScope.actor.name,
      via: 'system',
    }
    const ladder: AddresseeRow = {
      ...place,
      organisation_name: (await names.organisations(tx, [home])).get(home) ?? '',
      role,
      step: 'delivered',
      due_at: role === 'for_information' ? null : issued.report_due_at,
      overdue: false,
      over_link: true,
    }
    const order = {
      ...issued,
      organisation_id: tie.organisation_id,
      organisation_name: issuer_name,
      tlp_rank,
      remote: true,
      state: 'issued' as const,
      withdrawal: null,
      incident_id: null,
      updated_at: now,
      closed_at: null,
    }
    const added = await store.add(tx, order, [ladder], [opening, delivered])
    if (!added) return
    await journal.append(tx, {
      type: 'order.received',
      organisation_id: home,
      tlp_rank,
      actor: { id: tie.organisation_id, name: issued.issued_by_name },
      authority: 'link',
      subject: issued.id,
      related: [tie.organisation_id],
      after: { ...issued, organisation_id: home, via: 'system', entries: [delivered.id] },
    })
  }

  async #withdraw(tx: Tx, tie: ParentTie, envelope: Envelope): Promise<void> {
    const { store, mailbox, journal, clock } = this.#parts
    const { order_id, reason, actor_name } = read(OrderWithdrawn, envelope.data)
    const order = await this.#fromTie(tx, tie, order_id)
    if (order.state !== 'issued') return
    const now = clock.iso()
    await store.replace(tx, {
      ...order,
      state: 'withdrawn',
      withdrawal: reason,
      updated_at: now,
      closed_at: now,
    })
    await journal.append(tx, {
      type: 'order.withdrawn',
      organisation_id: await mailbox.home(tx),
      tlp_rank: order.tlp_rank,
      actor: { id: tie.organisation_id, name: actor_name },
      authority: 'link',
      subject: order.id,
      related: [tie.organisation_id],
      reason,
      before: { state: order.state },
      after: { state: 'withdrawn' },
    })
  }

  async #step(
    tx: Tx,
    actor: Scope['actor'],
    at: { readonly order: OrderRow; readonly ladder: AddresseeRow },
    { entry, files }: OrderStep,
  ): Promise<void> {
    const { store, ladders } = this.#parts
    const { order, ladder } = at
    const [known] = await store.entriesById(tx, [entry.id])
    if (known?.order_id === order.id) return
    if (known) throw new Problem('request.invalid', 'the entry belongs to another order')
    const possible = climb(ladder.step, entry.step, ladder.role) !== undefined
    if (!possible || order.state !== 'issued') return this.#refuse(tx, actor, at, entry.step)
    requireContent(entry, order.actions)
    await this.#keepFiles(tx, actor, at, { entry, files })
    const { step, time, actor_name, note, results, evidence } = entry
    const said = { step, time, actor_name, via: 'link' as const, note, results, evidence }
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

  /** Not an error: both sides may move at once, and what came too late is written down. */
  async #refuse(
    tx: Tx,
    actor: Scope['actor'],
    { order, ladder }: { readonly order: OrderRow; readonly ladder: AddresseeRow },
    step: string,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type: 'order.step-refused',
      organisation_id: ladder.organisation_id,
      tlp_rank: order.tlp_rank,
      actor,
      authority: 'link',
      subject: order.id,
      related: [ladder.issuer_id],
      reason: order.state === 'issued' ? `${step} does not follow ${ladder.step}` : order.state,
      after: { step, standing: ladder.step, state: order.state },
    })
  }

  async #fromTie(tx: Tx, tie: ParentTie, id: string): Promise<OrderRow> {
    const order = await this.#parts.store.lock(tx, id)
    if (!order?.remote || order.organisation_id !== tie.organisation_id) {
      throw new Problem('order.not-found', id)
    }
    return order
  }

  async #ladder(tx: Tx, order: OrderRow, organisationId: string): Promise<AddresseeRow> {
    const ladders = await this.#parts.store.addressees(tx, [order.id])
    const ladder = ladders.find((one) => one.organisation_id === organisationId)
    if (!ladder?.over_link) throw new Problem('order.not-yours')
    return ladder
  }
}

function stepOf(envelope: Envelope, party: Party): OrderStep {
  const said = read(OrderStep, envelope.data)
  const { step } = said.entry
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

function read<T>(schema: ZodType<T>, data: unknown): T {
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Problem('request.invalid', `${issue?.path.join('.')}: ${issue?.message}`)
}
