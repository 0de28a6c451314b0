import type { Tx } from '@haidang/runtime/database/database'
import { count } from 'drizzle-orm'
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
}
