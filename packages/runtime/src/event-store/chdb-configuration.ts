/** Limits of one embedded engine. */
export interface ChdbLimits {
  /** What all queries, merges and caches may take together, in bytes. */
  readonly memoryBytes: number
  /** Threads one query may use. */
  readonly threads: number
  /** Seconds after which a query is given up. */
  readonly querySeconds: number
}

/** Sized so that four nodes of a demonstration fit on one small machine. */
export const defaultChdbLimits: ChdbLimits = {
  memoryBytes: 640 * 1024 * 1024,
  threads: 2,
  querySeconds: 30,
}

/** Server settings of ClickHouse that cannot be set by a statement, as its XML configuration. */
export function chdbConfiguration(limits: ChdbLimits): string {
  const server = {
    max_server_memory_usage: limits.memoryBytes,
    mark_cache_size: 32 * 1024 * 1024,
    index_mark_cache_size: 8 * 1024 * 1024,
    uncompressed_cache_size: 8 * 1024 * 1024,
    index_uncompressed_cache_size: 0,
    mmap_cache_size: 16,
    query_condition_cache_size: 8 * 1024 * 1024,
    primary_index_cache_size: 16 * 1024 * 1024,
    compiled_expression_cache_size: 4 * 1024 * 1024,
    background_pool_size: 2,
    background_merges_mutations_concurrency_ratio: 2,
    background_common_pool_size: 2,
    background_move_pool_size: 1,
    background_fetches_pool_size: 1,
    background_schedule_pool_size: 4,
    max_thread_pool_free_size: 4,
  }
  // The pool is smaller than the defaults of these tables expect.
  const mergeTree = {
    number_of_free_entries_in_pool_to_execute_mutation: 1,
    number_of_free_entries_in_pool_to_lower_max_size_of_merge: 1,
    number_of_free_entries_in_pool_to_execute_optimize_entire_partition: 1,
    merge_max_block_size: 2048,
  }
  return `<clickhouse>\n${elements(server)}\n<merge_tree>\n${elements(mergeTree)}\n</merge_tree>\n</clickhouse>\n`
}

/** Settings every statement starts from; a request may name others. */
export function statementDefaults(limits: ChdbLimits): Record<string, string> {
  return {
    max_memory_usage: String(Math.floor(limits.memoryBytes * 0.7)),
    max_bytes_before_external_group_by: String(Math.floor(limits.memoryBytes * 0.3)),
    max_bytes_before_external_sort: String(Math.floor(limits.memoryBytes * 0.3)),
    max_threads: String(limits.threads),
    max_execution_time: String(limits.querySeconds),
    max_block_size: '16384',
    max_read_buffer_size: '262144',
    async_insert: '0',
    output_format_json_quote_64bit_integers: '0',
  }
}

function elements(values: Record<string, number>): string {
  return Object.entries(values)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('\n')
}
