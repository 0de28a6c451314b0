import type { JournalEntry } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import type { ChainHead } from '@haidang/runtime/journal-chain'
import { entryColumns, journal } from '@haidang/runtime/journal-tables'
import { and, asc, count, desc, eq, gt, gte, lte, min, sql } from 'drizzle-orm'
import { reachOf } from './reach-view.ts'

/** What a filter of the journal may name. */
export const journalFields = {
  seq: { column: journal.seq, kind: 'number' },
  time: { column: journal.time, kind: 'time' },
  type: { column: journal.type, kind: 'word' },
  organisation_id: { column: journal.organisation_id, kind: 'word' },
  actor_id: { column: journal.actor_id, kind: 'word' },
  actor_name: { column: journal.actor_name, kind: 'text' },
  authority: { column: journal.authority, kind: 'word' },
  subject: { column: journal.subject, kind: 'word' },
  related: { column: journal.related, kind: 'member' },
  reason: { column: journal.reason, kind: 'text' },
  text: { column: journal.folded, kind: 'text', whole: true },
} as const

/** The journal as its readers may see it: entries of a foreign organisation or a higher TLP are not there. */
export class JournalView {
  /** One page of what `scope`, that of the transaction, shows, newest first. */
  async list(tx: Tx, scope: Scope, query: PageQuery): Promise<Page<JournalEntry>> {
    const { only, common } = await reachOf(tx, scope, query.filter, journalFields)
    // Below a policy the planner takes any text for rare, and would read and sort all of it for one page.
    if (common) await tx.execute(sql`set local enable_seqscan = off`)
    const page = keyset({ query, fields: journalFields, sorts: ['-seq'], id: journal.id, only })
    return page.read(tx.select(entryColumns).from(journal))
  }

  async get(tx: Tx, id: string): Promise<JournalEntry | undefined> {
    const [entry] = await tx.select(entryColumns).from(journal).where(eq(journal.id, id))
    return entry
  }

  /** The newest entry of a type. */
  async newest(tx: Tx, type: JournalEntry['type']): Promise<JournalEntry | undefined> {
    const [entry] = await tx
      .select(entryColumns)
      .from(journal)
      .where(eq(journal.type, type))
      .orderBy(desc(journal.seq))
      .limit(1)
    return entry
  }

  /** How many a filter finds, counted up to `most`. */
  async count(tx: Tx, filter: string | undefined, most: number): Promise<number> {
    const { where } = keyset({
      query: { filter, limit: 1 },
      fields: journalFields,
      sorts: ['-seq'],
      id: journal.id,
    })
    const found = tx.select({ seq: journal.seq }).from(journal).where(where).limit(most)
    const [row] = await tx.select({ count: count() }).from(found.as('found'))
    return row?.count ?? 0
  }

  /** Entries above `after` up to and including `last`, oldest first. */
  between(tx: Tx, after: number, last: number, limit: number): Promise<JournalEntry[]> {
    return tx
      .select(entryColumns)
      .from(journal)
      .where(and(gt(journal.seq, after), lte(journal.seq, last)))
      .orderBy(asc(journal.seq))
      .limit(limit)
  }

  /** Position of the newest entry, whoever may see it; 0: there is none. */
  async head(tx: Tx): Promise<number> {
    return (await this.end(tx))?.seq ?? 0
  }

  /** Position and hash of the newest entry, whoever may see it. */
  async end(tx: Tx): Promise<ChainHead | undefined> {
    const { rows } = await tx.execute<{ seq: number; hash: string }>(
      sql`select seq, hash from journal_head()`,
    )
    return rows[0]
  }

  /** Position of the first entry of that time or later; the one after the newest where there is none. */
  async firstSince(tx: Tx, time: string): Promise<number> {
    const [row] = await tx
      .select({ seq: min(journal.seq) })
      .from(journal)
      .where(gte(journal.time, time))
    return row?.seq ?? (await this.head(tx)) + 1
  }
}
