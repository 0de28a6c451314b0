import type { Tx } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'

/** What is numbered anew every year. */
export type Series =
  | 'incident'
  | 'incident-report'
  | 'order'
  | 'request'
  | 'report'
  | 'advisory'
  | 'warning'

/** The next number of a series in a year, from 1 without holes; others who count wait for this transaction. */
export async function nextNumber(tx: Tx, series: Series, year: number): Promise<number> {
  const counted = await tx.execute<{ next: number }>(
    sql`select haidang_next_number(${series}, ${year}::integer) as next`,
  )
  const next = counted.rows[0]?.next
  if (next === undefined) throw new Error('the database counted nothing')
  return next
}
