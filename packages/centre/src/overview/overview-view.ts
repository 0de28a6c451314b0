import type { Overview } from '@haidang/contracts/overview'
import type { Permission } from '@haidang/contracts/permission'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { ClusterService } from '../modules/correlation/cluster-service.ts'
import type { DeadlineService } from '../modules/deadlines/deadline-service.ts'
import type { IncidentService } from '../modules/incidents/incident-service.ts'
import type { OrderService } from '../modules/orders/order-service.ts'
import type { StationService } from '../modules/stations/station-service.ts'

interface OverviewParts {
  readonly database: Database
  readonly clock: Clock
  readonly clusters: ClusterService
  readonly incidents: IncidentService
  readonly orders: OrderService
  readonly deadlines: DeadlineService
  readonly stations: StationService
}

type Part<K extends keyof Overview> = Pick<Overview, K>

const noClusters: Part<'open_clusters' | 'newest_clusters' | 'alerts_24h'> = {
  open_clusters: [],
  newest_clusters: [],
  alerts_24h: [],
}
const noIncidents: Part<'open_incidents' | 'open_incident_count'> = {
  open_incidents: [],
  open_incident_count: 0,
}
const noOrders: Part<'orders_open' | 'orders_overdue' | 'orders_waiting'> = {
  orders_open: 0,
  orders_overdue: 0,
  orders_waiting: [],
}
const noDeadlines: Part<'deadlines_running' | 'deadlines_passed' | 'deadlines_next'> = {
  deadlines_running: 0,
  deadlines_passed: 0,
  deadlines_next: [],
}

/** The watch floor at a glance, as far as the caller may see each part of it. */
export class OverviewView {
  readonly #parts: OverviewParts

  constructor(parts: OverviewParts) {
    this.#parts = parts
  }

  read(caller: Caller): Promise<Overview> {
    const { database, clock, clusters, incidents, orders, deadlines, stations } = this.#parts
    return database.transact(caller.scope, async (tx: Tx) => {
      const may = (permission: Permission) => caller.permissions.has(permission)
      const seen = may('station.read') ? await stations.overview(tx) : []
      return {
        as_of: clock.iso(),
        ...(may('alert.read') ? await clusters.overview(tx) : noClusters),
        ...(may('incident.read') ? await incidents.overview(tx) : noIncidents),
        ...(may('order.read') ? await orders.overview(tx, caller.organisation_id) : noOrders),
        ...(may('deadline.read') ? await deadlines.overview(tx, caller) : noDeadlines),
        stations: seen,
        events_per_second: seen.reduce((sum, { heartbeat }) => sum + rateOf(heartbeat), 0),
      }
    })
  }
}

/** Records a second over all sources of a station, as it last said. */
function rateOf(heartbeat: Overview['stations'][number]['heartbeat']): number {
  return (heartbeat?.sources ?? []).reduce((sum, { rate }) => sum + rate, 0)
}
