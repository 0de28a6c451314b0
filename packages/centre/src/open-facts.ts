import type { Tx } from '@haidang/runtime/database/database'
import type { IncidentStore } from './modules/incidents/incident-store.ts'
import type { OrderStore } from './modules/orders/order-store.ts'
import type { OpenFact } from './modules/settings/regulation-effect.ts'

const most = 1000

/** What is open and starts deadlines: incidents not finished, orders delivered and not answered; the newest of each. */
export async function openFacts(
  tx: Tx,
  incidents: IncidentStore,
  orders: OrderStore,
): Promise<{ facts: OpenFact[]; open: number }> {
  const { count, newest } = await incidents.open(tx, most)
  const delivered = await orders.delivered(tx, most)
  const facts = [
    ...newest.map(
      ({ id, number, detected_at, grade }): OpenFact => ({
        subject: id,
        label: number,
        trigger: 'incident.detected',
        from: detected_at,
        grade,
      }),
    ),
    ...delivered.map(
      (one): OpenFact => ({
        subject: one.order_id,
        label: `${one.number} · ${one.organisation_name}`,
        trigger: 'order.delivered',
        from: one.delivered_at,
      }),
    ),
  ]
  return { facts, open: count + delivered.length }
}
