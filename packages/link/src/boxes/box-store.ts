import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm'
import { type Direction, linkBox, linkBoxRecord } from '../link-tables.ts'
import { limits } from '../wire/limits.ts'
import { shiftBox } from './box-meeting.ts'
import { type BoxQuota, entering, type Held, surplus } from './box-quota.ts'
import { type BoxKey, batchOf, type OutgoingBatch, rowOf } from './box-record.ts'
import { dropOldest, heldBy, insertRows, isRecordOf, oldestAt, turnAway } from './box-room.ts'

export interface BoxCounters {
  readonly last: number
  readonly confirmed: number
  readonly waiting: number
  /** Of the lines that wait. */
  readonly bytes: number
  /** Records that ever gave way to the quota. */
  readonly dropped: number
  /** The node was restored, and the other side has not told since what it holds. */
  readonly restored: boolean
}

/** A stream as it waits: how much, and since when its oldest record does (RFC 3339; null: nothing waits). */
export interface BoxLane extends BoxCounters {
  readonly stream: BoxKey['stream']
  readonly oldest_at: string | null
}

/** Records that give way before they were ever numbered; times RFC 3339. */
export interface MissingRecords {
  readonly count: number
  readonly from: string
  readonly to: string
  readonly reason: string
}

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
      .values({ ...key, last: 0, confirmed: 0, waiting: 0, bytes: 0, dropped: 0 })
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

  /** Boxes of a direction that were given more than the other side confirmed, with the number of their last record. */
  async unconfirmed(
    tx: Tx,
    direction: Direction,
  ): Promise<{ node_id: string; stream: BoxKey['stream']; last: number }[]> {
    const { node_id, stream, last, confirmed } = linkBox
    return await tx
      .select({ node_id, stream, last })
      .from(linkBox)
      .where(and(eq(linkBox.direction, direction), gt(last, confirmed)))
  }

  /** Every box of a direction towards one node, in order of name. */
  async lanes(tx: Tx, direction: Direction, nodeId: string): Promise<BoxLane[]> {
    const boxes = await tx
      .select()
      .from(linkBox)
      .where(and(eq(linkBox.direction, direction), eq(linkBox.node_id, nodeId)))
      .orderBy(asc(linkBox.stream))
    const lanes: BoxLane[] = []
    for (const box of boxes) lanes.push({ ...box, oldest_at: await oldestAt(tx, box) })
    return lanes
  }

  /**
   * Appends lines (JSON text of one record each). What exceeds the quota gives way to a gap record, as the
   * quota says. Without a box (nobody at the other end) nothing is kept.
   */
  async append(tx: Tx, key: BoxKey, lines: readonly string[], quota: BoxQuota): Promise<void> {
    if (lines.length === 0) return
    const box = await this.#locked(tx, key)
    if (!box) return
    const now = this.#clock.iso()
    const rows = lines.map((line, i) =>
      rowOf({ key, seq: box.last + 1 + i, line, size: Buffer.byteLength(line), now }),
    )
    const held = { records: box.waiting, bytes: box.bytes }
    const enter =
      quota.gives === 'newest'
        ? entering(
            rows.map(({ size }) => size),
            held,
            quota,
          )
        : rows.length
    const entered = rows.slice(0, enter)
    if (entered.length > 0) await insertRows(tx, key, entered, now)
    const turned = rows.slice(enter)
    if (turned.length > 0) await turnAway(tx, key, turned)
    const more = heldBy(entered)
    await this.#change(tx, key, { ...more, last: lines.length, dropped: turned.length })
    const over = surplus(
      { records: held.records + more.records, bytes: held.bytes + more.bytes },
      quota,
    )
    if (!over || quota.gives === 'newest') return
    const gone = await dropOldest(tx, key, over)
    await this.#change(tx, key, { ...negative(gone), dropped: gone.records })
  }

  /** Numbers records that will never be sent, as one gap record. Without a box nothing happens. */
  async appendGap(tx: Tx, key: BoxKey, missing: MissingRecords): Promise<void> {
    const { count, from, to, reason } = missing
    const box = await this.#locked(tx, key)
    if (!box || count < 1) return
    await tx.insert(linkBoxRecord).values({
      ...key,
      seq: box.last + 1,
      last_seq: box.last + count,
      dropped: count,
      size: 0,
      line: reason.slice(0, 500),
      first_at: from,
      last_at: to,
    })
    await this.#change(tx, key, { records: 0, bytes: 0, last: count, dropped: count })
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
      // The first condition follows from the second; the index knows only the first.
      .where(
        and(isRecordOf(key), lte(linkBoxRecord.seq, stored), lte(linkBoxRecord.last_seq, stored)),
      )
      .returning({ dropped: linkBoxRecord.dropped, size: linkBoxRecord.size })
    await this.#change(tx, key, negative(heldBy(gone)))
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
    if (box && stored > box.last) await shiftBox(tx, key, box, stored)
  }

  /** Another node takes the other end: what waits is numbered from 1. */
  async restart(tx: Tx, key: BoxKey): Promise<void> {
    const box = await this.#locked(tx, key)
    if (box) await shiftBox(tx, key, box, 0)
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
    const one = and(isRecordOf(key), eq(linkBoxRecord.seq, seq), eq(linkBoxRecord.dropped, 0))
    const gone = await tx.select().from(linkBoxRecord).where(one).for('update')
    await tx
      .update(linkBoxRecord)
      .set({ dropped: 1, line: reason.slice(0, 500), size: 0 })
      .where(one)
    await this.#change(tx, key, negative(heldBy(gone)))
  }

  async #locked(tx: Tx, key: BoxKey): Promise<BoxCounters | undefined> {
    const [row] = await tx.select().from(linkBox).where(isBox(key)).for('update')
    return row
  }

  async #change(
    tx: Tx,
    key: BoxKey,
    { records, bytes, last = 0, dropped = 0 }: Held & { last?: number; dropped?: number },
  ): Promise<void> {
    await tx
      .update(linkBox)
      .set({
        last: sql`${linkBox.last} + ${last}::int8`,
        waiting: sql`${linkBox.waiting} + ${records}::int8`,
        bytes: sql`greatest(0, ${linkBox.bytes} + ${bytes}::int8)`,
        dropped: sql`${linkBox.dropped} + ${dropped}::int8`,
      })
      .where(isBox(key))
  }
}

function negative({ records, bytes }: Held): Held {
  return { records: -records, bytes: -bytes }
}

function isBox(key: BoxKey) {
  return and(
    eq(linkBox.direction, key.direction),
    eq(linkBox.node_id, key.node_id),
    eq(linkBox.stream, key.stream),
  )
}
