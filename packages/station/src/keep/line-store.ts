import { isoOf } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { SpoolPosition } from '@haidang/runtime/spool/spool'
import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import type { SourceTally } from '../line.ts'
import { batchKey, lineCheckpoint, sourceCounter } from './station-tables.ts'

/** Counted of one source in one range, bytes included. */
export interface RangeTally extends SourceTally {
  readonly bytes: number
}

/** An identity a sender gave a batch, with the number of its records. */
export interface BatchIdentity {
  readonly sourceId: string
  readonly key: string
  readonly records: number
}

const line = 'line'

/** Checkpoint, counters and batch keys: what moves together with the events of a range. */
export class LineStore {
  /** How far the line was, and whether it was stopped in order; undefined on a new node. */
  async checkpoint(
    tx: Tx,
  ): Promise<{ position: SpoolPosition | undefined; stopped: boolean } | undefined> {
    const [row] = await tx.select().from(lineCheckpoint).where(eq(lineCheckpoint.name, line))
    if (!row) return undefined
    const { segment, offset, stopped } = row
    return { position: segment < 0 ? undefined : { segment, offset }, stopped }
  }

  async moveTo(tx: Tx, { segment, offset }: SpoolPosition): Promise<void> {
    await tx
      .insert(lineCheckpoint)
      .values({ name: line, segment, offset, stopped: false })
      .onConflictDoUpdate({ target: lineCheckpoint.name, set: { segment, offset } })
  }

  /** Notes that the line runs or was stopped in order. Segment -1 stands for "nothing kept yet". */
  async markStopped(tx: Tx, stopped: boolean): Promise<void> {
    await tx
      .insert(lineCheckpoint)
      .values({ name: line, segment: -1, offset: 0, stopped })
      .onConflictDoUpdate({ target: lineCheckpoint.name, set: { stopped } })
  }

  async count(tx: Tx, organisationId: string, sourceId: string, tally: RangeTally): Promise<void> {
    const { parsed, rejected, bytes } = tally
    await this.#add(tx, organisationId, sourceId, {
      parsed,
      rejected,
      bytes,
      last_record_at: isoOf(tally.lastTime),
    })
  }

  async countLost(
    tx: Tx,
    organisationId: string,
    sourceId: string,
    lost: { dropped?: number; duplicated_possible?: number },
  ): Promise<void> {
    await this.#add(tx, organisationId, sourceId, lost)
  }

  async rememberBatches(tx: Tx, batches: readonly BatchIdentity[], now: string): Promise<void> {
    if (batches.length === 0) return
    const rows = batches.map(({ sourceId, key, records }) => ({
      source_id: sourceId,
      key,
      records,
      kept_at: now,
    }))
    await tx.insert(batchKey).values(rows).onConflictDoNothing()
  }

  /** Which of these keys of a source are known. */
  async knownKeys(tx: Tx, sourceId: string, keys: readonly string[]): Promise<Set<string>> {
    if (keys.length === 0) return new Set()
    const rows = await tx
      .select({ key: batchKey.key })
      .from(batchKey)
      .where(and(eq(batchKey.source_id, sourceId), inArray(batchKey.key, [...keys])))
    return new Set(rows.map(({ key }) => key))
  }

  /** Known keys of a source that start so, at most 1000. */
  async keysStartingWith(tx: Tx, sourceId: string, prefix: string): Promise<string[]> {
    const rows = await tx
      .select({ key: batchKey.key })
      .from(batchKey)
      .where(and(eq(batchKey.source_id, sourceId), sql`starts_with(${batchKey.key}, ${prefix})`))
      .limit(1000)
    return rows.map(({ key }) => key)
  }

  /** Forgets keys older than an instant (RFC 3339). */
  async forgetBatches(tx: Tx, before: string): Promise<void> {
    await tx.delete(batchKey).where(lt(batchKey.kept_at, before))
  }

  /** Forgets keys that start so and are older than the newest `most` of all; answers how many. */
  async forgetBeyond(tx: Tx, prefix: string, most: number): Promise<number> {
    const { rowCount } = await tx.execute(sql`
      delete from ${batchKey}
      where starts_with(${batchKey.key}, ${prefix}) and ${batchKey.kept_at} <= (
        select ${batchKey.kept_at} from ${batchKey} order by ${batchKey.kept_at} desc offset ${most} limit 1
      )`)
    return rowCount ?? 0
  }

  async #add(
    tx: Tx,
    organisationId: string,
    sourceId: string,
    added: Partial<Omit<typeof sourceCounter.$inferInsert, 'source_id' | 'organisation_id'>>,
  ): Promise<void> {
    const none = { parsed: 0, rejected: 0, dropped: 0, duplicated_possible: 0, bytes: 0 }
    const row = { ...none, ...added, source_id: sourceId, organisation_id: organisationId }
    await tx
      .insert(sourceCounter)
      .values(row)
      .onConflictDoUpdate({
        target: sourceCounter.source_id,
        set: {
          parsed: sql`${sourceCounter.parsed} + excluded.parsed`,
          rejected: sql`${sourceCounter.rejected} + excluded.rejected`,
          dropped: sql`${sourceCounter.dropped} + excluded.dropped`,
          duplicated_possible: sql`${sourceCounter.duplicated_possible} + excluded.duplicated_possible`,
          bytes: sql`${sourceCounter.bytes} + excluded.bytes`,
          last_record_at: sql`greatest(${sourceCounter.last_record_at}, excluded.last_record_at)`,
        },
      })
  }
}
