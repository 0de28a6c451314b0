import { AsyncLocalStorage } from 'node:async_hooks'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { Problem } from '../problem.ts'
import { type Database, type Scope, systemScope, type Tx } from './database.ts'
import { Listener } from './listener.ts'
import { applicationRole, type MigrationSet, migrate } from './migrator.ts'
import { parseNumbers } from './number-types.ts'
import { retried, sqlState } from './retry.ts'
import { Turns } from './turns.ts'

export interface OpenDatabaseOptions {
  /** `postgres://…` of a database whose owner we are: our own server's or any PostgreSQL ≥ 15. */
  readonly url: string
  /** Applied in this order before the database opens. */
  readonly migrations: readonly MigrationSet[]
  readonly clock: Clock
  readonly log: Log
  /** Connections at most; 10 unless told. */
  readonly poolSize?: number
  /** What one statement of a caller may take, milliseconds; half a minute unless told. The node's own may take longer. */
  readonly statementLimit?: number
  /** What one may wait for a connection, milliseconds; ten seconds unless told. */
  readonly waitLimit?: number
}

/** Part of that wait after which the database has more to do than it gets done. */
const busyAfter = 0.3
/** Part of the connections that callers leave to the node's own work: its jobs, its journal, its links. */
const keptForOwn = 0.2

/**
 * Migrates and opens a database. Throws Problem database.unavailable when it does not answer, is too
 * old, or an applied migration was edited.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<PostgresDatabase> {
  parseNumbers()
  const { url, migrations, clock, log, poolSize = 10, statementLimit = 30_000 } = options
  const { waitLimit = 10_000 } = options
  await migrate(url, migrations, log).catch((error: unknown) => {
    throw asUnavailable(error)
  })
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: waitLimit,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: 'haidang',
  })
  // A connection that breaks is replaced at next use; without listeners it would end the process: the
  // pool's own watches idle connections only, ours those in use too.
  pool.on('error', (error) => log.warn({ error: error.message }, 'a database connection broke'))
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new PostgresDatabase(pool, { url, clock, log, poolSize, statementLimit, waitLimit })
}

/** The adapter of the port `Database`; `url` is for what needs a connection of its own. */
export class PostgresDatabase implements Database {
  readonly url: string
  readonly #pool: pg.Pool
  readonly #clock: Clock
  readonly #log: Log
  readonly #listener: Listener
  readonly #statementLimit: number
  readonly #waitLimit: number
  /** Who waits for a connection, and since when; who came first is first. */
  readonly #waiting = new Set<{ readonly since: number }>()
  readonly #calling = new AsyncLocalStorage<true>()
  readonly #callers: Turns

  constructor(pool: pg.Pool, options: Required<Omit<OpenDatabaseOptions, 'migrations'>>) {
    this.url = options.url
    this.#pool = pool
    this.#clock = options.clock
    this.#log = options.log
    this.#listener = new Listener(options.url, options.log)
    this.#statementLimit = options.statementLimit
    this.#waitLimit = options.waitLimit
    const own = Math.max(1, Math.floor(options.poolSize * keptForOwn))
    this.#callers = new Turns(Math.max(1, options.poolSize - own))
  }

  /** Whether somebody waits so long that whoever can come back later should. */
  get isBusy(): boolean {
    const [longest] = this.#waiting
    return (
      longest !== undefined &&
      this.#clock.monotonic() - longest.since >= busyAfter * this.#waitLimit
    )
  }

  /** Does what a caller asks for: all callers together leave some connections to the node's own work. */
  asCaller<T>(work: () => T): T {
    return this.#calling.run(true, work)
  }

  async transact<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    const opening = openingOf(scope, this.#statementLimit)
    try {
      return await retried(() => this.#attempt(opening, work), this.#log)
    } catch (error) {
      throw translated(error, this.#log)
    }
  }

  listen(channel: string, heard: (payload: string) => void): () => void {
    return this.#listener.on(channel, heard)
  }

  async ping(): Promise<void> {
    try {
      await this.#pool.query('select 1')
    } catch (error) {
      throw asUnavailable(error)
    }
  }

  async close(): Promise<void> {
    await this.#listener.close()
    if (!this.#pool.ended) await this.#pool.end()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** A connection and how it is let go. Throws Problem database.busy where all stayed in use. */
  async #connection(): Promise<readonly [pg.PoolClient, (isBroken: boolean) => void]> {
    const turn = { since: this.#clock.monotonic() }
    const isCaller = this.#calling.getStore() === true
    const letGo = () => {
      if (isCaller) this.#callers.giveBack()
    }
    this.#waiting.add(turn)
    try {
      if (isCaller && !(await this.#callers.take(this.#waitLimit))) {
        throw new Problem('database.busy')
      }
      const client = await this.#connected().catch((error: unknown) => {
        letGo()
        throw error
      })
      const release = (isBroken: boolean) => {
        client.release(isBroken)
        letGo()
      }
      return [client, release]
    } finally {
      this.#waiting.delete(turn)
    }
  }

  async #connected(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect()
    } catch (error) {
      if (sqlState(error) !== undefined) throw error
      const { totalCount, idleCount, options } = this.#pool
      if (idleCount === 0 && totalCount >= options.max) throw new Problem('database.busy')
      throw asUnavailable(error)
    }
  }

  async #attempt<T>(opening: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const began = this.#clock.monotonic()
    const [client, release] = await this.#connection()
    let broken = false
    try {
      await client.query(opening)
      const result = await work(drizzle(client))
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => {
        broken = true
      })
      throw error
    } finally {
      release(broken)
      const milliseconds = this.#clock.monotonic() - began
      if (milliseconds > 5_000) this.#log.warn({ milliseconds }, 'a transaction took long')
    }
  }
}

/** One round trip: begin, drop to the application role, and say who asks. */
function openingOf({ organisations, clearance, actor }: Scope, limit: number): string {
  const visible = organisations === 'all' ? '*' : organisations.filter(isPlain).join(',')
  return [
    'begin',
    `set local role ${applicationRole}`,
    `set local time zone 'UTC'`,
    // A search without end would keep a connection from everybody else.
    `set local statement_timeout = ${actor.id === systemScope.actor.id ? 0 : Math.trunc(limit)}`,
    `select set_config('haidang.organisations', ${pg.escapeLiteral(visible)}, true), ` +
      `set_config('haidang.tlp', ${pg.escapeLiteral(String(Math.trunc(clearance)))}, true), ` +
      `set_config('haidang.actor', ${pg.escapeLiteral(actor.id)}, true)`,
  ].join('; ')
}

/** A list element must not pass for two, nor for the star that sees everything. */
function isPlain(organisation: string): boolean {
  return organisation !== '*' && !organisation.includes(',')
}

function translated(error: unknown, log: Log): unknown {
  const code = sqlState(error)
  if (code === '42501') {
    log.warn({ error: String(error) }, 'row-level security refused a write')
    return new Problem('permission.missing', 'The row belongs to somebody you may not write for')
  }
  if (code === '57014') return new Problem('request.too-slow')
  return code !== undefined && isConnectionFailure(code) ? asUnavailable(error) : error
}

function asUnavailable(error: unknown): unknown {
  if (error instanceof Problem) return error
  const code = sqlState(error)
  if (code !== undefined && !isConnectionFailure(code)) return error
  const problem = new Problem('database.unavailable', `The database does not answer: ${error}`)
  problem.cause = error
  return problem
}

/** SQLSTATE classes 08 and 57P, too many connections, and the system's own network errors. */
function isConnectionFailure(code: string): boolean {
  return /^(08|57P|53300|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN)/.test(code)
}
