import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { and, desc, eq, sql } from 'drizzle-orm'
import { linkBox, linkBoxRecord, linkEnvelope } from '../link-tables.ts'
import type { BoxKey } from './box-record.ts'
import { isRecordOf } from './box-room.ts'

interface Numbers {
  readonly last: number
  readonly confirmed: number
}

/** Envelopes at most that are given again to a node that lost them. */
const mostGiven = 10_000

/** Numbers what waits in a box from `stored` + 1 on. */
export async function shiftBox(tx: Tx, key: BoxKey, box: Numbers, stored: number): Promise<void> {
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

/**
 * This side was restored and meets the other again, which stores everything up to `stored`. Whatever it
 * stores above what is confirmed here came from the life that was lost: what waits is numbered above it.
 */
export async function meetAgain(tx: Tx, key: BoxKey, stored: number): Promise<void> {
  const box = await lockedBox(tx, key)
  if (!box?.restored) return
  if (stored > box.confirmed) await shiftBox(tx, key, box, stored)
  await tx.update(linkBox).set({ restored: false }).where(isBox(key))
}

/**
 * The other side was restored and lost what it had confirmed above `stored`: envelopes it was sent are sent
 * again under their numbers, from the record of all that was sent; what is not there becomes a gap record.
 */
export async function giveAgain(tx: Tx, key: BoxKey, stored: number, clock: Clock): Promise<void> {
  const box = await lockedBox(tx, key)
  if (!box || stored >= box.confirmed) return
  const missing = box.confirmed - stored
  const sent = await tx
    .select({ line: linkEnvelope.line, at: linkEnvelope.recorded_at })
    .from(linkEnvelope)
    .where(and(eq(linkEnvelope.direction, 'sent'), eq(linkEnvelope.node_id, key.node_id)))
    .orderBy(desc(linkEnvelope.id))
    .offset(box.last - box.confirmed)
    .limit(Math.min(missing, mostGiven))
  const rows = sent.map(({ line, at }, back) => {
    const seq = box.confirmed - back
    const size = Buffer.byteLength(line)
    return { ...key, seq, last_seq: seq, dropped: 0, line, size, first_at: at, last_at: at }
  })
  for (const row of rows) await tx.insert(linkBoxRecord).values(row)
  const lost = missing - rows.length
  if (lost > 0) await tx.insert(linkBoxRecord).values(gapOf(key, stored + 1, lost, clock.iso()))
  const bytes = rows.reduce((sum, { size }) => sum + size, 0)
  await tx
    .update(linkBox)
    .set({ confirmed: stored, waiting: box.waiting + rows.length, bytes: box.bytes + bytes })
    .where(isBox(key))
}

function gapOf(key: BoxKey, first: number, count: number, now: string) {
  return {
    ...key,
    seq: first,
    last_seq: first + count - 1,
    dropped: count,
    size: 0,
    line: 'lost by the receiver and no longer kept',
    first_at: now,
    last_at: now,
  }
}

async function lockedBox(tx: Tx, key: BoxKey) {
  const [row] = await tx.select().from(linkBox).where(isBox(key)).for('update')
  return row
}

function isBox(key: BoxKey) {
  return and(
    eq(linkBox.direction, key.direction),
    eq(linkBox.node_id, key.node_id),
    eq(linkBox.stream, key.stream),
  )
}
