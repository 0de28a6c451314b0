import { millisecondsOf } from '@haidang/contracts/instant'
import type { Order } from '@haidang/contracts/order'
import type { OrderChanged } from '@haidang/contracts/order-envelope'
import type { Amendment, OrderVersion } from '@haidang/contracts/order-matrix-api'
import type { Caller } from '@haidang/runtime/caller'
import { canonicalJson } from '@haidang/runtime/canonical-json'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { requireActions } from '../../payload/required-actions.ts'
import type { OrderPapers } from './issue-service.ts'
import type { LadderStore } from './ladder-store.ts'
import type { OrderStore } from './order-store.ts'
import type { AddresseeRow, EntryRow, OrderRow } from './order-tables.ts'
import type { OrderView } from './order-view.ts'

interface AmendmentParts {
  readonly database: Database
  readonly store: OrderStore
  readonly ladderStore: LadderStore
  readonly view: OrderView
  readonly papers: OrderPapers
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

/** What of an order may change. */
const changeable = [
  'urgency',
  'title',
  'situation',
  'actions',
  'legal_basis',
  'report_due_at',
] as const

/** Changes of what an order asks: a new version, read and answered anew; what was said to the former ones is kept. */
export class AmendmentService {
  readonly #parts: AmendmentParts

  constructor(parts: AmendmentParts) {
    this.#parts = parts
  }

  /**
   * Replaces the version in force. Throws Problem order.not-found, order.not-yours, order.withdrawn,
   * order.closed, order.replaced (somebody changed it meanwhile), order.unchanged, order.due-past,
   * order.indicator-invalid, request.invalid.
   */
  amend(caller: Caller, id: string, { version, reason, ...change }: Amendment): Promise<Order> {
    const { database, store, view, papers, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const order = await store.lock(tx, id)
      if (!order) throw new Problem('order.not-found')
      requireAmendable(order, caller, version)
      const after = changed(order, change, clock.now())
      if (isSame(order, after)) throw new Problem('order.unchanged')
      const actor_name = caller.scope.actor.name
      const said = { version: order.version + 1, reason, actor_name }
      const ladders = await this.#replace(tx, order, after, said)
      await this.#parts.ladderStore.addEntries(
        tx,
        ladders.map((ladder) => ({
          ...this.#silent(ladder, said.version),
          step: 'issued',
          via: 'portal',
          actor_name,
          time: clock.iso(),
        })),
      )
      // What was signed before is no longer what is asked: a document follows it.
      await papers.withdraw(tx, caller, id, reason)
      await papers.issue(tx, caller, { ...after, version: said.version }, ladders)
      await this.#parts.journal.append(tx, {
        type: 'order.changed',
        organisation_id: order.organisation_id,
        tlp_rank: order.tlp_rank,
        actor: caller.scope.actor,
        authority: 'order.issue',
        subject: id,
        related: order.incident_id ? [order.incident_id] : [],
        reason,
        before: { ...facts(order), version: order.version },
        after: { ...facts(after), version: said.version, ladders: ladders.length },
      })
      const row = await store.get(tx, id)
      const [shown] = row ? await view.orders(tx, [row], caller.organisation_id) : []
      if (!shown) throw new Problem('order.not-found')
      return shown
    })
  }

  /** What an order said before. Throws Problem order.not-found. */
  versions(caller: Caller, id: string): Promise<{ items: OrderVersion[] }> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      if (!(await store.get(tx, id))) throw new Problem('order.not-found')
      return { items: await store.versions(tx, id) }
    })
  }

  /**
   * Takes in what the parent changed of an order it issued to this node's organisation; a version known
   * already changes nothing. `home` is this node's organisation.
   */
  async receive(tx: Tx, order: OrderRow, home: string, said: OrderChanged): Promise<void> {
    if (said.version <= order.version) return
    const { clock, journal, ladderStore, newId } = this.#parts
    const { reason, time, actor_name, version } = said
    const after = { ...order, ...facts(said) }
    const [ladder] = await this.#replace(tx, order, after, { version, reason, actor_name })
    if (!ladder) return
    const issued: EntryRow = {
      ...this.#silent(ladder, version),
      step: 'issued',
      via: 'link',
      actor_name,
      time,
    }
    const delivered: EntryRow = {
      ...this.#silent(ladder, version),
      id: newId('step'),
      step: 'delivered',
      via: 'system',
      time: clock.iso(),
      actor_name: systemScope.actor.name,
    }
    await ladderStore.addEntries(tx, [issued, delivered])
    const { due_at } = (await ladderStore.get(tx, ladder)) ?? ladder
    await ladderStore.replace(tx, { ...ladder, step: 'delivered', version, due_at, overdue: false })
    await journal.append(tx, {
      type: 'order.changed',
      organisation_id: home,
      tlp_rank: order.tlp_rank,
      actor: { id: order.organisation_id, name: actor_name },
      authority: 'link',
      subject: order.id,
      related: [order.organisation_id],
      reason,
      before: { ...facts(order), version: order.version },
      after: { ...facts(after), version, via: 'system', entries: [delivered.id] },
    })
  }

  /** Keeps the version in force, puts the new one in its place; answers the ladders that begin anew. */
  async #replace(
    tx: Tx,
    order: OrderRow,
    after: OrderRow,
    said: { readonly version: number; readonly reason: string; readonly actor_name: string },
  ): Promise<AddresseeRow[]> {
    const { store, ladderStore, clock } = this.#parts
    const { id: order_id, version, organisation_id } = order
    const { reason, actor_name } = said
    const kept = { order_id, version, organisation_id, reason, actor_name, time: clock.iso() }
    await store.addVersion(tx, { ...facts(order), ...kept })
    // What is no longer cited does not stand as if it were.
    const bases = after.bases.filter(({ text }) => after.legal_basis.includes(text))
    const replaced = { ...after, bases, version: said.version, updated_at: clock.iso() }
    await store.replace(tx, replaced)
    return ladderStore.restart(tx, replaced)
  }

  #silent(ladder: AddresseeRow, version: number) {
    const { order_id, organisation_id, issuer_id, tlp_rank } = ladder
    const place = { order_id, organisation_id, issuer_id, tlp_rank, version }
    return { ...place, id: this.#parts.newId('step'), note: '', results: [], evidence: [] }
  }
}

function requireAmendable(order: OrderRow, caller: Caller, version: number): void {
  if (order.organisation_id !== caller.organisation_id || order.remote) {
    throw new Problem('order.not-yours')
  }
  if (order.state === 'withdrawn') throw new Problem('order.withdrawn', order.withdrawal ?? '')
  if (order.state === 'closed') throw new Problem('order.closed')
  if (order.version !== version) {
    throw new Problem('order.replaced', `version ${order.version} is in force, not ${version}`)
  }
}

/** The order with a change; what becomes due anew must lie in the future. */
function changed(
  order: OrderRow,
  { report_due_at, ...change }: Omit<Amendment, 'version' | 'reason'>,
  now: number,
): OrderRow {
  const due = report_due_at ? isoOf(millisecondsOf(report_due_at)) : order.report_due_at
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  const after: OrderRow = { ...order, ...Object.fromEntries(given), report_due_at: due }
  const dues = [...(report_due_at ? [due] : []), ...(change.actions ?? []).map((one) => one.due_at)]
  for (const one of dues) {
    if (one !== null && millisecondsOf(one) <= now) throw new Problem('order.due-past', one)
  }
  const actions = requireActions(after.actions)
  return {
    ...after,
    actions: actions.map((one) => (one.by_owner ? { ...one, indicators: [] } : one)),
  }
}

type Facts = Pick<OrderRow, (typeof changeable)[number]>

function facts(order: Facts): Facts {
  const { urgency, title, situation, actions, legal_basis, report_due_at } = order
  return { urgency, title, situation, actions, legal_basis, report_due_at }
}

function isSame(before: Facts, after: Facts): boolean {
  return canonicalJson(facts(before)) === canonicalJson(facts(after))
}
