import type { Tx } from '@haidang/runtime/database/database'
import { and, count, desc, eq, lt, max } from 'drizzle-orm'
import { type RegulationVersionRow, regulationVersion } from './regulation-tables.ts'

/** Versions of regulation profiles, always inside a given transaction. They are added, never changed. */
export class RegulationStore {
  /** Fails on `regulation_version_pkey` where another took the number first. */
  async add(tx: Tx, row: RegulationVersionRow): Promise<void> {
    await tx.insert(regulationVersion).values(row)
  }

  /** Changes with every version: how many there are. */
  async size(tx: Tx): Promise<number> {
    const [row] = await tx.select({ size: count() }).from(regulationVersion)
    return Number(row?.size ?? 0)
  }

  /** All versions of all profiles. */
  async all(tx: Tx): Promise<RegulationVersionRow[]> {
    return await tx.select().from(regulationVersion)
  }

  /** Number of the newest version of a profile; undefined: nobody wrote one. */
  async newest(tx: Tx, profile: string): Promise<number | undefined> {
    const [row] = await tx
      .select({ newest: max(regulationVersion.version) })
      .from(regulationVersion)
      .where(eq(regulationVersion.profile, profile))
    return row?.newest ?? undefined
  }

  /** Versions of a profile below a number, newest first. */
  async before(
    tx: Tx,
    profile: string,
    version: number,
    limit: number,
  ): Promise<RegulationVersionRow[]> {
    return await tx
      .select()
      .from(regulationVersion)
      .where(and(eq(regulationVersion.profile, profile), lt(regulationVersion.version, version)))
      .orderBy(desc(regulationVersion.version))
      .limit(limit)
  }
}
