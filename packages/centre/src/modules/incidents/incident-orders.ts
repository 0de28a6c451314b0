import type { Tx } from '@haidang/runtime/database/database'

/** What an incident must know of orders, which lie below it in the flow: their store answers. */
export interface IncidentOrders {
  countByIncident(tx: Tx, incidents: readonly string[]): Promise<ReadonlyMap<string, number>>
  idsOfIncident(tx: Tx, incidentId: string): Promise<string[]>
  /** Whether one of its orders is neither closed nor withdrawn. */
  hasOpen(tx: Tx, incidentId: string): Promise<boolean>
}
