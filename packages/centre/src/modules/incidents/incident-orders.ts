import type { Tx } from '@haidang/runtime/database/database'

/** What an incident must know of orders, which lie below it in the flow: their store answers. */
export interface IncidentOrders {
  countByIncident(tx: Tx, incidents: readonly string[]): Promise<ReadonlyMap<string, number>>
  idsOfIncidents(tx: Tx, incidents: readonly string[]): Promise<string[]>
  /** Whether one of its orders is neither closed nor withdrawn. */
  hasOpen(tx: Tx, incidents: readonly string[]): Promise<boolean>
}

/** What an incident must know of its tasks, which lie below it too. */
export interface IncidentTasks {
  idsOfIncidents(tx: Tx, incidents: readonly string[]): Promise<string[]>
  /** Whether one of their tasks is neither done nor cancelled. */
  hasUnfinished(tx: Tx, incidents: readonly string[]): Promise<boolean>
}
