import { labels } from '@haidang/contracts/labels'
import type { Envelope } from '@haidang/contracts/link'
import {
  OrderChanged,
  OrderIssued,
  OrderRefused,
  OrderReminded,
  OrderWithdrawn,
} from '@haidang/contracts/order-envelope'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Clock } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { type ParentTie, readPayload } from '../../letters.ts'
import type { Names } from '../../names.ts'
import type { AmendmentService } from './amendment-service.ts'
import type { LadderStore } from './ladder-store.ts'
import type { OrderMailbox } from './order-envelopes.ts'
import type { OrderStore } from './order-store.ts'
import type { AddresseeRow, EntryRow, OrderRow } from './order-tables.ts'

interface RemoteParts {
  readonly store: OrderStore
  readonly ladderStore: LadderStore
  readonly amendments: AmendmentService
  readonly mailbox: OrderMailbox
  readonly names: Names
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

type LateEntry = Pick<EntryRow, 'id' | 'time' | 'actor_name' | 'via' | 'note' | 'version' | 'step'>

type Taker = (tx: Tx, tie: ParentTie, envelope: Envelope) => Promise<void>

/** Orders a parent issued to this node's organisation: received, changed, withdrawn, reminded of. */
export class RemoteService {
  readonly #parts: RemoteParts
  readonly #takers: Readonly<Record<string, Taker>> = {
    'order.issued': (tx, tie, envelope) => this.#receive(tx, tie, envelope),
    'order.changed': (tx, tie, envelope) => this.#change(tx, tie, envelope),
    'order.withdrawn': (tx, tie, envelope) => this.#withdraw(tx, tie, envelope),
    'order.reminded': (tx, tie, envelope) => this.#remind(tx, tie, envelope),
    'order.refused': (tx, tie, envelope) => this.#learnRefusal(tx, tie, envelope),
  }

  constructor(parts: RemoteParts) {
    this.#parts = parts
  }

  /** Whether a type of envelope tells of an order rather than of a step on its ladder. */
  handles(type: string): boolean {
    return Object.hasOwn(this.#takers, type)
  }

  /** Takes in what the parent says of an order; a repeat changes nothing. Throws Problem order.not-found, request.invalid. */
  async take(tx: Tx, tie: ParentTie, envelope: Envelope): Promise<void> {
    await this.#takers[envelope.type]?.(tx, tie, envelope)
  }

  /** An order of the parent, locked. Throws Problem order.not-found. */
  async require(tx: Tx, tie: ParentTie, id: string): Promise<OrderRow> {
    const order = await this.#parts.store.lock(tx, id)
    if (!order?.remote || order.organisation_id !== tie.organisation_id) {
      throw new Problem('order.not-found', id)
    }
    return order
  }

  /** An answer that came too late stays readable beside the ladder and moves nothing. */
  async keepRefused(
    tx: Tx,
    ladder: AddresseeRow,
    { step, note, ...said }: Omit<LateEntry, 'step'> & { readonly step: string },
  ): Promise<void> {
    const { order_id, organisation_id, issuer_id, tlp_rank } = ladder
    const named = Object.hasOwn(labels.ladderStep, step)
      ? labels.ladderStep[step as keyof typeof labels.ladderStep].vi
      : step
    await this.#parts.ladderStore.addEntries(tx, [
      {
        order_id,
        organisation_id,
        issuer_id,
        tlp_rank,
        ...said,
        step: 'refused',
        note: [named, note].filter(Boolean).join(': '),
        results: [],
        evidence: [],
      },
    ])
  }

  async #receive(tx: Tx, tie: ParentTie, envelope: Envelope): Promise<void> {
    const { store, ladderStore, mailbox, names, journal, clock, newId } = this.#parts
    const {
      role,
      tlp,
      issuer_id: _,
      issuer_name,
      ...issued
    } = readPayload(OrderIssued, envelope.data)
    const home = await mailbox.home(tx)
    const tlp_rank = tlpRank(tlp)
    const now = clock.iso()
    const place = {
      order_id: issued.id,
      organisation_id: home,
      issuer_id: tie.organisation_id,
      tlp_rank,
    }
    const { version } = issued
    const said = { ...place, version, note: '', results: [], evidence: [] }
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
      version,
      indicators: {},
      withdrawn_at: null,
      withdrawal: '',
      reminded_at: null,
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
      request_id: null,
    }
    if (!(await store.add(tx, order))) return
    await ladderStore.add(tx, [ladder])
    await ladderStore.addEntries(tx, [opening, delivered])
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
    const { order_id, reason, actor_name } = readPayload(OrderWithdrawn, envelope.data)
    const order = await this.require(tx, tie, order_id)
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

  async #change(tx: Tx, tie: ParentTie, envelope: Envelope): Promise<void> {
    const said = readPayload(OrderChanged, envelope.data)
    const order = await this.require(tx, tie, said.id)
    if (order.state !== 'issued') return
    const home = await this.#parts.mailbox.home(tx)
    await this.#parts.amendments.receive(tx, order, home, said)
  }

  async #remind(tx: Tx, tie: ParentTie, envelope: Envelope): Promise<void> {
    const { order_id, note, time, actor_name } = readPayload(OrderReminded, envelope.data)
    const order = await this.require(tx, tie, order_id)
    const home = await this.#parts.mailbox.home(tx)
    const ladder = await this.#own(tx, order, home)
    if ((ladder.reminded_at ?? '') >= time) return
    await this.#parts.ladderStore.replace(tx, { ...ladder, reminded_at: time })
    const { organisation_name, step, over_link } = ladder
    await this.#parts.journal.append(tx, {
      type: 'order.reminded',
      organisation_id: home,
      tlp_rank: order.tlp_rank,
      actor: { id: tie.organisation_id, name: actor_name },
      authority: 'link',
      subject: order.id,
      related: [tie.organisation_id],
      reason: note,
      after: { organisation_id: home, organisation_name, step, over_link },
    })
  }

  /** The issuer did not take an answer of ours any more: it stands so on our copy of the ladder, too. */
  async #learnRefusal(tx: Tx, tie: ParentTie, envelope: Envelope): Promise<void> {
    const { order_id, entry_id, step, reason, time } = readPayload(OrderRefused, envelope.data)
    const order = await this.require(tx, tie, order_id)
    const home = await this.#parts.mailbox.home(tx)
    const ladder = await this.#own(tx, order, home)
    const [said] = await this.#parts.ladderStore.entriesById(tx, [entry_id])
    await this.keepRefused(tx, ladder, {
      id: `refused ${entry_id}`,
      time,
      actor_name: order.organisation_name,
      via: 'link',
      note: said?.note ?? '',
      version: said?.version ?? 1,
      step,
    })
    await this.#parts.journal.append(tx, {
      type: 'order.step-refused',
      organisation_id: home,
      tlp_rank: order.tlp_rank,
      actor: { id: tie.organisation_id, name: order.organisation_name },
      authority: 'link',
      subject: order.id,
      related: [tie.organisation_id],
      reason,
      after: { step, standing: ladder.step, state: order.state },
    })
  }

  async #own(tx: Tx, order: OrderRow, home: string): Promise<AddresseeRow> {
    const place = { order_id: order.id, organisation_id: home }
    const ladder = await this.#parts.ladderStore.get(tx, place)
    if (!ladder) throw new Problem('order.not-yours')
    return ladder
  }
}
