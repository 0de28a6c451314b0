import type { MonitoringRequest } from '@haidang/contracts/monitoring'
import type { Tx } from '@haidang/runtime/database/database'
import { eq } from 'drizzle-orm'
import { stationMonitoring } from './monitoring-tables.ts'

interface Asked {
  readonly request: MonitoringRequest
  readonly actor_name: string
}

/** What is asked of nodes below, always inside a given transaction. */
export class MonitoringStore {
  async get(tx: Tx, stationId: string): Promise<Asked | undefined> {
    const [row] = await tx
      .select()
      .from(stationMonitoring)
      .where(eq(stationMonitoring.station_id, stationId))
    return row
  }

  async put(
    tx: Tx,
    station: { readonly id: string; readonly organisation_id: string },
    asked: Asked,
  ): Promise<void> {
    const row = { station_id: station.id, organisation_id: station.organisation_id, ...asked }
    await tx
      .insert(stationMonitoring)
      .values(row)
      .onConflictDoUpdate({ target: stationMonitoring.station_id, set: row })
  }
}
