import type { EvidenceFile, Order } from '@haidang/contracts/order'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Payload } from '../../payload/payload.ts'
import { readIndicators } from '../../payload/write-payload.ts'
import type { EvidenceService } from '../evidence/evidence-service.ts'
import type { OrderPapers } from './issue-service.ts'
import type { LadderStore } from './ladder-store.ts'
import type { OrderStore } from './order-store.ts'
import type { OrderView } from './order-view.ts'

export interface OrderParts {
  readonly database: Database
  readonly store: OrderStore
  readonly ladderStore: LadderStore
  readonly view: OrderView
  readonly evidence: EvidenceService
  readonly papers: Pick<OrderPapers, 'withdraw'>
  readonly journal: Journal
  readonly clock: Clock
}

/** Coordination orders: read, withdrawn, proved by files, watched for deadlines. */
export class OrderService {
  readonly #parts: OrderParts

  constructor(parts: OrderParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Order>> {
    const { database, store, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: await view.orders(tx, items, caller.organisation_id), next }
    })
  }

  /** Throws Problem order.not-found, also where the caller may not know of it. */
  get(caller: Caller, id: string): Promise<Order> {
    return this.#parts.database.transact(caller.scope, (tx) => this.#shown(tx, caller, id))
  }

  /** Withdraws an order in force. Throws Problem order.not-found, order.not-yours, order.withdrawn, order.closed. */
  withdraw(caller: Caller, id: string, reason: string): Promise<Order> {
    const { database, store, journal, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const order = await store.lock(tx, id)
      if (!order) throw new Problem('order.not-found')
      if (order.organisation_id !== caller.organisation_id || order.remote) {
        throw new Problem('order.not-yours')
      }
      if (order.state === 'withdrawn') throw new Problem('order.withdrawn', order.withdrawal ?? '')
      if (order.state === 'closed') throw new Problem('order.closed')
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
        organisation_id: order.organisation_id,
        tlp_rank: order.tlp_rank,
        actor: caller.scope.actor,
        authority: 'order.issue',
        subject: order.id,
        related: order.incident_id ? [order.incident_id] : [],
        reason,
        before: { state: order.state },
        after: { state: 'withdrawn' },
      })
      await this.#parts.papers.withdraw(tx, caller, id, reason)
      return this.#shown(tx, caller, id)
    })
  }

  /** Stores a file to name in an answer. Throws Problem order.not-found, order.not-yours, request.too-large. */
  attach(
    caller: Caller,
    id: string,
    file: { name: string; media_type: string; content: string },
  ): Promise<EvidenceFile> {
    const { database, store, ladderStore, evidence } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const order = await store.get(tx, id)
      if (!order) throw new Problem('order.not-found')
      const place = { order_id: id, organisation_id: caller.organisation_id }
      if (!(await ladderStore.get(tx, place))) throw new Problem('order.not-yours')
      const belonging = {
        organisation_id: caller.organisation_id,
        shared_with: order.organisation_id,
        tlp_rank: order.tlp_rank,
        subject: id,
      }
      const bytes = Buffer.from(file.content, 'base64')
      const { name, media_type } = file
      return evidence.store(tx, caller.scope.actor, belonging, { name, media_type, bytes })
    })
  }

  /** A file of an order with its content, base64. Throws Problem order.not-found, evidence.not-found. */
  readEvidence(
    caller: Caller,
    id: string,
    fileId: string,
  ): Promise<EvidenceFile & { content: string }> {
    const { database, store, evidence } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      if (!(await store.get(tx, id))) throw new Problem('order.not-found')
      const { file, bytes } = await evidence.read(tx, id, fileId)
      return { ...file, content: Buffer.from(bytes).toString('base64') }
    })
  }

  /**
   * What one action tells devices: to the issuer all of it, to an addressee its own; nothing any more where
   * it was withdrawn. Throws Problem order.not-found, order.action-not-found.
   */
  payload(caller: Caller, id: string, actionId: string): Promise<Payload> {
    const { database, store, ladderStore, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await store.get(tx, id)
      const [order] = row ? await view.orders(tx, [row], caller.organisation_id) : []
      if (!order) throw new Problem('order.not-found')
      const action = order.actions.find((one) => one.id === actionId)
      if (!action) throw new Problem('order.action-not-found', actionId)
      const own = order.addressees.find((one) => one.organisation_id === caller.organisation_id)
      const isWithdrawn = order.state === 'withdrawn' || (own?.withdrawn_at ?? null) !== null
      const texts = action.by_owner
        ? await ladderStore.ownIndicators(tx, id, actionId)
        : action.indicators
      const { number, version, issuer_id, issuer_name, issued_at, updated_at, tlp, simulated } =
        order
      return {
        order_id: id,
        number,
        version,
        issuer_id,
        issuer_name,
        issued_at,
        updated_at,
        tlp,
        simulated,
        action_id: actionId,
        action_kind: action.kind,
        due_at: action.due_at,
        indicators: isWithdrawn ? [] : readIndicators(texts),
      }
    })
  }

  /** Marks ladders whose deadline has passed unanswered, each with a journal entry; answers how many. */
  markOverdue(): Promise<number> {
    const { database, ladderStore, journal, clock } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const late = await ladderStore.markOverdue(tx, clock.iso())
      for (const ladder of late) {
        await journal.append(tx, {
          type: 'order.overdue',
          organisation_id: ladder.organisation_id,
          tlp_rank: ladder.tlp_rank,
          actor: systemScope.actor,
          authority: 'system',
          subject: ladder.order_id,
          related: [ladder.issuer_id],
          after: {
            organisation_id: ladder.organisation_id,
            organisation_name: ladder.organisation_name,
            step: ladder.step,
            due_at: ladder.due_at,
          },
        })
      }
      return late.length
    })
  }

  /** What the watch floor shows of orders: in force, late, and those that wait for the reader's organisation. */
  async overview(tx: Tx, readerId: string) {
    const { store, view } = this.#parts
    const { open, overdue } = await store.openCounts(tx)
    const waiting = await store.waitingFor(tx, readerId, 20)
    return {
      orders_open: open,
      orders_overdue: overdue,
      orders_waiting: await view.orders(tx, waiting, readerId),
    }
  }

  async #shown(tx: Tx, caller: Caller, id: string): Promise<Order> {
    const row = await this.#parts.store.get(tx, id)
    const [order] = row ? await this.#parts.view.orders(tx, [row], caller.organisation_id) : []
    if (!order) throw new Problem('order.not-found')
    return order
  }
}
