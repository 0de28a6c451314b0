import type { JournalEntry } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { entryColumns, journal } from '@haidang/runtime/journal-tables'
import { and, eq, gt } from 'drizzle-orm'

const looks = eq(journal.type, 'object.read')
const fields = {
  seq: { column: journal.seq, kind: 'number' },
  time: { column: journal.time, kind: 'time' },
  subject: { column: journal.subject, kind: 'word' },
  actor_id: { column: journal.actor_id, kind: 'word' },
  actor_name: { column: journal.actor_name, kind: 'text' },
} as const

/** The entries of the journal that say who looked at what. */
export class ReadingView {
  list(tx: Tx, query: PageQuery): Promise<Page<JournalEntry>> {
    const page = keyset({ query, fields, sorts: ['-seq'], id: journal.id, only: looks })
    return page.read(tx.select(entryColumns).from(journal))
  }

  /** Whether somebody looked at something after a time. */
  async isKnown(tx: Tx, reader: string, subject: string, since: string): Promise<boolean> {
    const found = await tx
      .select({ seq: journal.seq })
      .from(journal)
      .where(
        and(
          ...[looks, eq(journal.actor_id, reader)],
          ...[eq(journal.subject, subject), gt(journal.time, since)],
        ),
      )
      .limit(1)
    return found.length > 0
  }
}
