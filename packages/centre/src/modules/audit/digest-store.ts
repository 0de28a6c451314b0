import type { JournalDigest } from '@haidang/contracts/journal-digest'
import type { Tx } from '@haidang/runtime/database/database'
import { asc, desc, eq, lt } from 'drizzle-orm'
import { journalDigest } from './digest-tables.ts'

/** Signed digests, always inside a given transaction and so inside its scope. */
export class DigestStore {
  /** False where the day has a digest already. */
  async add(tx: Tx, document: JournalDigest): Promise<boolean> {
    const { day, entries } = document
    const added = await tx
      .insert(journalDigest)
      .values({ day, entries, document })
      .onConflictDoNothing()
      .returning({ day: journalDigest.day })
    return added.length > 0
  }

  async get(tx: Tx, day: string): Promise<JournalDigest | undefined> {
    const [row] = await tx.select().from(journalDigest).where(eq(journalDigest.day, day))
    return row?.document
  }

  async newest(tx: Tx): Promise<JournalDigest | undefined> {
    const [row] = await tx.select().from(journalDigest).orderBy(desc(journalDigest.day)).limit(1)
    return row?.document
  }

  /** Newest first, those of days before `day` where one is given. */
  async before(tx: Tx, day: string | undefined, limit: number): Promise<JournalDigest[]> {
    const rows = await tx
      .select()
      .from(journalDigest)
      .where(day === undefined ? undefined : lt(journalDigest.day, day))
      .orderBy(desc(journalDigest.day))
      .limit(limit)
    return rows.map(({ document }) => document)
  }

  /** All there are, at most `limit` of them, oldest first. */
  async all(tx: Tx, limit: number): Promise<JournalDigest[]> {
    const rows = await tx.select().from(journalDigest).orderBy(asc(journalDigest.day)).limit(limit)
    return rows.map(({ document }) => document)
  }
}
