import type { Tx } from '@haidang/runtime/database/database'
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm'
import { linkBoxRecord } from '../link-tables.ts'
import { fullReasons, type Held } from './box-quota.ts'
import { type BoxKey, type BoxRecord, merged } from './box-record.ts'

/** Rows of one moment, in one statement whose text does not grow with them. */
export async function insertRows(
  tx: Tx,
  key: BoxKey,
  rows: readonly BoxRecord[],
  now: string,
): Promise<void> {
  const column = (name: 'seq' | 'last_seq' | 'dropped' | 'line' | 'size') =>
    sql.param(rows.map((row) => row[name]))
  await tx.execute(sql`
    insert into ${linkBoxRecord}
      (direction, node_id, stream, seq, last_seq, dropped, line, size, first_at, last_at)
    select ${key.direction}, ${key.node_id}, ${key.stream}, row.*, ${now}::timestamptz, ${now}::timestamptz
    from unnest(${column('seq')}::int8[], ${column('last_seq')}::int8[], ${column('dropped')}::int8[],
      ${column('line')}::text[], ${column('size')}::int4[]) as row`)
}

/** Numbers that did not enter: one gap record, which grows while the box stays full. */
export async function turnAway(tx: Tx, key: BoxKey, turned: readonly BoxRecord[]): Promise<void> {
  const gap = merged(key, turned, fullReasons.newest)
  const grown = await tx
    .update(linkBoxRecord)
    .set({
      last_seq: gap.last_seq,
      dropped: sql`${linkBoxRecord.dropped} + ${gap.dropped}::int8`,
      last_at: gap.last_at,
    })
    .where(
      and(
        isRecordOf(key),
        eq(linkBoxRecord.last_seq, gap.seq - 1),
        gt(linkBoxRecord.dropped, 0),
        eq(linkBoxRecord.line, gap.line),
      ),
    )
    .returning({ seq: linkBoxRecord.seq })
  if (grown.length === 0) await tx.insert(linkBoxRecord).values(gap)
}

/** The oldest records, at least as many and as large as told, become one gap record; answers what went. */
export async function dropOldest(tx: Tx, key: BoxKey, least: Held): Promise<Held> {
  const { rows } = await tx.execute<{ seq: string }>(sql`
    select seq from (
      select seq,
        count(*) filter (where dropped = 0) over upto as records,
        coalesce(sum(size) over upto, 0) as bytes
      from ${linkBoxRecord} where ${isRecordOf(key)}
      window upto as (order by seq rows unbounded preceding)) as oldest
    where records >= ${least.records} and bytes >= ${least.bytes}
    order by seq limit 1`)
  const upTo = Number(rows[0]?.seq ?? Number.MAX_SAFE_INTEGER)
  const { seq, last_seq, dropped, size, first_at, last_at } = linkBoxRecord
  const gone = await tx
    .delete(linkBoxRecord)
    .where(and(isRecordOf(key), lte(linkBoxRecord.seq, upTo)))
    .returning({ seq, last_seq, dropped, size, first_at, last_at })
  if (gone.length > 0) await tx.insert(linkBoxRecord).values(merged(key, gone, fullReasons.oldest))
  return heldBy(gone)
}

/** What rows hold: gap records are none and weigh nothing. */
export function heldBy(rows: readonly Pick<BoxRecord, 'dropped' | 'size'>[]): Held {
  return {
    records: rows.filter(({ dropped }) => dropped === 0).length,
    bytes: rows.reduce((sum, { size }) => sum + size, 0),
  }
}

/** Since when the oldest record waits, RFC 3339; null where none does. */
export async function oldestAt(tx: Tx, key: BoxKey): Promise<string | null> {
  const [row] = await tx
    .select({ first_at: linkBoxRecord.first_at })
    .from(linkBoxRecord)
    .where(and(isRecordOf(key), eq(linkBoxRecord.dropped, 0)))
    .orderBy(asc(linkBoxRecord.seq))
    .limit(1)
  return row?.first_at ?? null
}

export function isRecordOf(key: BoxKey) {
  return and(
    eq(linkBoxRecord.direction, key.direction),
    eq(linkBoxRecord.node_id, key.node_id),
    eq(linkBoxRecord.stream, key.stream),
  )
}
