import { and, asc, gt, gte, lte, max, min } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { type Database, systemScope, type Tx } from './database/database.ts'
import { parseNumbers } from './database/number-types.ts'
import { entryColumns, journal, journalReader } from './journal-tables.ts'
import type { ChainSource } from './journal-verifier.ts'

/** The journal of a running node. */
export function nodeJournal(database: Database): ChainSource {
  return sourceOf((work) => database.transact(systemScope, work))
}

/** The journal of a database, open for reading. */
interface JournalSource extends ChainSource {
  /** Position of the first entry of that time (RFC 3339) or later; the one after the newest where there is none. */
  firstSince(time: string): Promise<number>
  close(): Promise<void>
}

/**
 * The journal of a database that no node need have open: read in one read-only snapshot, nothing is
 * migrated. Throws what the driver throws when it does not answer or has no journal.
 */
export async function openJournalSource(url: string): Promise<JournalSource> {
  parseNumbers()
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  client.on('error', () => undefined)
  await client.query('begin transaction isolation level repeatable read read only')
  await client.query(
    `select set_config('haidang.organisations', '*', true), set_config('haidang.tlp', '4', true),
      set_config('TimeZone', 'UTC', true)`,
  )
  const tx = drizzle(client)
  const source = sourceOf((work) => work(tx))
  return {
    ...source,
    firstSince: async (time) => {
      const found = await tx
        .select({ seq: min(journal.seq) })
        .from(journal)
        .where(gte(journal.time, time))
      return found[0]?.seq ?? (await source.ends()).last + 1
    },
    close: () => client.end(),
  }
}

function sourceOf(within: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>): ChainSource {
  return {
    ends: () =>
      within(async (tx) => {
        const [read] = await tx.select({ seq: max(journalReader.seq) }).from(journalReader)
        const [head] = await tx.select({ seq: max(journal.seq) }).from(journal)
        return { furthest: read?.seq ?? 0, last: head?.seq ?? 0 }
      }),
    read: (after, upTo, limit) =>
      within((tx) =>
        tx
          .select(entryColumns)
          .from(journal)
          .where(and(gt(journal.seq, after), lte(journal.seq, upTo)))
          .orderBy(asc(journal.seq))
          .limit(limit),
      ),
  }
}
