import type { Page, PageQuery } from '@haidang/contracts/page'
import type { ReleaseCount } from '@haidang/contracts/release'
import type { Tx } from '@haidang/runtime/database/database'
import { decodeCursor, encodeCursor } from '@haidang/runtime/http/cursor'
import { and, desc, eq, gte, inArray, lt, max, sql } from 'drizzle-orm'
import {
  type ReleaseCountRow,
  type ReleaseVersionRow,
  releaseClock,
  releaseCount,
  releaseVersion,
} from './release-tables.ts'

/** The release policy and what came of it, always inside a given transaction. */
export class ReleaseStore {
  /** Number of the version in force; 0: none was written. */
  async newest(tx: Tx): Promise<number> {
    const [row] = await tx.select({ version: max(releaseVersion.version) }).from(releaseVersion)
    return row?.version ?? 0
  }

  async version(tx: Tx, version: number): Promise<ReleaseVersionRow | undefined> {
    const [row] = await tx.select().from(releaseVersion).where(eq(releaseVersion.version, version))
    return row
  }

  /** Oldest first. */
  async all(tx: Tx): Promise<ReleaseVersionRow[]> {
    return await tx.select().from(releaseVersion).orderBy(releaseVersion.version)
  }

  /** Newest first. */
  async list(tx: Tx, { limit, cursor }: PageQuery): Promise<Page<ReleaseVersionRow>> {
    const before = cursor === undefined ? undefined : Number(decodeCursor(cursor, 1)[0])
    const rows = await tx
      .select()
      .from(releaseVersion)
      .where(before === undefined ? undefined : lt(releaseVersion.version, before))
      .orderBy(desc(releaseVersion.version))
      .limit(limit + 1)
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? encodeCursor([last.version]) : null }
  }

  async add(tx: Tx, row: ReleaseVersionRow): Promise<void> {
    await tx.insert(releaseVersion).values(row)
  }

  async count(tx: Tx, rows: readonly ReleaseCountRow[]): Promise<void> {
    if (rows.length === 0) return
    await tx
      .insert(releaseCount)
      .values([...rows])
      .onConflictDoUpdate({
        target: [
          releaseCount.day,
          releaseCount.stream,
          releaseCount.decision,
          releaseCount.class_uid,
        ],
        set: { count: sql`${releaseCount.count} + excluded.count` },
      })
  }

  /** Counts from a day on (UTC); with decisions, of these only. */
  async counts(
    tx: Tx,
    day: string,
    decisions?: readonly ReleaseCount['decision'][],
  ): Promise<ReleaseCount[]> {
    return await tx
      .select()
      .from(releaseCount)
      .where(
        and(
          gte(releaseCount.day, day),
          decisions ? inArray(releaseCount.decision, [...decisions]) : undefined,
        ),
      )
      .orderBy(releaseCount.day, releaseCount.stream, releaseCount.decision, releaseCount.class_uid)
  }

  /** Lets go of counts before a day (UTC). */
  async forgetCounts(tx: Tx, day: string): Promise<void> {
    await tx.delete(releaseCount).where(lt(releaseCount.day, day))
  }

  /** Moves the clock of ended exceptions to `until`, RFC 3339; gives where it stood. */
  async moveClock(tx: Tx, until: string): Promise<string | undefined> {
    const [before] = await tx.select().from(releaseClock).for('update')
    await tx
      .insert(releaseClock)
      .values({ one: true, ended_until: until })
      .onConflictDoUpdate({ target: releaseClock.one, set: { ended_until: until } })
    return before?.ended_until
  }
}
