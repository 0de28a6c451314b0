import { isoOf } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { and, asc, eq, gte, lt, lte, max, sql } from 'drizzle-orm'
import type { SourceHour } from '../keep/source-hours.ts'
import { type SourceHourRow, sourceHour, watchedHour } from './rhythm-tables.ts'

/** An hour counts as watched from this many seconds on. */
const wholeHour = 3300

/** Hours of sources, and those in which the station watched. */
export class HourStore {
  /** Adds what a range held, in the transaction that keeps it. */
  async add(
    tx: Tx,
    hours: readonly SourceHour[],
    ownerOf: (sourceId: string) => string,
  ): Promise<void> {
    if (hours.length === 0) return
    const rows = hours.map(({ sourceId, hour, records, firstAt, lastAt, longest }) => ({
      source_id: sourceId,
      organisation_id: ownerOf(sourceId),
      hour,
      records,
      first_at: isoOf(firstAt),
      last_at: isoOf(lastAt),
      longest_ms: longest,
    }))
    const between = sql`(extract(epoch from excluded.first_at - ${sourceHour.last_at}) * 1000)::integer`
    await tx
      .insert(sourceHour)
      .values(rows)
      .onConflictDoUpdate({
        target: [sourceHour.source_id, sourceHour.hour],
        set: {
          records: sql`${sourceHour.records} + excluded.records`,
          first_at: sql`least(${sourceHour.first_at}, excluded.first_at)`,
          last_at: sql`greatest(${sourceHour.last_at}, excluded.last_at)`,
          longest_ms: sql`greatest(${sourceHour.longest_ms}, excluded.longest_ms, ${between})`,
        },
      })
  }

  /** Hours of a source from `first` to `last`, both included, oldest first. */
  async of(tx: Tx, sourceId: string, first: number, last: number): Promise<SourceHourRow[]> {
    return tx
      .select()
      .from(sourceHour)
      .where(
        and(
          eq(sourceHour.source_id, sourceId),
          gte(sourceHour.hour, first),
          lte(sourceHour.hour, last),
        ),
      )
      .orderBy(asc(sourceHour.hour))
  }

  /** The station watched for so many seconds of an hour more, until `now` (RFC 3339). */
  async watched(tx: Tx, hour: number, seconds: number, now: string): Promise<void> {
    await tx
      .insert(watchedHour)
      .values({ hour, seconds, until: now })
      .onConflictDoUpdate({
        target: watchedHour.hour,
        set: { seconds: sql`least(3600, ${watchedHour.seconds} + excluded.seconds)`, until: now },
      })
  }

  /** Hours from `first` on that were watched from beginning to end, oldest first. */
  async wholeHours(tx: Tx, first: number): Promise<number[]> {
    const rows = await tx
      .select({ hour: watchedHour.hour })
      .from(watchedHour)
      .where(and(gte(watchedHour.hour, first), gte(watchedHour.seconds, wholeHour)))
      .orderBy(asc(watchedHour.hour))
    return rows.map(({ hour }) => hour)
  }

  /** When the station was last seen watching; null: never. */
  async watchedUntil(tx: Tx): Promise<string | null> {
    const [row] = await tx.select({ until: max(watchedHour.until) }).from(watchedHour)
    return row?.until ?? null
  }

  /** Forgets hours before one. */
  async forget(tx: Tx, before: number): Promise<void> {
    await tx.delete(sourceHour).where(lt(sourceHour.hour, before))
    await tx.delete(watchedHour).where(lt(watchedHour.hour, before))
  }
}
