import type { EventStore } from './event-store.ts'

/** An event store whose rows go out as Parquet files and come back from them. */
export interface ParquetEvents extends EventStore {
  /**
   * The rows of a SELECT as one Parquet file, zstd inside. The same rows in the same order give the same
   * bytes. The statement names its own bounds of memory and time.
   */
  exportParquet(
    select: string,
    parameters: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<Uint8Array>
  /**
   * Inserts the rows of a Parquet file, columns by name, under a token as `insert` does: the same token
   * again changes nothing, and rows that are missing of it are put back. `rows` is how many the file holds.
   */
  importParquet(table: string, file: ParquetFile, token: string): Promise<void>
  /** Runs one ALTER with bound parameters; resolves once it is begun, for deletions before it has ended. */
  alter(statement: string, parameters: Readonly<Record<string, unknown>>): Promise<void>
  /** Runs `work` while no insert of this process is under way; inserts wait for it. Keep it short. */
  quietly<T>(work: () => Promise<T>): Promise<T>
}

export interface ParquetFile {
  readonly bytes: Uint8Array
  readonly columns: readonly string[]
  readonly rows: number
}

/** Settings of the engine under which a file is small, is read by parts, and is the same every time. */
export const parquetSettings = {
  output_format_parquet_compression_method: 'zstd',
  output_format_parquet_string_as_string: 1,
  output_format_parquet_row_group_size: '20000',
  output_format_parquet_parallel_encoding: 0,
} as const
