import type { Addressee, LadderLine, Order } from '@haidang/contracts/order'
import type { RemindedMany } from '@haidang/contracts/order-matrix-api'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { SheetFormat } from '@haidang/contracts/sheet-import'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import { ladderColumns } from '../../sheets/order-sheet.ts'
import { sheetRows } from '../../sheets/sheet-rows.ts'
import type { LadderService } from './ladder-service.ts'
import type { LadderStore } from './ladder-store.ts'
import { isAnswered } from './order.ts'
import type { OrderStore } from './order-store.ts'
import type { AddresseeRow, OrderRow } from './order-tables.ts'
import type { OrderView } from './order-view.ts'

interface MatrixParts {
  readonly database: Database
  readonly store: OrderStore
  readonly ladderStore: LadderStore
  readonly ladders: LadderService
  readonly view: OrderView
  readonly journal: Journal
  readonly clock: Clock
}

const linesAtOnce = 500
/** Milliseconds between two reminders. */
const quiet = 3_600_000

/** The matrix of an order: its ladders page by page and as a sheet, and what the issuer does with some of them. */
export class MatrixService {
  readonly #parts: MatrixParts

  constructor(parts: MatrixParts) {
    this.#parts = parts
  }

  /** Throws Problem order.not-found. */
  addressees(caller: Caller, id: string, query: PageQuery): Promise<Page<LadderLine>> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      await this.#require(tx, id)
      return this.#parts.view.lines(tx, id, query)
    })
  }

  /** Throws Problem order.not-found, also where the caller may not know of the ladder. */
  ladder(caller: Caller, id: string, organisation_id: string): Promise<Addressee> {
    const { database, ladderStore, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await ladderStore.get(tx, { order_id: id, organisation_id })
      if (!row) throw new Problem('order.not-found')
      return view.ladder(tx, row)
    })
  }

  /** What a filter finds, one line for each addressee. Throws Problem order.not-found. */
  sheet(
    caller: Caller,
    id: string,
    query: { readonly format: SheetFormat; readonly filter?: string | undefined },
  ): Promise<Uint8Array> {
    const { database, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await this.#require(tx, id)
      const { filter } = query
      const rows = await sheetRows(ladderColumns, caller.language, (cursor) =>
        view.lines(tx, id, { limit: linesAtOnce, filter, cursor }),
      )
      return writeSheet(rows, query.format)
    })
  }

  /** Reminds those who owe an answer, each at most once an hour. Throws Problem order.not-found, order.not-yours. */
  remind(
    caller: Caller,
    id: string,
    { organisations, note }: { readonly organisations: readonly string[]; readonly note: string },
  ): Promise<RemindedMany> {
    const { database, ladderStore, journal, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const order = await this.#lockOwn(tx, caller, id)
      const answer: RemindedMany = { done: [], skipped: [] }
      const since = isoOf(clock.now() - quiet)
      for (const ladder of await ladderStore.some(tx, id, organisations)) {
        const { organisation_id, tlp_rank } = ladder
        if (!owes(ladder) || (ladder.reminded_at ?? '') > since) {
          answer.skipped.push(organisation_id)
          continue
        }
        await ladderStore.replace(tx, { ...ladder, reminded_at: clock.iso() })
        await journal.append(tx, {
          type: 'order.reminded',
          organisation_id,
          tlp_rank,
          actor: caller.scope.actor,
          authority: 'order.issue',
          subject: id,
          related: [order.organisation_id],
          reason: note,
          after: this.#told(ladder),
        })
        answer.done.push(organisation_id)
      }
      return answer
    })
  }

  /**
   * Withdraws an order for one addressee; for the others it holds. Throws Problem order.not-found,
   * order.not-yours, order.withdrawn, order.closed.
   */
  release(
    caller: Caller,
    { id, organisation }: { readonly id: string; readonly organisation: string },
    reason: string,
  ): Promise<Order> {
    const { database, ladderStore, ladders, journal, clock, view, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const order = await this.#lockOwn(tx, caller, id)
      const ladder = await ladderStore.get(tx, { order_id: id, organisation_id: organisation })
      if (!ladder) throw new Problem('order.not-yours', 'this organisation is no addressee')
      if (ladder.withdrawn_at) throw new Problem('order.withdrawn', ladder.withdrawal)
      if (ladder.step === 'closed') throw new Problem('order.closed')
      const withdrawn_at = clock.iso()
      await ladderStore.replace(tx, { ...ladder, withdrawn_at, withdrawal: reason, overdue: false })
      await ladders.settle(tx, order, true)
      await journal.append(tx, {
        type: 'order.released',
        organisation_id: ladder.organisation_id,
        tlp_rank: ladder.tlp_rank,
        actor: caller.scope.actor,
        authority: 'order.issue',
        subject: id,
        related: [order.organisation_id],
        reason,
        before: { step: ladder.step },
        after: this.#told(ladder),
      })
      const row = await store.get(tx, id)
      const [shown] = row ? await view.orders(tx, [row], caller.organisation_id) : []
      if (!shown) throw new Problem('order.not-found')
      return shown
    })
  }

  #told({ organisation_id, organisation_name, step, over_link }: AddresseeRow) {
    return { organisation_id, organisation_name, step, over_link }
  }

  async #require(tx: Tx, id: string): Promise<OrderRow> {
    const order = await this.#parts.store.get(tx, id)
    if (!order) throw new Problem('order.not-found')
    return order
  }

  async #lockOwn(tx: Tx, caller: Caller, id: string): Promise<OrderRow> {
    const order = await this.#parts.store.lock(tx, id)
    if (!order) throw new Problem('order.not-found')
    if (order.organisation_id !== caller.organisation_id || order.remote) {
      throw new Problem('order.not-yours')
    }
    if (order.state === 'withdrawn') throw new Problem('order.withdrawn', order.withdrawal ?? '')
    if (order.state === 'closed') throw new Problem('order.closed')
    return order
  }
}

function owes({ withdrawn_at, step, role }: AddresseeRow): boolean {
  return withdrawn_at === null && role !== 'for_information' && !isAnswered(step)
}
