import { LadderStore } from '@haidang/centre/modules/orders/ladder-store'
import { OrderStore } from '@haidang/centre/modules/orders/order-store'
import { OrderView } from '@haidang/centre/modules/orders/order-view'
import { systemClock } from '@haidang/runtime/clock'
import { type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { openCentreDatabase } from './centre-database.ts'
import { type Figure, p95 } from './figure.ts'

const orders = 10
const addressees = 10_000
const repeats = 20
const most = 300

const filters: Readonly<Record<string, string>> = {
  none: '',
  late: 'overdue:true',
  step: 'step:disputed or step:completed',
  name: '"don vi 07321"',
}
const readers: Readonly<Record<string, Scope>> = {
  node: { ...systemScope, clearance: 4 },
  issuer: { ...systemScope, organisations: ['org_issuer'], clearance: 4 },
  addressee: { ...systemScope, organisations: ['org_7321'], clearance: 4 },
}

/** The matrix of ten orders to 10,000 addressees each, the list of orders and one order, as three readers see them. */
export async function* figures(): AsyncIterable<Figure> {
  await using centre = await openCentreDatabase()
  const { database } = centre
  await database.transact(systemScope, fill)
  const store = new OrderStore()
  const view = new OrderView(new LadderStore())
  for (const [who, scope] of Object.entries(readers)) {
    const ask = async (name: string, work: (tx: Tx) => Promise<unknown>) => {
      const value = await p95(repeats, () => database.transact(scope, work))
      if (value > most) console.error(`orders.${name}.${who}: ${value} ms are over ${most}`)
      return { name: `orders.${name}.${who}`, value, unit: 'ms p95', median_of: repeats }
    }
    for (const [name, filter] of Object.entries(filters)) {
      yield await ask(`matrix.${name}`, (tx) => view.lines(tx, 'ord_3', { limit: 100, filter }))
    }
    yield await ask('list', async (tx) => {
      const { items } = await store.list(tx, { limit: 50 })
      return view.orders(tx, items, 'org_issuer')
    })
    yield await ask('one', async (tx) => {
      const row = await store.get(tx, 'ord_3')
      return row && view.orders(tx, [row], 'org_issuer')
    })
  }
}

/** Ladders at every step, a tenth of them late, each with the entries up to where it stands. */
async function fill(tx: Tx): Promise<void> {
  const now = systemClock.iso()
  await tx.execute(sql`
    insert into coordination_order (id, organisation_id, organisation_name, tlp_rank, remote, number, kind,
      urgency, title, situation, actions, legal_basis, state, simulated, issued_by_name, issued_at, updated_at,
      folded)
    select 'ord_' || n, 'org_issuer', 'Trung tâm', 2, false, 'LĐP-2026-' || n, 'order', 'urgent', 'Lệnh ' || n,
      'Tình hình', '[]', '[]', 'issued', true, 'A', ${now}::timestamptz, ${now}::timestamptz, 'lenh ' || n
    from generate_series(1, ${orders}) n`)
  await tx.execute(sql`
    insert into order_addressee (order_id, organisation_id, organisation_name, issuer_id, tlp_rank, role, step,
      due_at, overdue, over_link)
    select 'ord_' || o, 'org_' || n, 'Đơn vị ' || lpad(n::text, 5, '0'), 'org_issuer', 2, 'lead',
      (array['delivered','read','accepted','disputed','acting','completed','verified','closed'])[1 + n % 8],
      ${now}::timestamptz, n % 10 = 0 and n % 8 < 5, false
    from generate_series(1, ${orders}) o, generate_series(1, ${addressees}) n`)
  await tx.execute(sql`
    insert into order_entry (id, order_id, organisation_id, issuer_id, tlp_rank, step, time, actor_name, via,
      note, results, evidence)
    select 'stp_' || o || '_' || n || '_' || s, 'ord_' || o, 'org_' || n, 'org_issuer', 2,
      (array['issued','delivered','read','accepted','acting','completed','verified','closed'])[s],
      ${now}::timestamptz, 'A', 'portal', '', '[]', '[]'
    from generate_series(1, ${orders}) o, generate_series(1, ${addressees}) n, generate_series(1, 2 + n % 7) s`)
}
