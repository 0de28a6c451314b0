import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { type Direction, linkBox, linkBoxRecord } from '../link-tables.ts'
import { limits } from '../wire/limits.ts'
import { type BoxKey, batchOf, fits, merged, type OutgoingBatch, rowOf } from './box-record.ts'

export interface BoxCounters {
  readonly last: number
  readonly confirmed: number
  readonly waiting: number
}

const insertRows = 500

/**
 * Numbered records on their way to another node. Numbers are taken under the row lock of the box in the
 * caller's transaction: they have no holes and follow commit order.
 */
export class BoxStore {
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Makes the box at number 0 where it does not exist. */
  async open(tx: Tx, key: BoxKey): Promise<void> {
    await tx
      .insert(linkBox)
      .values({ ...key, last: 0, confirmed: 0, waiting: 0 })
      .onConflictDoNothing()
  }

  async counters(tx: Tx, key: BoxKey): Promise<BoxCounters | undefined> {
    const [row] = await tx.select().from(linkBox).where(isBox(key))
    return row
  }

  /** Records waiting in all boxes of a direction, gap records not counted. */
  async waiting(tx: Tx, direction: Direction): Promise<number> {
    const [row] = await tx
      .select({ waiting: sql<number>`coalesce(sum(${linkBox.waiting}), 0)::int8` })
      .from(linkBox)
      .where(eq(linkBox.direction, direction))
    return Number(row?.waiting ?? 0)
  }

  /**
   * Appends lines (JSON text of one record each). At most `bound` records wait: beyond it the oldest give
   * way to a gap record. Without a box (nobody at the other end) nothing is kept.
   */
  async append(tx: Tx, key: BoxKey, lines: readonly string[], bound: number): Promise<void> {
    if (lines.length === 0) return
    const now = this.#clock.iso()
    const sizes = lines.map((line) => Buffer.byteLength(line))
    const fitting = sizes.filter(fits).length
    const counters = await this.#count(tx, key, lines.length, fitting)
    if (!counters) return
    const first = counters.last - lines.length + 1
    const rows = lines.map((line, i) =>
      rowOf({ key, seq: first + i, line, size: sizes[i] ?? 0, now }),
    )
    for (let from = 0; from < rows.length; from += insertRows) {
      await tx.insert(linkBoxRecord).values(rows.slice(from, from + insertRows))
    }
    if (counters.waiting > bound) {
      await this.#dropOldest(tx, key, counters.waiting - Math.floor(bound * 0.95))
    }
  }

  /** The next batch, at most 500 records and about 1 MB; undefined when nothing waits. */
  async next(
    tx: Tx,
    key: BoxKey,
    after = 0,
    most: number = limits.sendRecords,
  ): Promise<OutgoingBatch | undefined> {
    const rows = await tx
      .select()
      .from(linkBoxRecord)
      .where(and(isRecordOf(key), sql`${linkBoxRecord.last_seq} > ${after}`))
      .orderBy(asc(linkBoxRecord.seq))
      .limit(most)
    return batchOf(rows)
  }

  /** The other side stores everything up to `stored`; what it confirms is let go. */
  async confirm(tx: Tx, key: BoxKey, stored: number): Promise<void> {
    await tx
      .update(linkBox)
      .set({
        confirmed: sql`greatest(${linkBox.confirmed}, least(${linkBox.last}, ${stored}::int8))`,
      })
      .where(isBox(key))
    const gone = await tx
      .delete(linkBoxRecord)
      .where(and(isRecordOf(key), lte(linkBoxRecord.last_seq, stored)))
      .returning({ dropped: linkBoxRecord.dropped })
    await this.#waiting(tx, key, -gone.filter(({ dropped }) => dropped === 0).length)
  }

  /** Takes the next number without keeping a record (stream `health`: the newest is made at send time). */
  async number(tx: Tx, key: BoxKey): Promise<number> {
    const counters = await this.counters(tx, key)
    return (counters?.confirmed ?? 0) + 1
  }

  /** Moves a box without records to the number the other side stores. */
  async moveTo(tx: Tx, key: BoxKey, stored: number): Promise<void> {
    await tx.update(linkBox).set({ last: stored, confirmed: stored }).where(isBox(key))
  }

  /**
   * The other side stores more than was ever numbered here: this side was restored from an older state.
   * What waits is numbered anew above `stored`; identities inside the records keep repeats harmless.
   */
  async renumber(tx: Tx, key: BoxKey, stored: number): Promise<void> {
    const box = await this.#locked(tx, key)
    if (box && stored > box.last) await this.#shift(tx, key, box, stored)
  }

  /** Another node takes the other end: what waits is numbered from 1. */
  async restart(tx: Tx, key: BoxKey): Promise<void> {
    const box = await this.#locked(tx, key)
    if (box) await this.#shift(tx, key, box, 0)
  }

  /** Numbers what waits from `stored` + 1 on. */
  async #shift(tx: Tx, key: BoxKey, box: BoxCounters, stored: number): Promise<void> {
    const shift = stored - box.confirmed
    if (shift === 0) return
    // In two moves: one would meet numbers not yet moved.
    await tx
      .update(linkBoxRecord)
      .set({
        seq: sql`-(${linkBoxRecord.seq} + ${shift}::int8)`,
        last_seq: sql`${linkBoxRecord.last_seq} + ${shift}::int8`,
      })
      .where(isRecordOf(key))
    await tx
      .update(linkBoxRecord)
      .set({ seq: sql`-${linkBoxRecord.seq}` })
      .where(isRecordOf(key))
    await tx
      .update(linkBox)
      .set({ last: box.last + shift, confirmed: stored })
      .where(isBox(key))
  }

  /** The other side lost what it had confirmed: says so by a gap record from `expected` on. */
  async reopen(tx: Tx, key: BoxKey, expected: number, reason: string): Promise<void> {
    const box = await this.#locked(tx, key)
    if (!box || expected > box.confirmed) return
    const now = this.#clock.iso()
    const count = box.confirmed - expected + 1
    await tx.insert(linkBoxRecord).values({
      ...key,
      seq: expected,
      last_seq: box.confirmed,
      dropped: count,
      line: reason,
      size: 0,
      first_at: now,
      last_at: now,
    })
    await tx
      .update(linkBox)
      .set({ confirmed: expected - 1 })
      .where(isBox(key))
  }

  /** Puts a gap record in place of one record the other side will never take. */
  async giveUp(tx: Tx, key: BoxKey, seq: number, reason: string): Promise<void> {
    const gone = await tx
      .update(linkBoxRecord)
      .set({ dropped: 1, line: reason.slice(0, 500), size: 0 })
      .where(and(isRecordOf(key), eq(linkBoxRecord.seq, seq), eq(linkBoxRecord.dropped, 0)))
      .returning({ seq: linkBoxRecord.seq })
    await this.#waiting(tx, key, -gone.length)
  }

  async #locked(tx: Tx, key: BoxKey): Promise<BoxCounters | undefined> {
    const [row] = await tx.select().from(linkBox).where(isBox(key)).for('update')
    return row
  }

  async #count(tx: Tx, key: BoxKey, numbers: number, records: number) {
    const [counters] = await tx
      .update(linkBox)
      .set({
        last: sql`${linkBox.last} + ${numbers}::int8`,
        waiting: sql`${linkBox.waiting} + ${records}::int8`,
      })
      .where(isBox(key))
      .returning({ last: linkBox.last, waiting: linkBox.waiting })
    return counters
  }

  async #waiting(tx: Tx, key: BoxKey, change: number): Promise<void> {
    if (change === 0) return
    await tx
      .update(linkBox)
      .set({ waiting: sql`${linkBox.waiting} + ${change}::int8` })
      .where(isBox(key))
  }

  async #dropOldest(tx: Tx, key: BoxKey, surplus: number): Promise<void> {
    const gone = await tx
      .delete(linkBoxRecord)
      .where(
        and(
          isRecordOf(key),
          sql`${linkBoxRecord.seq} <= (select max(seq) from (
            select seq from link_box_record where direction = ${key.direction}
              and node_id = ${key.node_id} and stream = ${key.stream} and dropped = 0
            order by seq limit ${surplus}) as oldest)`,
        ),
      )
      .returning()
    if (gone.length === 0) return
    await tx.insert(linkBoxRecord).values(merged(key, gone))
    await this.#waiting(tx, key, -gone.filter(({ dropped }) => dropped === 0).length)
  }
}

function isBox(key: BoxKey) {
  return and(
    eq(linkBox.direction, key.direction),
    eq(linkBox.node_id, key.node_id),
    eq(linkBox.stream, key.stream),
  )
}

function isRecordOf(key: BoxKey) {
  return and(
    eq(linkBoxRecord.direction, key.direction),
    eq(linkBoxRecord.node_id, key.node_id),
    eq(linkBoxRecord.stream, key.stream),
  )
}
