import { millisecondsOf } from '@haidang/contracts/instant'
import type { Order, OrderDraft } from '@haidang/contracts/order'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Names } from '../../names.ts'
import { nextNumber } from '../../running-number.ts'
import { vietnamYear } from '../../vietnam-date.ts'
import type { IncidentService } from '../incidents/incident-service.ts'
import { orderNumber, requireIssuable } from './order.ts'
import type { OrderFacts, OrderStore } from './order-store.ts'
import type { AddresseeRow, EntryRow, OrderRow } from './order-tables.ts'
import type { OrderView } from './order-view.ts'

/** Which organisations are reached through a node of their own. */
export interface OrderNodes {
  /** The active node of an organisation below this one; undefined: its people use this portal. */
  nodeOf(tx: Tx, organisationId: string): Promise<string | undefined>
}

export interface IssueParts {
  readonly database: Database
  readonly store: OrderStore
  readonly view: OrderView
  readonly incidents: IncidentService
  readonly nodes: OrderNodes
  readonly names: Names
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  /** Whether what this node issues is invented (demonstration). */
  readonly simulated: boolean
}

/** Issuing: an order comes into being with a ladder for each addressee. */
export class IssueService {
  readonly #parts: IssueParts

  constructor(parts: IssueParts) {
    this.#parts = parts
  }

  /**
   * Issues an order in the name of the caller's organisation. Who has no node of its own has it delivered
   * at once. Throws Problem order.due-past, request.invalid, organisation.not-found, incident.not-found,
   * incident.illegal-transition (the incident is finished).
   */
  async issue(tx: Tx, caller: Caller, draft: OrderDraft): Promise<Order> {
    const { store, journal, clock, newId } = this.#parts
    const { incident } = await this.requireIssuable(tx, draft)
    const order: OrderFacts = {
      id: newId('order'),
      ...factsOf(draft),
      organisation_id: caller.organisation_id,
      organisation_name: await this.#nameOf(tx, caller.organisation_id),
      remote: false,
      number: await this.#number(tx, draft),
      state: 'issued',
      withdrawal: null,
      simulated: this.#parts.simulated || incident?.simulated === true,
      issued_by_name: caller.scope.actor.name,
      issued_at: clock.iso(),
      updated_at: clock.iso(),
      closed_at: null,
    }
    const addressees = await this.#addressees(tx, order, draft)
    const entries = addressees.flatMap((one) => this.#opening(one, order.issued_by_name))
    await store.add(tx, order, addressees, entries)
    await journal.append(tx, {
      type: 'order.issued',
      organisation_id: order.organisation_id,
      tlp_rank: order.tlp_rank,
      actor: caller.scope.actor,
      authority: 'order.issue',
      subject: order.id,
      related: order.incident_id ? [order.incident_id] : [],
      after: { ...order, addressees },
    })
    await this.#recordDelivery(tx, order, addressees, entries)
    return this.#shown(tx, caller, order.id)
  }

  /** The incident of a draft, and the names of its addressees. Throws as `issue` does. */
  async requireIssuable(tx: Tx, draft: OrderDraft) {
    const { clock, incidents, names } = this.#parts
    requireIssuable(draft, clock.now())
    const incident = draft.incident_id ? await incidents.requireOpen(tx, draft.incident_id) : null
    const ids = draft.addressees.map(({ organisation_id }) => organisation_id)
    const known = await names.organisations(tx, ids)
    const unknown = ids.find((id) => !known.has(id))
    if (unknown !== undefined) throw new Problem('organisation.not-found', unknown)
    return { incident, addressees: ids.map((id) => known.get(id) ?? '') }
  }

  async #number(tx: Tx, draft: OrderDraft): Promise<string> {
    const year = vietnamYear(this.#parts.clock.now())
    return orderNumber(draft.kind, year, await nextNumber(tx, draft.kind, year))
  }

  async #nameOf(tx: Tx, id: string): Promise<string> {
    const name = (await this.#parts.names.organisations(tx, [id])).get(id)
    if (name === undefined) throw new Problem('organisation.not-found', id)
    return name
  }

  async #addressees(tx: Tx, order: OrderFacts, draft: OrderDraft): Promise<AddresseeRow[]> {
    const rows: AddresseeRow[] = []
    for (const { organisation_id, role } of draft.addressees) {
      const over_link = (await this.#parts.nodes.nodeOf(tx, organisation_id)) !== undefined
      rows.push({
        order_id: order.id,
        organisation_id,
        organisation_name: await this.#nameOf(tx, organisation_id),
        issuer_id: order.organisation_id,
        tlp_rank: order.tlp_rank,
        role,
        step: over_link ? 'issued' : 'delivered',
        due_at: role === 'for_information' ? null : order.report_due_at,
        overdue: false,
        over_link,
      })
    }
    return rows
  }

  /** The first entries of a ladder: issued, and delivered to who uses this portal. */
  #opening(ladder: AddresseeRow, issuedBy: string): EntryRow[] {
    const { clock, newId } = this.#parts
    const entry = {
      order_id: ladder.order_id,
      organisation_id: ladder.organisation_id,
      issuer_id: ladder.issuer_id,
      tlp_rank: ladder.tlp_rank,
      time: clock.iso(),
      note: '',
      results: [],
      evidence: [],
    }
    const issued: EntryRow = {
      ...entry,
      id: newId('step'),
      step: 'issued',
      actor_name: issuedBy,
      via: 'portal',
    }
    if (ladder.over_link) return [issued]
    const { name } = systemScope.actor
    return [
      issued,
      { ...entry, id: newId('step'), step: 'delivered', actor_name: name, via: 'system' },
    ]
  }

  /** Tells the addressees who read this portal: an entry of their own, which their live screens see. */
  async #recordDelivery(
    tx: Tx,
    order: OrderFacts,
    addressees: readonly AddresseeRow[],
    entries: readonly EntryRow[],
  ): Promise<void> {
    for (const ladder of addressees.filter(({ over_link }) => !over_link)) {
      const delivered = entries.filter(
        (one) => one.organisation_id === ladder.organisation_id && one.step === 'delivered',
      )
      await this.#parts.journal.append(tx, {
        type: 'order.stepped',
        organisation_id: ladder.organisation_id,
        tlp_rank: order.tlp_rank,
        actor: systemScope.actor,
        authority: 'system',
        subject: order.id,
        related: [order.organisation_id, ...(order.incident_id ? [order.incident_id] : [])],
        after: {
          organisation_id: ladder.organisation_id,
          organisation_name: ladder.organisation_name,
          step: 'delivered',
          via: 'system',
          entries: delivered.map(({ id }) => id),
        },
      })
    }
  }

  async #shown(tx: Tx, caller: Caller, id: string): Promise<Order> {
    const row = await this.#parts.store.get(tx, id)
    const [order] = row ? await this.#parts.view.orders(tx, [row], caller.organisation_id) : []
    if (!order) throw new Problem('order.not-found')
    return order
  }
}

function factsOf(
  draft: OrderDraft,
): Pick<OrderRow, (keyof OrderRow & keyof OrderDraft) | 'tlp_rank'> {
  const { kind, urgency, title, situation, actions, legal_basis, incident_id } = draft
  return {
    kind,
    urgency,
    title,
    situation,
    actions,
    legal_basis,
    incident_id,
    tlp_rank: tlpRank(draft.tlp),
    report_due_at: isoOf(millisecondsOf(draft.report_due_at)),
  }
}
