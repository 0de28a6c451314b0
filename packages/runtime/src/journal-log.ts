import { createHash } from 'node:crypto'
import type { JournalEntry } from '@haidang/contracts/journal'
import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import { canonicalJson } from './canonical-json.ts'
import type { Clock } from './clock.ts'
import { storable } from './database/columns.ts'
import { type Database, systemScope, type Tx } from './database/database.ts'
import type { NewId } from './ids.ts'
import type { EntryDraft, Journal, JournalReader } from './journal.ts'
import { ReaderLoop } from './journal-reader-loop.ts'
import { journal, journalReader } from './journal-tables.ts'
import type { Log } from './log.ts'
import { silentLog } from './silent-log.ts'

/** Names the transaction lock that gives positions in commit order. */
const lockKey = 7_246_015
const channel = 'haidang_journal'
const firstHash = '0'.repeat(64)
const verifyBatch = 1_000

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
    const entry: JournalEntry = { ...open, hash: hashOf(open) }
    await tx.insert(journal).values(entry)
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

  async verify(): Promise<{
    entries: number
    intact: boolean
    broken_at: number | null
    head: string
  }> {
    const { furthest, end } = await this.#database.transact(systemScope, async (tx) => {
      const [read] = await tx
        .select({ seq: sql<number>`max(${journalReader.seq})` })
        .from(journalReader)
      return { furthest: read?.seq ?? 0, end: (await headOf(tx)).seq }
    })
    let head = { seq: 0, hash: firstHash }
    while (head.seq < end) {
      const entries = await this.#read(head.seq, Math.min(head.seq + verifyBatch, end))
      for (const entry of entries) {
        if (!follows(entry, head)) return broken(end, head)
        head = entry
      }
      if (entries.length === 0) return broken(end, head)
    }
    // Whoever cut off the end has left readers standing beyond it.
    if (furthest > head.seq) return broken(end, head)
    return { entries: end, intact: true, broken_at: null, head: head.hash }
  }

  #read(after: number, upTo: number): Promise<JournalEntry[]> {
    return this.#database.transact(systemScope, (tx) =>
      tx
        .select()
        .from(journal)
        .where(and(gt(journal.seq, after), lte(journal.seq, upTo)))
        .orderBy(asc(journal.seq)),
    )
  }

  /** Handles up to `limit` entries and moves the cursor, in one transaction. Whether there may be more. */
  #advance(reader: JournalReader, limit: number): Promise<boolean> {
    const { name, types } = reader
    return this.#database.transact(systemScope, async (tx) => {
      const cursor = await lockedCursor(tx, name)
      const wanted = types === 'all' ? undefined : inArray(journal.type, [...types])
      const entries = await tx
        .select()
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

async function headOf(tx: Tx): Promise<{ seq: number; hash: string }> {
  const { rows } = await tx.execute<{ seq: number; hash: string }>(
    sql`select seq, hash from journal_head()`,
  )
  return rows[0] ?? { seq: 0, hash: firstHash }
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

/** The draft as it will read back: what is hashed must be exactly what is stored. */
function plain(draft: EntryDraft) {
  const { type, organisation_id, actor, authority, subject } = draft
  const rest = {
    tlp_rank: draft.tlp_rank ?? 0,
    actor_id: actor.id,
    actor_name: actor.name,
    authority,
    subject,
    related: draft.related ?? [],
    reason: draft.reason ?? '',
    before: draft.before ?? null,
    after: draft.after ?? null,
  }
  const stored: typeof rest = JSON.parse(JSON.stringify(storable(rest)))
  return { type, organisation_id, ...stored, related: [...stored.related] }
}

function hashOf(entry: Omit<JournalEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex')
}

function follows(entry: JournalEntry, head: { seq: number; hash: string }): boolean {
  const { hash, ...rest } = entry
  return entry.seq === head.seq + 1 && entry.previous_hash === head.hash && hash === hashOf(rest)
}

function broken(entries: number, head: { seq: number; hash: string }) {
  return { entries, intact: false, broken_at: head.seq + 1, head: head.hash }
}
