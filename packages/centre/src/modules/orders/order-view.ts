import {
  type Addressee,
  type LadderEntry,
  type LadderLine,
  mostLaddersShown,
  type Order,
  type OrderTally,
} from '@haidang/contracts/order'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import type { LadderStore } from './ladder-store.ts'
import { tallyOf } from './order.ts'
import type { AddresseeRow, EntryRow, OrderRow } from './order-tables.ts'

/** Orders and their ladders as screens show them, as far as the reader may see. */
export class OrderView {
  readonly #ladders: LadderStore

  constructor(ladders: LadderStore) {
    this.#ladders = ladders
  }

  /** Orders as an organisation reads them, each with its first ladders. */
  async orders(tx: Tx, rows: readonly OrderRow[], readerId: string): Promise<Order[]> {
    const ids = rows.map(({ id }) => id)
    const first = await this.#ladders.first(tx, ids, readerId, mostLaddersShown)
    const entries = Map.groupBy(await this.#ladders.entries(tx, first), ladderOf)
    const ladders = Map.groupBy(first, (one) => one.order_id)
    const tallies = await this.#ladders.tallies(tx, ids)
    return rows.map((row) => {
      const addressees = (ladders.get(row.id) ?? [])
        .slice(0, mostLaddersShown)
        .map((one) => addresseeOf(one, entries.get(ladderOf(one)) ?? []))
      return orderOf(row, addressees, tallies.get(row.id) ?? tallyOf([]), readerId)
    })
  }

  /** One page of an order's ladders, each with the marks of its rungs, and how many there are. */
  async lines(tx: Tx, orderId: string, query: PageQuery): Promise<Page<LadderLine>> {
    const { items, next } = await this.#ladders.list(tx, orderId, query)
    const marks = Map.groupBy(await this.#ladders.marks(tx, items), ladderOf)
    return {
      items: items.map((row) => {
        const { indicators: _, ...line } = addresseeOf(row, [])
        return { ...line, entries: marks.get(ladderOf(row)) ?? [] }
      }),
      next,
      total: await this.#ladders.count(tx, orderId, query.filter),
    }
  }

  /** One ladder with all that was said on it. */
  async ladder(tx: Tx, row: AddresseeRow): Promise<Addressee> {
    return addresseeOf(row, await this.#ladders.entries(tx, [row]))
  }
}

/** An entry as it stands on a ladder and travels in an envelope. */
export function entryOf(row: EntryRow): LadderEntry {
  const { id, step, time, actor_name, via, note, results, evidence, version } = row
  const { help = false, proof = null } = row
  return { id, step, time, actor_name, via, note, results, evidence, version, help, proof }
}

function ladderOf(row: { readonly order_id: string; readonly organisation_id: string }): string {
  return `${row.order_id} ${row.organisation_id}`
}

function addresseeOf(row: AddresseeRow, entries: readonly EntryRow[]): Addressee {
  const { order_id: _, issuer_id: __, tlp_rank: ___, ...addressee } = row
  return { ...addressee, entries: entries.map(entryOf) }
}

function orderOf(
  row: OrderRow,
  addressees: Addressee[],
  tally: OrderTally,
  readerId: string,
): Order {
  const { organisation_id, organisation_name, tlp_rank, withdrawal, ...rest } = row
  const { remote: _, folded: __, request_id: ___, ...order } = rest
  const own = addressees.find((one) => one.organisation_id === readerId)
  const isIssuer = organisation_id === readerId
  return {
    ...order,
    actions: isIssuer || !own ? order.actions : ownActions(order, own),
    issuer_id: organisation_id,
    issuer_name: organisation_name,
    tlp: tlpOf(tlp_rank),
    mine: isIssuer ? 'issuer' : own ? 'addressee' : 'observer',
    tally,
    addressees,
    ...(withdrawal === null ? {} : { withdrawal }),
  }
}

/** What is asked, with the addressee's own indicators where each owner gets its own. */
export function ownActions(
  { actions }: Pick<OrderRow, 'actions'>,
  { indicators }: Pick<Addressee, 'indicators'>,
): OrderRow['actions'] {
  return actions.map(({ by_owner, ...action }) =>
    by_owner ? { ...action, indicators: indicators[action.id] ?? [] } : action,
  )
}
