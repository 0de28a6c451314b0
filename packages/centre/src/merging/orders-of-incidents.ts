import type { Tx } from '@haidang/runtime/database/database'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { IncidentOrders } from '../modules/incidents/incident-orders.ts'
import { coordinationOrder, type OrderRow } from '../modules/orders/order-tables.ts'

/** Orders by the incident they hang on, always inside a given transaction and so inside its scope. */
export class OrdersOfIncidents implements IncidentOrders {
  /** How many orders each incident has. */
  async countByIncident(
    tx: Tx,
    incidents: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    if (incidents.length === 0) return new Map()
    const rows = await tx
      .select({ incident_id: coordinationOrder.incident_id, count: sql<number>`count(*)::int` })
      .from(coordinationOrder)
      .where(inArray(coordinationOrder.incident_id, [...incidents]))
      .groupBy(coordinationOrder.incident_id)
    return new Map(rows.map(({ incident_id, count }) => [incident_id ?? '', count]))
  }

  async idsOfIncidents(tx: Tx, incidents: readonly string[]): Promise<string[]> {
    const rows = await tx
      .select({ id: coordinationOrder.id })
      .from(coordinationOrder)
      .where(inArray(coordinationOrder.incident_id, [...incidents]))
      .orderBy(coordinationOrder.id)
      .limit(2_000)
    return rows.map(({ id }) => id)
  }

  /** Those of these that the scope shows. */
  async ofIds(
    tx: Tx,
    ids: readonly string[],
  ): Promise<Pick<OrderRow, 'id' | 'number' | 'title' | 'tlp_rank'>[]> {
    const { id, number, title, tlp_rank } = coordinationOrder
    return tx
      .select({ id, number, title, tlp_rank })
      .from(coordinationOrder)
      .where(inArray(id, [...ids]))
  }

  /** Lets these hang on another incident. */
  async handOn(tx: Tx, ids: readonly string[], incidentId: string): Promise<void> {
    await tx
      .update(coordinationOrder)
      .set({ incident_id: incidentId })
      .where(inArray(coordinationOrder.id, [...ids]))
  }

  /** Whether one of the orders of incidents is neither closed nor withdrawn. */
  async hasOpen(tx: Tx, incidents: readonly string[]): Promise<boolean> {
    const open = and(
      inArray(coordinationOrder.incident_id, [...incidents]),
      eq(coordinationOrder.state, 'issued'),
    )
    const rows = await tx
      .select({ id: coordinationOrder.id })
      .from(coordinationOrder)
      .where(open)
      .limit(1)
    return rows.length > 0
  }
}
