import type { NodePgDatabase } from 'drizzle-orm/node-postgres'

/** A transaction under the row-level security of one scope. Store methods take it as first argument. */
export type Tx = Pick<
  NodePgDatabase,
  | 'select'
  | 'selectDistinct'
  | 'selectDistinctOn'
  | 'insert'
  | 'update'
  | 'delete'
  | 'execute'
  | '$with'
  | 'with'
>

/** Who does something; `acts_for`: id of whom in the journal they stand for, where that is not themselves. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly acts_for?: string
}

/** Who asks, and how far they may see. The database itself enforces it on every row. */
export interface Scope {
  readonly actor: Actor
  /** Organisations whose rows are visible; `all` for the node itself and roles of scope `node`. */
  readonly organisations: readonly string[] | 'all'
  /** Highest TLP rank visible (see contracts/tlp). */
  readonly clearance: number
}

/** The node acting on its own behalf: sees everything, still through the same policies. */
export const systemScope: Scope = {
  actor: { id: 'system', name: 'Hải Đăng' },
  organisations: 'all',
  clearance: 4,
}

/** The records of the node (PostgreSQL). */
export interface Database {
  /**
   * Runs `work` in one transaction as role `haidang_app` with the scope set by `set_config(…, true)`.
   * All of it is kept, or none. Serialisation failures and deadlocks are retried a bounded number of times.
   */
  transact<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Calls `heard` with what committed transactions `pg_notify` on a channel, and with an empty payload
   * whenever something may have been missed. Returns the function that stops it.
   */
  listen(channel: string, heard: (payload: string) => void): () => void
  /** Cheap liveness question; throws Problem database.unavailable. */
  ping(): Promise<void>
  close(): Promise<void>
}
