import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import type { Agent } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { Clock } from '../clock.ts'
import { passes, refusal, unavailable } from './clickhouse-trouble.ts'
import { countLines } from './count-lines.ts'
import { tokenColumn } from './event-table.ts'
import { InsertGate } from './insert-gate.ts'
import { type ParquetEvents, type ParquetFile, parquetSettings } from './parquet-events.ts'
import { assigned, quoted } from './statement-text.ts'

export interface ClickhouseParts {
  /** `http://` or `https://` address, with user and password where the server asks for them. */
  readonly url: string
  readonly database?: string
  readonly clock: Clock
  /** Milliseconds for which a server that does not answer is asked again. */
  readonly patience: number
  /** Ways to the server other than the address, such as a UNIX socket. */
  readonly agent?: Agent
  readonly compress?: boolean
  /**
   * Directory whose files the server reads, too: rows of inserts go there instead of through the connection,
   * which costs both sides less than half of the processor time.
   */
  readonly handover?: string
}

/** Rows on their way into a table. */
interface Insert {
  readonly table: string
  readonly format: 'JSONEachRow' | 'Parquet'
  /** Absent: as the rows name them. */
  readonly columns?: readonly string[]
  readonly bytes: Uint8Array
  readonly token: string
  readonly rows: number
}

/**
 * Rows of a Parquet file one statement reads: it is charged some eight times the bytes of all it read, and
 * would end at its bound of memory before the end of a busy hour.
 */
const rowsOfFile = 5000

/** Inserts proved row by row after a start or a failure, when a crash may have cut one short. */
const provedAfterTrouble = 64
const firstPause = 50
const longestPause = 1_000
const pingMilliseconds = 2_000

/** One insert is one block, so that a range becomes one part of a day, wholly or not at all. */
const insertSettings = {
  async_insert: 0,
  insert_deduplicate: 1,
  date_time_input_format: 'best_effort',
  input_format_parallel_parsing: 0,
  input_format_skip_unknown_fields: 1,
  max_insert_threads: '1',
  max_block_size: '65536',
  max_threads: 1,
  max_insert_block_size: '4000000',
  min_insert_block_size_rows: '4000000',
  min_insert_block_size_bytes: '1000000000',
} as const

/**
 * Event store on any server of the ClickHouse HTTP interface: a real one, a cluster, or the embedded
 * engine. A server that goes away is asked again until `patience` ends, then Problem
 * event-store.unavailable; a question beyond the limits is Problem event-store.too-heavy.
 *
 * The engine notes an insert token before it renames the part it belongs to. A kill between the two
 * makes it take the repeat for a duplicate of rows it does not have. So inserts after a start and after
 * a failure are counted against the table, and repaired when rows are missing.
 */
export class ClickhouseEventStore implements ParquetEvents {
  readonly #client: ClickHouseClient
  readonly #gate = new InsertGate()
  readonly #clock: Clock
  readonly #patience: number
  readonly #handover: string | undefined
  readonly #closed = new AbortController()
  #toProve = provedAfterTrouble

  constructor(parts: ClickhouseParts) {
    this.#clock = parts.clock
    this.#patience = parts.patience
    this.#handover = parts.handover
    this.#client = createClient({
      url: parts.url,
      ...(parts.database ? { database: parts.database } : {}),
      ...(parts.agent ? { http_agent: parts.agent } : {}),
      request_timeout: 60_000,
      keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
      compression: { request: parts.compress ?? false, response: parts.compress ?? false },
      clickhouse_settings: {
        date_time_output_format: 'iso',
        output_format_json_quote_64bit_integers: 0,
      },
      // What goes wrong is thrown; the log is the caller's.
      log: { level: ClickHouseLogLevel.OFF },
    })
  }

  async define(statements: readonly string[]): Promise<void> {
    for (const query of statements)
      await this.#persist(() => this.#client.command({ query }), undefined)
  }

  async insert(table: string, lines: string | Uint8Array, token: string): Promise<void> {
    const bytes = typeof lines === 'string' ? Buffer.from(lines) : lines
    const rows = countLines(bytes)
    if (rows === 0) return
    await this.#gate.insert(() =>
      this.#insert({ table, format: 'JSONEachRow', bytes, token, rows }),
    )
  }

  async importParquet(table: string, file: ParquetFile, token: string): Promise<void> {
    // Rows that were dropped come back: what the engine remembers of a token says nothing of them.
    this.#toProve += 1
    await this.#gate.insert(() => this.#insert({ table, format: 'Parquet', ...file, token }))
  }

  exportParquet(
    select: string,
    parameters: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<Uint8Array> {
    return this.#persist(async () => {
      const { stream } = await this.#client.exec({
        query: `${select} FORMAT Parquet`,
        query_params: { ...parameters },
        clickhouse_settings: parquetSettings,
        decompress_response_stream: true,
        ...(signal ? { abort_signal: signal } : {}),
      })
      return buffer(stream)
    }, signal)
  }

  async alter(query: string, parameters: Readonly<Record<string, unknown>>): Promise<void> {
    const clickhouse_settings = { mutations_sync: '0' } as const
    const command = { query, query_params: { ...parameters }, clickhouse_settings }
    await this.#persist(() => this.#client.command(command), undefined)
  }

  quietly<T>(work: () => Promise<T>): Promise<T> {
    return this.#gate.quietly(work)
  }

  async #insert(insert: Insert): Promise<void> {
    let troubled = false
    const attempt = async () => {
      try {
        await this.#send(insert, insert.token)
      } catch (error) {
        troubled = true
        this.#toProve = provedAfterTrouble
        throw error
      }
    }
    await this.#persist(attempt, undefined)
    if (!troubled && this.#toProve === 0) return
    await this.#persist(() => this.#prove(insert), undefined)
    if (this.#toProve > 0) this.#toProve -= 1
  }

  query<Row>(
    sql: string,
    parameters: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<Row[]> {
    return this.#persist(async () => {
      const answer = await this.#client.query({
        query: sql,
        query_params: { ...parameters },
        format: 'JSONEachRow',
        ...(signal ? { abort_signal: signal } : {}),
      })
      return answer.json<Row>()
    }, signal)
  }

  async ping(): Promise<void> {
    const answer = await this.#client.ping({
      select: false,
      abort_signal: AbortSignal.timeout(pingMilliseconds),
    })
    if (!answer.success) throw unavailable(answer.error)
  }

  async close(): Promise<void> {
    this.#closed.abort()
    await this.#client.close()
  }

  /** Rows of an earlier, killed attempt may be missing or, after a power cut, stand twice: make it whole. */
  async #prove(insert: Insert): Promise<void> {
    const { table, token, rows } = insert
    // A repair has a token of its own, because the engine would refuse the first one as a repeat.
    const which = `${tokenColumn} = {token:String} OR startsWith(${tokenColumn}, {repairs:String})`
    const query_params = { token, repairs: `${token}#` }
    const answer = await this.#client.query({
      query: `SELECT count() AS n FROM ${table} WHERE ${which}`,
      query_params,
      format: 'JSONEachRow',
    })
    const [found] = await answer.json<{ n: number | string }>()
    if (Number(found?.n ?? 0) === rows) return
    if (Number(found?.n ?? 0) > 0)
      await this.#client.command({
        query: `ALTER TABLE ${table} DELETE WHERE ${which}`,
        query_params,
        clickhouse_settings: { mutations_sync: '2' },
      })
    await this.#send(insert, `${token}#${this.#clock.now()}`)
  }

  #send(insert: Insert, token: string): Promise<void> {
    return this.#handover === undefined
      ? this.#stream(insert, token)
      : this.#handOver(this.#handover, insert, token)
  }

  async #handOver(directory: string, insert: Insert, token: string): Promise<void> {
    const file = join(directory, randomUUID())
    try {
      await writeFile(file, insert.bytes, { mode: 0o600 })
      if (insert.format === 'JSONEachRow') await this.#read(file, insert, token)
      else
        for (let from = 0; from < Math.max(insert.rows, 1); from += rowsOfFile)
          await this.#read(file, insert, `${token}#${from}`, `LIMIT ${rowsOfFile} OFFSET ${from}`)
    } finally {
      await rm(file, { force: true })
    }
  }

  async #read(file: string, insert: Insert, token: string, part = ''): Promise<void> {
    const { columns, format } = insert
    const ordered = format === 'Parquet' ? { input_format_parquet_preserve_order: 1 } : {}
    const given = assigned({ ...insertSettings, ...ordered, insert_deduplication_token: token })
    const rows = `${columns?.join(', ') ?? '*'} FROM file(${quoted(file)}, ${quoted(format)}) ${part}`
    await this.#client.command({
      query: `INSERT INTO ${into(insert)} SETTINGS ${given} SELECT ${rows}`,
    })
  }

  async #stream(insert: Insert, token: string): Promise<void> {
    const { stream } = await this.#client.exec({
      query: `INSERT INTO ${into(insert)} FORMAT ${insert.format}`,
      values: Readable.from([insert.bytes], { objectMode: false }),
      clickhouse_settings: { ...insertSettings, insert_deduplication_token: token },
    })
    await finished(stream.resume())
  }

  /** Asks again while the trouble is one that passes. Everything asked here may be repeated. */
  async #persist<T>(ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const until = this.#clock.monotonic() + this.#patience
    for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
      try {
        return await ask()
      } catch (error) {
        signal?.throwIfAborted()
        if (!passes(error)) throw refusal(error)
        if (this.#closed.signal.aborted || this.#clock.monotonic() + wait > until)
          throw unavailable(error)
      }
      await pause(wait, undefined, signal ? { signal } : {})
    }
  }
}

/** The table of an insert, with its columns where they are named. */
function into({ table, columns }: Insert): string {
  return columns === undefined ? table : `${table} (${columns.join(', ')})`
}
