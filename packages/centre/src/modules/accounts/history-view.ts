import { type AccountEvent, accountEntries } from '@haidang/contracts/account-history'
import type { JournalEntry } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { entryColumns, journal } from '@haidang/runtime/journal-tables'
import { and, eq, inArray } from 'drizzle-orm'

const fields = {
  seq: { column: journal.seq, kind: 'number' },
  time: { column: journal.time, kind: 'time' },
  act: { column: journal.type, kind: 'word' },
} as const

/** What was done to somebody's account, by themselves and by others, as the journal has it. */
export class HistoryView {
  /** Newest first; needs the scope of the node. */
  async of(tx: Tx, personId: string, query: PageQuery): Promise<Page<AccountEvent>> {
    const only = and(eq(journal.subject, personId), inArray(journal.type, [...accountEntries]))
    const page = keyset({ query, fields, sorts: ['-seq'], id: journal.id, only })
    const { items, next } = await page.read(tx.select(entryColumns).from(journal))
    return { items: items.flatMap((entry) => eventOf(entry, personId)), next }
  }
}

/** As `PersonService` words it where an administrator or the holder set a new one. */
const replaced = 'password replaced'

function eventOf(entry: JournalEntry, personId: string): AccountEvent[] {
  const type = accountEntries.find((one) => one === entry.type)
  if (!type) return []
  const { id, time, actor_id, actor_name, reason } = entry
  const act = type === 'person.updated' && reason === replaced ? 'password.replaced' : type
  const told = type === 'person.updated' ? '' : reason
  return [{ id, time, act, by: actor_name, own: actor_id === personId, reason: told }]
}
