import type { Addressee, LadderEntry, Order } from '@haidang/contracts/order'
import { Tlp } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import type { OrderStore } from './order-store.ts'
import type { AddresseeRow, EntryRow, OrderRow } from './order-tables.ts'

/** Orders as screens show them: with the ladders the reader may see. */
export class OrderView {
  readonly #store: OrderStore

  constructor(store: OrderStore) {
    this.#store = store
  }

  /** Orders as an organisation reads them. */
  async orders(tx: Tx, rows: readonly OrderRow[], readerId: string): Promise<Order[]> {
    const ids = rows.map(({ id }) => id)
    const addressees = Map.groupBy(await this.#store.addressees(tx, ids), (one) => one.order_id)
    const entries = Map.groupBy(await this.#store.entries(tx, ids), ladderOf)
    return rows.map((row) => {
      const ladders = (addressees.get(row.id) ?? []).map((one) =>
        addresseeOf(one, entries.get(ladderOf(one)) ?? []),
      )
      return { ...orderOf(row), mine: standingOf(row, ladders, readerId), addressees: ladders }
    })
  }
}

/** An entry as it stands on a ladder and travels in an envelope. */
export function entryOf(row: EntryRow): LadderEntry {
  const { id, step, time, actor_name, via, note, results, evidence } = row
  return { id, step, time, actor_name, via, note, results, evidence }
}

function ladderOf(row: { readonly order_id: string; readonly organisation_id: string }): string {
  return `${row.order_id} ${row.organisation_id}`
}

function addresseeOf(row: AddresseeRow, entries: readonly EntryRow[]): Addressee {
  const { order_id: _, issuer_id: __, tlp_rank: ___, ...addressee } = row
  return { ...addressee, entries: entries.map(entryOf) }
}

function orderOf(row: OrderRow): Omit<Order, 'mine' | 'addressees'> {
  const { organisation_id, organisation_name, tlp_rank, withdrawal, ...rest } = row
  const { remote: _, folded: __, ...order } = rest
  return {
    ...order,
    issuer_id: organisation_id,
    issuer_name: organisation_name,
    tlp: Tlp.options[tlp_rank] ?? 'red',
    ...(withdrawal === null ? {} : { withdrawal }),
  }
}

function standingOf(row: OrderRow, ladders: readonly Addressee[], readerId: string): Order['mine'] {
  if (row.organisation_id === readerId) return 'issuer'
  const addressed = ladders.some(({ organisation_id }) => organisation_id === readerId)
  return addressed ? 'addressee' : 'observer'
}
