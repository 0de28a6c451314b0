import type { Readable } from 'node:stream'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { parseNumbers } from '../database/number-types.ts'
import { columnList, quotedTable, type RecordsTable, recordsTables } from './records-catalogue.ts'

interface Sequence {
  readonly schema: string
  readonly name: string
  /** Null: never used. */
  readonly value: string | null
}

/** All records of a database as they stood at one moment, while others go on writing. */
export class RecordsSnapshot implements AsyncDisposable {
  readonly tables: readonly RecordsTable[]
  readonly #client: pg.Client

  private constructor(client: pg.Client, tables: readonly RecordsTable[]) {
    this.#client = client
    this.tables = tables
  }

  /** `url` is that of the owner of the database. */
  static async open(url: string): Promise<RecordsSnapshot> {
    parseNumbers()
    const client = new pg.Client({ connectionString: url, application_name: 'haidang backup' })
    client.on('error', () => undefined)
    await client.connect()
    try {
      await client.query(
        `begin transaction isolation level repeatable read read only;
         set local time zone 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'postgres';
         set local extra_float_digits = 1; set local idle_in_transaction_session_timeout = 0;
         select set_config('haidang.organisations', '*', true), set_config('haidang.tlp', '4', true)`,
      )
      return new RecordsSnapshot(client, await recordsTables(client))
    } catch (error) {
      await client.end()
      throw error
    }
  }

  async rows<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#client.query<Row>(sql, values)).rows
  }

  /** The rows of a table as PostgreSQL writes them for `copy`; read it to its end before anything else. */
  copy(table: RecordsTable): { stream: Readable; rows: () => number } {
    const copying = copyTo(`copy ${quotedTable(table)} (${columnList(table)}) to stdout`)
    const stream = this.#client.query(copying)
    return { stream, rows: () => copying.rowCount }
  }

  async sequences(): Promise<Sequence[]> {
    return this.rows<{ schema: string; name: string; value: string | null }>(
      `select schemaname as schema, sequencename as name, last_value::text as value
       from pg_sequences where schemaname <> 'haidang_jobs' order by 1, 2`,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end()
  }
}
