import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Silence } from '@haidang/contracts/silence'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, desc, eq, getTableColumns, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { type SilenceRow, sourceSilence } from './rhythm-tables.ts'

const fields = {
  source_id: { column: sourceSilence.source_id, kind: 'word' },
  source_name: { column: sourceSilence.source_name, kind: 'word' },
  kind: { column: sourceSilence.kind, kind: 'word' },
  cause: { column: sourceSilence.cause, kind: 'word' },
  from: { column: sourceSilence.from, kind: 'time' },
  to: { column: sourceSilence.to, kind: 'time' },
  open: { column: sql`(${sourceSilence.to} is null)`, kind: 'boolean' },
} as const

const { organisation_id: _, ...listed } = getTableColumns(sourceSilence)

/** Rows of stretches in which sources did not send what they usually do. */
export class SilenceStore {
  async add(tx: Tx, row: SilenceRow): Promise<void> {
    await tx.insert(sourceSilence).values(row)
  }

  /** Changes what is told of a silence; `to` closes it. */
  async change(tx: Tx, id: string, change: Partial<SilenceRow>): Promise<void> {
    await tx.update(sourceSilence).set(change).where(eq(sourceSilence.id, id))
  }

  /** Those that last. */
  async open(tx: Tx): Promise<SilenceRow[]> {
    return tx.select().from(sourceSilence).where(isNull(sourceSilence.to))
  }

  /** When a source was paused, the last hundred times. */
  async pauses(tx: Tx, sourceId: string): Promise<{ from: string; to: string | null }[]> {
    return tx
      .select({ from: sourceSilence.from, to: sourceSilence.to })
      .from(sourceSilence)
      .where(and(eq(sourceSilence.source_id, sourceId), eq(sourceSilence.kind, 'paused')))
      .orderBy(desc(sourceSilence.from))
      .limit(100)
  }

  /** One page, newest first. */
  async list(tx: Tx, query: PageQuery): Promise<Page<Silence>> {
    const page = keyset({ query, fields, sorts: ['-from'], id: sourceSilence.id })
    return page.read(tx.select(listed).from(sourceSilence))
  }

  /** Forgets closed ones that began before an instant (RFC 3339), and all but the newest `most`. */
  async prune(tx: Tx, before: string, most: number): Promise<void> {
    const closed = isNotNull(sourceSilence.to)
    await tx.delete(sourceSilence).where(and(closed, lt(sourceSilence.from, before)))
    const [oldest] = await tx
      .select({ from: sourceSilence.from })
      .from(sourceSilence)
      .orderBy(desc(sourceSilence.from))
      .offset(most)
      .limit(1)
    if (oldest)
      await tx.delete(sourceSilence).where(and(closed, lt(sourceSilence.from, oldest.from)))
  }
}
