interface Column {
  readonly name: string
  /** ClickHouse type, with codec where it pays. */
  readonly type: string
}

interface Layout {
  /**
   * Column of a time the node itself sets; its UTC day is the partition. A time that senders write
   * would let one of them open any number of partitions.
   */
  readonly partition: string
  /** Whole numbers to part rows by instead, as an expression; few at a time. */
  readonly partitionBy?: string
  /** Columns of the sorting key, the most often named first. */
  readonly order: readonly string[]
  /** Whole days after which a partition may be dropped, counted from the `partition` column; at most 36,500. */
  readonly keepDays: number
  /** Data-skipping indexes: `INDEX name expression TYPE type GRANULARITY n`. */
  readonly indexes?: readonly string[]
}

/** The column in which every row carries the token of the insert that brought it. */
export const tokenColumn = 'insert_token'

/**
 * How many of the latest insert tokens the engine itself remembers for a table. Far above the number
 * of ranges that can be open at a time; the adapter's own check covers whatever is older.
 */
export const deduplicationWindow = 10_000

/**
 * The statement that creates a table `EventStore.insert` may write to. Rows are on disk before an insert
 * is answered (`fsync_*`), the engine knows a token again (`non_replicated_deduplication_window`), and
 * every row keeps its token, which no sender can set, so that an insert can be proved complete after a
 * crash. See ClickHouse documentation, "MergeTree table settings".
 */
export function eventTable(name: string, columns: readonly Column[], layout: Layout): string {
  const lines = [
    ...columns.map((column) => `${column.name} ${column.type}`),
    `${tokenColumn} String MATERIALIZED getSetting('insert_deduplication_token') CODEC(ZSTD(1))`,
    `INDEX ${tokenColumn}_range ${tokenColumn} TYPE minmax GRANULARITY 1`,
    ...(layout.indexes ?? []),
  ]
  const settings = [
    'fsync_after_insert = 1',
    'fsync_part_directory = 1',
    `non_replicated_deduplication_window = ${deduplicationWindow}`,
    'ttl_only_drop_parts = 1',
  ]
  return [
    `CREATE TABLE IF NOT EXISTS ${name} (`,
    `  ${lines.join(',\n  ')}`,
    ') ENGINE = MergeTree',
    `PARTITION BY ${layout.partitionBy ?? `toDate(${layout.partition}, 'UTC')`}`,
    `ORDER BY (${layout.order.join(', ')})`,
    `TTL ${ttl(layout)}`,
    `SETTINGS ${settings.join(', ')}`,
  ].join('\n')
}

/** The statement that gives a table made with another `keepDays` this one, without reading its rows. */
export function keptFor(name: string, layout: Pick<Layout, 'partition' | 'keepDays'>): string {
  return `ALTER TABLE ${name} MODIFY TTL ${ttl(layout)} SETTINGS materialize_ttl_after_modify = 0`
}

function ttl({ partition, keepDays }: Pick<Layout, 'partition' | 'keepDays'>): string {
  return `toDate(${partition}, 'UTC') + toIntervalDay(${keepDays})`
}

/** The statement that gives a table made by an earlier version the columns it lacks; rows it has are empty there. */
export function missingColumns(name: string, columns: readonly Column[]): string {
  const added = columns.map((column) => `ADD COLUMN IF NOT EXISTS ${column.name} ${column.type}`)
  return `ALTER TABLE ${name} ${added.join(', ')}`
}
