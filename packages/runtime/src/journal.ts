import type { EntryType, JournalEntry } from '@haidang/contracts/journal'
import type { ChainReport } from '@haidang/contracts/journal-check'
import type { Actor, Tx } from './database/database.ts'
import type { CheckOptions } from './journal-verifier.ts'

/** What the writer of an entry says; position, time and hashes are added. */
export interface EntryDraft {
  readonly type: EntryType
  /** Whose row it is; null: the node's own, seen by scope `all` only. */
  readonly organisation_id: string | null
  readonly tlp_rank?: number
  /** Whom the actor acts for is added to `related`. */
  readonly actor: Actor
  readonly authority: string
  readonly subject: string
  readonly related?: readonly string[]
  readonly reason?: string
  readonly before?: unknown
  readonly after?: unknown
}

/** Reads on behalf of one consequence; `handle` runs in the transaction that moves its cursor: exactly once. */
export interface JournalReader {
  readonly name: string
  readonly types: readonly EntryType[] | 'all'
  handle(tx: Tx, entry: JournalEntry): Promise<void>
}

/** The append-only, hash-chained journal: the audit trail, and the source of every consequence. */
export interface Journal {
  /** Writes one entry in the transaction of the act. Positions have no holes and follow commit order. */
  append(tx: Tx, draft: EntryDraft): Promise<JournalEntry>
  /** Runs a reader until `signal` aborts. Woken by commit, not by polling alone. */
  follow(reader: JournalReader, signal: AbortSignal): Promise<void>
  /** Calls `wake` soon after any commit that appended; returns a function that stops it. For live screens. */
  onAppend(wake: () => void): () => void
  /** Recomputes the chain in bounded memory and says where it first is not as it was written. */
  verify(options?: CheckOptions): Promise<ChainReport>
}
