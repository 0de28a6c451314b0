import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '@haidang/runtime/clock'
import type { Database, Scope, Tx } from '@haidang/runtime/database/database'
import { type MigrationSet, migrate } from '@haidang/runtime/database/migrator'
import { openDatabase } from '@haidang/runtime/database/open-database'
import { silentLog } from '@haidang/runtime/silent-log'
import pg from 'pg'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address that answers with a superuser's URL of the server this test run shares, started on first need. */
    databaseServer: string
  }
}

/** Names the advisory lock under which one worker at a time makes databases. */
const lockKey = 7_246_014

/** A database of one test, dropped when disposed of: `await using db = await testDatabase([…])`. */
export class TestDatabase implements Database, AsyncDisposable {
  /** The owner's URL: row-level security binds `transact`, not this. */
  readonly url: string
  readonly #server: string
  readonly #database: Database

  constructor(url: string, server: string, database: Database) {
    this.url = url
    this.#server = server
    this.#database = database
  }

  transact<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#database.transact(scope, work)
  }

  listen(channel: string, heard: (payload: string) => void): () => void {
    return this.#database.listen(channel, heard)
  }

  ping(): Promise<void> {
    return this.#database.ping()
  }

  close(): Promise<void> {
    return this.#database.close()
  }

  /** Runs one statement as the owner of the database, past row-level security. */
  asOwner(statement: string, values: unknown[] = []): Promise<pg.QueryResult> {
    return queried(this.url, statement, values)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
    const name = new URL(this.url).pathname.slice(1)
    await queried(this.#server, `drop database if exists ${name} with (force)`)
  }
}

/** A fresh database with the given migrations applied, on the server shared by the whole test run. */
export async function testDatabase(
  migrations: readonly MigrationSet[],
  { poolSize = 4 } = {},
): Promise<TestDatabase> {
  const server = await serverUrl()
  const url = urlOf(server, `test_${randomUUID().replaceAll('-', '')}`)
  const template = await templateName(migrations)
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await makeTemplate(client, template, server, migrations)
    const name = new URL(url).pathname.slice(1)
    // Copied as files: half as dear as by the log, made and dropped.
    await client.query(`create database ${name} template ${template} strategy file_copy`)
  } finally {
    await client.end()
  }
  const options = { url, migrations, clock: systemClock, log: silentLog, poolSize }
  return new TestDatabase(url, server, await openDatabase(options))
}

/** A superuser's URL of the shared server. */
export async function serverUrl(): Promise<string> {
  const answer = await fetch(inject('databaseServer'))
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return text
}

async function makeTemplate(
  client: pg.Client,
  template: string,
  server: string,
  migrations: readonly MigrationSet[],
): Promise<void> {
  const found = await client.query('select 1 from pg_database where datname = $1', [template])
  if (found.rowCount !== 0) return
  await client.query(`create database ${template}`)
  try {
    await migrate(urlOf(server, template), migrations, silentLog)
  } catch (error) {
    await client.query(`drop database ${template} with (force)`)
    throw error
  }
}

/** The same migrations give the same name, so that they run once in a test run. */
async function templateName(migrations: readonly MigrationSet[]): Promise<string> {
  const hash = createHash('sha256')
  for (const { name, directory } of migrations) {
    for (const file of (await readdir(directory)).sort()) {
      hash.update(`${name}/${file}\n`).update(await readFile(join(directory, file)))
    }
  }
  return `template_${hash.digest('hex').slice(0, 24)}`
}

function urlOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

async function queried(url: string, statement: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query(statement, values)
  } finally {
    await client.end()
  }
}
