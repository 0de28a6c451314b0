import type { ReleaseVersion } from '@haidang/contracts/release'
import type { Tx } from '@haidang/runtime/database/database'
import { desc, eq } from 'drizzle-orm'
import { stationRelease } from './release-tables.ts'

interface Owner {
  readonly station_id: string
  readonly organisation_id: string
}

const most = 200

/** Release policies of nodes below, always inside a given transaction. */
export class ReleaseStore {
  /** Keeps a version; what a station tells again replaces what it told before. */
  async keep(tx: Tx, owner: Owner, told: ReleaseVersion, received_at: string): Promise<void> {
    const { station_id, organisation_id } = owner
    const row = { station_id, organisation_id, ...told, received_at }
    await tx
      .insert(stationRelease)
      .values(row)
      .onConflictDoUpdate({ target: [stationRelease.station_id, stationRelease.version], set: row })
  }

  /** The newest versions of a station, newest first. */
  async versions(tx: Tx, stationId: string): Promise<ReleaseVersion[]> {
    return await tx
      .select({
        version: stationRelease.version,
        policy: stationRelease.policy,
        reason: stationRelease.reason,
        actor_name: stationRelease.actor_name,
        created_at: stationRelease.created_at,
      })
      .from(stationRelease)
      .where(eq(stationRelease.station_id, stationId))
      .orderBy(desc(stationRelease.version))
      .limit(most)
  }
}
