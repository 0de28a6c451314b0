/** The columnar store of events (ClickHouse dialect). It knows tables and rows, no domain words. */
export interface EventStore {
  /** Runs idempotent data-definition statements, in order. */
  define(statements: readonly string[]): Promise<void>
  /**
   * Inserts JSONEachRow lines under a deduplication token: the same token again changes nothing,
   * also after a crash. Resolves after the rows are durable.
   */
  insert(table: string, lines: string | Uint8Array, token: string): Promise<void>
  /** Runs a query with bound parameters (`{name:Type}`); rows as plain objects. */
  query<Row>(
    sql: string,
    parameters: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<Row[]>
  /** Cheap liveness question; throws Problem event-store.unavailable. */
  ping(): Promise<void>
  close(): Promise<void>
}
