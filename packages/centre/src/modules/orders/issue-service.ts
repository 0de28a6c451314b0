import { createHash } from 'node:crypto'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Order, OrderDraft } from '@haidang/contracts/order'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { type LegalBases, withBases } from '../../legal-bases.ts'
import type { Names } from '../../names.ts'
import type { Numbering } from '../../numbering.ts'
import type { IncidentService } from '../incidents/incident-service.ts'
import type { LadderStore } from './ladder-store.ts'
import { requireIssuable } from './order.ts'
import type { OrderFacts, OrderStore } from './order-store.ts'
import type { AddresseeRow, EntryRow, OrderRow } from './order-tables.ts'
import type { OrderView } from './order-view.ts'

/** Which organisations are reached through a node of their own. */
export interface OrderNodes {
  /** The active node of an organisation below this one; undefined: its people use this portal. */
  nodeOf(tx: Tx, organisationId: string): Promise<string | undefined>
  /** The active node of each of these that has one. */
  nodesOf(tx: Tx, organisationIds: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** What an order is on paper; the documents lie below orders in the flow. */
export interface OrderPapers {
  /** Makes the document of an order that is being issued; before anything is journaled. */
  issue(
    tx: Tx,
    caller: Caller,
    order: OrderFacts,
    addressees: readonly AddresseeRow[],
  ): Promise<void>
  withdraw(tx: Tx, caller: Caller, orderId: string, reason: string): Promise<void>
}

export interface IssueParts {
  readonly database: Database
  readonly store: OrderStore
  readonly ladderStore: LadderStore
  readonly view: OrderView
  readonly incidents: IncidentService
  readonly nodes: OrderNodes
  readonly papers: OrderPapers
  readonly names: Names
  readonly numbers: Numbering
  readonly bases: Pick<LegalBases, 'require'>
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  /** Whether what this node issues is invented (demonstration). */
  readonly simulated: boolean
}

/** Ladders told in one transaction. */
const toldAtOnce = 200

/** Issuing: an order comes into being with a ladder for each addressee. */
export class IssueService {
  readonly #parts: IssueParts

  constructor(parts: IssueParts) {
    this.#parts = parts
  }

  /**
   * Issues an order in the name of the caller's organisation. Who has no node of its own is told at once, of
   * many the first ones; `deliver` tells the others. The same `request_id` again answers the order issued
   * before. Throws Problem order.due-past, order.indicator-invalid, order.basis-ended, number.no-series, request.invalid, organisation.not-found,
   * incident.not-found, incident.illegal-transition (the incident is finished), document.too-large.
   */
  async issue(tx: Tx, caller: Caller, asked: OrderDraft): Promise<Order> {
    const { store, ladderStore, journal, clock, newId } = this.#parts
    const issued = await this.#before(tx, caller, asked)
    if (issued) return this.#shown(tx, caller, issued.id)
    const { incident, names, draft, bases } = await this.requireIssuable(tx, asked)
    const order: OrderFacts = {
      id: newId('order'),
      ...factsOf(draft),
      bases,
      organisation_id: caller.organisation_id,
      organisation_name: await this.#nameOf(tx, caller.organisation_id),
      remote: false,
      number: await this.#parts.numbers.next(tx, draft.kind, caller.organisation_id),
      state: 'issued',
      withdrawal: null,
      simulated: this.#parts.simulated || incident?.simulated === true,
      issued_by_name: caller.scope.actor.name,
      issued_at: clock.iso(),
      updated_at: clock.iso(),
      closed_at: null,
      version: 1,
      request_id: draft.request_id ?? null,
    }
    const addressees = await this.#addressees(tx, order, draft, names)
    await store.add(tx, order)
    await ladderStore.add(tx, addressees)
    await ladderStore.addEntries(
      tx,
      addressees.map((one) => this.#issued(one, order)),
    )
    await this.#parts.papers.issue(tx, caller, order, addressees)
    await journal.append(tx, {
      type: 'order.issued',
      organisation_id: order.organisation_id,
      tlp_rank: order.tlp_rank,
      actor: caller.scope.actor,
      authority: 'order.issue',
      subject: order.id,
      related: order.incident_id ? [order.incident_id] : [],
      after: { ...order, ...named(addressees) },
    })
    const here = addressees.filter(({ over_link }) => !over_link)
    await this.#tell(tx, here.slice(0, toldAtOnce))
    return this.#shown(tx, caller, order.id)
  }

  /**
   * Tells addressees who read this portal and were not told yet, some at a time: what a kill leaves is told
   * by the next call. Answers how many were told.
   */
  deliver(): Promise<number> {
    return this.#parts.database.transact(systemScope, async (tx) => {
      const ladders = await this.#parts.ladderStore.undelivered(tx, toldAtOnce)
      await this.#tell(tx, ladders)
      return ladders.length
    })
  }

  /** The incident of a draft, the names of its addressees, and itself as it would be kept. Throws as `issue` does. */
  async requireIssuable(tx: Tx, asked: OrderDraft) {
    const { clock, incidents, names } = this.#parts
    const bases = await this.#parts.bases.require(tx, asked.kind, asked.bases ?? [])
    const draft = requireIssuable(withBases(asked, bases), clock.now())
    const incident = draft.incident_id ? await incidents.requireOpen(tx, draft.incident_id) : null
    const ids = draft.addressees.map(({ organisation_id }) => organisation_id)
    const known = await names.organisations(tx, ids)
    const unknown = ids.find((id) => !known.has(id))
    if (unknown !== undefined) throw new Problem('organisation.not-found', unknown)
    return { incident, names: known, draft, bases }
  }

  /** What the caller issued by the same act of its naming. */
  async #before(tx: Tx, caller: Caller, { request_id }: OrderDraft): Promise<OrderRow | undefined> {
    if (request_id === undefined) return undefined
    return this.#parts.store.byRequest(tx, caller.organisation_id, request_id)
  }

  async #nameOf(tx: Tx, id: string): Promise<string> {
    const name = (await this.#parts.names.organisations(tx, [id])).get(id)
    if (name === undefined) throw new Problem('organisation.not-found', id)
    return name
  }

  async #addressees(
    tx: Tx,
    order: OrderFacts,
    draft: OrderDraft,
    names: ReadonlyMap<string, string>,
  ): Promise<AddresseeRow[]> {
    const ids = draft.addressees.map(({ organisation_id }) => organisation_id)
    const nodes = await this.#parts.nodes.nodesOf(tx, ids)
    return draft.addressees.map(({ organisation_id, role, indicators = {} }) => ({
      order_id: order.id,
      organisation_id,
      organisation_name: names.get(organisation_id) ?? '',
      issuer_id: order.organisation_id,
      tlp_rank: order.tlp_rank,
      role,
      step: 'issued',
      due_at: role === 'for_information' ? null : order.report_due_at,
      overdue: false,
      over_link: nodes.has(organisation_id),
      version: order.version,
      indicators,
      withdrawn_at: null,
      withdrawal: '',
      reminded_at: null,
    }))
  }

  #issued(ladder: AddresseeRow, order: OrderFacts): EntryRow {
    const { issued_by_name, issued_at } = order
    const said = { step: 'issued', via: 'portal', actor_name: issued_by_name } as const
    return { ...this.#silent(ladder), ...said, time: issued_at }
  }

  #silent(ladder: AddresseeRow) {
    const { order_id, organisation_id, issuer_id, tlp_rank, version } = ladder
    const place = { order_id, organisation_id, issuer_id, tlp_rank, version }
    return { ...place, id: this.#parts.newId('step'), note: '', results: [], evidence: [] }
  }

  /** Tells addressees who read this portal: an entry of their own, which their live screens see. */
  async #tell(tx: Tx, ladders: readonly AddresseeRow[]): Promise<void> {
    const { ladderStore, journal, clock } = this.#parts
    const said = { step: 'delivered', via: 'system', actor_name: systemScope.actor.name } as const
    for (const ladder of ladders) {
      const entry = { ...this.#silent(ladder), ...said, time: clock.iso() }
      await ladderStore.addEntries(tx, [entry])
      await ladderStore.replace(tx, { ...ladder, step: 'delivered' })
      await journal.append(tx, {
        type: 'order.stepped',
        organisation_id: ladder.organisation_id,
        tlp_rank: ladder.tlp_rank,
        actor: systemScope.actor,
        authority: 'system',
        subject: ladder.order_id,
        related: [ladder.issuer_id],
        after: {
          organisation_id: ladder.organisation_id,
          organisation_name: ladder.organisation_name,
          step: 'delivered',
          via: 'system',
          entries: [entry.id],
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

/** Of many addressees the journal keeps how many there are and a hash of their list. */
function named(addressees: readonly AddresseeRow[]) {
  const ids = addressees.map(({ organisation_id }) => organisation_id)
  const list = createHash('sha256').update(ids.toSorted().join('\n')).digest('hex')
  const few = addressees.length <= toldAtOnce ? { addressees } : {}
  return { ...few, addressee_count: ids.length, addressees_sha256: list }
}

function factsOf(
  draft: OrderDraft,
): Pick<OrderRow, Exclude<keyof OrderRow & keyof OrderDraft, 'request_id' | 'bases'> | 'tlp_rank'> {
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
