import type { Tx } from '@haidang/runtime/database/database'
import { eq } from 'drizzle-orm'
import { type StationPlanRow, stationPlace, stationPlan } from './estate-tables.ts'

/** Rows of places and plans, always inside a given transaction and so inside its scope. */
export class EstateStore {
  async putPlace(
    tx: Tx,
    row: {
      readonly station_id: string
      readonly organisation_id: string
      readonly unit: string
    },
  ): Promise<void> {
    await tx
      .insert(stationPlace)
      .values(row)
      .onConflictDoUpdate({ target: stationPlace.station_id, set: row })
  }

  async plan(tx: Tx, organisationId: string): Promise<StationPlanRow | undefined> {
    const [row] = await tx
      .select()
      .from(stationPlan)
      .where(eq(stationPlan.organisation_id, organisationId))
    return row
  }

  async putPlan(tx: Tx, row: StationPlanRow): Promise<void> {
    await tx
      .insert(stationPlan)
      .values(row)
      .onConflictDoUpdate({ target: stationPlan.organisation_id, set: row })
  }
}
