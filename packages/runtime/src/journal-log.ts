import { foldVietnamese } from '@haidang/contracts/fold'
import type { JournalEntry } from '@haidang/contracts/journal'
import type { ChainReport } from '@haidang/contracts/journal-check'
import { storable } from '@haidang/contracts/storable'
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Clock } from './clock.ts'
import { type Database, systemScope, type Tx } from './database/database.ts'
import type { NewId } from './ids.ts'
import type { EntryDraft, Journal, JournalReader } from './journal.ts'
import { type ChainHead, chainStart, entryHash } from './journal-chain.ts'
import { ReaderLoop } from './journal-reader-loop.ts'
import { nodeJournal } from './journal-source.ts'
import { entryColumns, journal, journalReader } from './journal-tables.ts'
import { type CheckOptions, verifyChain } from './journal-verifier.ts'
import type { Log } from './log.ts'
import { silentLog } from './silent-log.ts'

/** Names the transaction lock that gives positions in commit order. */
const lockKey = 7_246_015
const channel = 'haidang_journal'

interface JournalParts {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly log?: Log
}

/** The journal of a node, kept in its database. */
export function createJournal(parts: JournalParts): Journal {
  return new JournalLog(parts)
}

/**
 * Invariants: an append holds a lock until its transaction ends, so positions have no holes and appear
 * in order; `hash` is SHA-256 of the canonical JSON of all other fields, `previous_hash` among them; the
 * application's role can add rows but neither change nor remove them.
 */
class JournalLog implements Journal {
  readonly #database: Database
  readonly #clock: Clock
  readonly #newId: NewId
  readonly #log: Log

  constructor({ database, clock, newId, log = silentLog }: JournalParts) {
    this.#database = database
    this.#clock = clock
    this.#newId = newId
    this.#log = log
  }

  async append(tx: Tx, draft: EntryDraft): Promise<JournalEntry> {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`)
    const head = await headOf(tx)
    const open = {
      seq: head.seq + 1,
      id: this.#newId('entry'),
      time: this.#clock.iso(),
      ...plain(draft),
      previous_hash: head.hash,
    }
    const entry: JournalEntry = { ...open, hash: entryHash(open) }
    await tx.insert(journal).values({ ...entry, folded: foldedOf(entry) })
    await tx.execute(sql`select pg_notify(${channel}, ${String(entry.seq)})`)
    return entry
  }

  follow(reader: JournalReader, signal: AbortSignal): Promise<void> {
    const loop = new ReaderLoop(
      (limit) => this.#advance(reader, limit),
      (error) => this.#log.error({ reader: reader.name, error }, 'a journal reader is held up'),
    )
    return loop.run((wake) => this.onAppend(wake), signal)
  }

  onAppend(wake: () => void): () => void {
    return this.#database.listen(channel, wake)
  }

  verify(options?: CheckOptions): Promise<ChainReport> {
    return verifyChain(nodeJournal(this.#database), options)
  }

  /** Handles up to `limit` entries and moves the cursor, in one transaction. Whether there may be more. */
  #advance(reader: JournalReader, limit: number): Promise<boolean> {
    const { name, types } = reader
    return this.#database.transact(systemScope, async (tx) => {
      const cursor = await lockedCursor(tx, name)
      const wanted = types === 'all' ? undefined : inArray(journal.type, [...types])
      const entries = await tx
        .select(entryColumns)
        .from(journal)
        .where(and(gt(journal.seq, cursor), wanted))
        .orderBy(asc(journal.seq))
        .limit(limit)
      for (const entry of entries) await reader.handle(tx, entry)
      const last = entries.at(-1)
      if (last) {
        await tx.update(journalReader).set({ seq: last.seq }).where(eq(journalReader.name, name))
      }
      return entries.length === limit
    })
  }
}

async function headOf(tx: Tx): Promise<ChainHead> {
  const { rows } = await tx.execute<{ seq: number; hash: string }>(
    sql`select seq, hash from journal_head()`,
  )
  return rows[0] ?? chainStart
}

async function lockedCursor(tx: Tx, name: string): Promise<number> {
  await tx.insert(journalReader).values({ name, seq: 0 }).onConflictDoNothing()
  const [row] = await tx
    .select({ seq: journalReader.seq })
    .from(journalReader)
    .where(eq(journalReader.name, name))
    .for('update')
  return row?.seq ?? 0
}

/** What free text searches: the same fields as migration 0004 folds. */
function foldedOf({ actor_name, type, subject, reason }: JournalEntry): string {
  return foldVietnamese([actor_name, type, subject, reason].join(' '))
}

/** The draft as it will read back: what is hashed must be exactly what is stored. */
function plain(draft: EntryDraft) {
  const { type, organisation_id, actor, authority, subject } = draft
  const rest = {
    tlp_rank: draft.tlp_rank ?? 0,
    actor_id: actor.id,
    actor_name: actor.name,
    authority,
    subject,
    related: [...(draft.related ?? []), ...(actor.acts_for ? [actor.acts_for] : [])],
    reason: draft.reason ?? '',
    before: draft.before ?? null,
    after: draft.after ?? null,
  }
  const stored: typeof rest = JSON.parse(JSON.stringify(storable(rest)))
  return { type, organisation_id, ...stored, related: [...stored.related] }
}
