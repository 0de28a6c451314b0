import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '../../log.ts'
import { Problem } from '../../problem.ts'
import { type Cluster, openCluster, serverEnvironment } from './cluster.ts'
import { clearOrphan, stopProcess } from './postmaster.ts'
import { type ServerPlace, settle } from './server-place.ts'

export interface EmbeddedPostgresOptions {
  /** Directory of this server alone, below the node's data directory. */
  readonly directory: string
  readonly log: Log
  /** PostgreSQL settings that differ from ours, e.g. `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>
}

/** Modest: four nodes share one small machine; durability stays on. */
const ourSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '40',
  // Taken page by page as they are needed. With an eighth of it every index page of a flood of rows was
  // written out, checksummed and read again between two inserts.
  shared_buffers: '256MB',
  work_mem: '8MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '512MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  fsync: 'on',
  synchronous_commit: 'on',
  // Short transactions that take locks crosswise are repeated; waiting a second first helps nobody.
  deadlock_timeout: '200ms',
  jit: 'off',
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '2',
  idle_in_transaction_session_timeout: '300s',
  lc_messages: 'C',
  log_timezone: 'UTC',
  timezone: 'UTC',
  log_line_prefix: '',
  log_min_messages: 'warning',
}

const startWithin = 60_000
const portAttempts = 5
/** Waiting time before the server is started again after it died: doubles up to the longest (milliseconds). */
const firstBackOff = 100
const longestBackOff = 10_000

export type ServerState = 'running' | 'restarting' | 'stopped'

/** A PostgreSQL server of our own: a child process, listening on loopback, password in its directory. */
export class EmbeddedPostgres {
  readonly #place: ServerPlace
  readonly #cluster: Cluster
  readonly #log: Log
  readonly #settings: Readonly<Record<string, string>>
  #port = 0
  #child: ChildProcess | undefined
  #state: ServerState = 'stopped'
  #restarts = 0
  #revival: Promise<void> = Promise.resolve()
  readonly #stopping = new AbortController()

  private constructor(place: ServerPlace, cluster: Cluster, options: EmbeddedPostgresOptions) {
    this.#place = place
    this.#cluster = cluster
    this.#log = options.log
    this.#settings = { ...ourSettings, ...options.settings }
  }

  /**
   * Makes the cluster if there is none, stops what a killed run left behind, starts the server and
   * waits until it accepts connections. Throws Problem database.unavailable with the server's words.
   */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const place = await settle(options.directory)
    const cluster = await openCluster(place)
    await clearOrphan(cluster.directory, options.log)
    const server = new EmbeddedPostgres(place, cluster, options)
    await server.#startOnFreePort()
    try {
      await server.#createDatabase('haidang')
    } catch (error) {
      // Nobody else knows of it, and it would keep this program alive.
      await server.stop()
      throw error
    }
    return server
  }

  /** Address of the database `haidang`, with password; the same for as long as this object lives. */
  get url(): string {
    return this.urlOf('haidang')
  }

  urlOf(database: string): string {
    return `postgres://haidang:${this.#cluster.password}@127.0.0.1:${this.#port}/${database}`
  }

  /** `restarting` after an unexpected death, until it serves again. */
  get state(): ServerState {
    return this.#state
  }

  /** How often the server died unexpectedly. */
  get restarts(): number {
    return this.#restarts
  }

  /** Process id of the server, for health and tests. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Orderly shutdown: running statements are broken off, everything committed stays. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#revival
    const child = this.#child
    this.#state = 'stopped'
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    await stopProcess(child.pid)
    await gone
  }

  async #startOnFreePort(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      this.#port = await freePort()
      try {
        return await this.#launch()
      } catch (error) {
        if (attempt === portAttempts || !/bind|address/.test(String(error))) throw error
      }
    }
  }

  /** Starts the child; resolves when it accepts connections, rejects with its last words. */
  async #launch(): Promise<void> {
    const { account } = this.#place
    const settings = { ...this.#settings, port: String(this.#port) }
    const child = spawn(
      join(this.#place.bin, 'postgres'),
      [
        '-D',
        this.#cluster.directory,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      {
        ...(account ? { uid: account.uid, gid: account.gid } : {}),
        cwd: this.#place.home,
        env: serverEnvironment,
        stdio: ['ignore', 'ignore', 'pipe'],
        // Its own process group: Ctrl-C in a terminal must reach us alone, we then stop it in order.
        detached: true,
      },
    )
    await this.#ready(child)
    this.#child = child
    this.#state = 'running'
    child.once('exit', (code, signal) => this.#died(code, signal))
  }

  async #ready(child: ChildProcess): Promise<void> {
    const words: string[] = []
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const fail = () =>
      reject(new Problem('database.unavailable', `PostgreSQL does not start: ${words.join(' ')}`))
    const deadline = setTimeout(fail, startWithin)
    child.once('error', (error) => {
      words.push(error.message)
      fail()
    })
    child.once('exit', fail)
    if (child.stderr) {
      createInterface(child.stderr).on('line', (line) => {
        if (line.includes('ready to accept connections')) resolve()
        if (words.push(line) > 20) words.shift()
        this.#relay(line)
      })
    }
    try {
      await promise
    } finally {
      clearTimeout(deadline)
      child.off('exit', fail)
    }
  }

  #relay(line: string): void {
    const grave = /^(PANIC|FATAL|WARNING):/.test(line) && !this.#stopping.signal.aborted
    this.#log[grave ? 'warn' : 'debug']({ part: 'postgres' }, line)
  }

  #died(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#stopping.signal.aborted) return
    this.#restarts++
    this.#state = 'restarting'
    this.#log.error({ code, signal }, 'the database server died; starting it again')
    this.#revival = this.#revive()
  }

  async #revive(): Promise<void> {
    const { signal } = this.#stopping
    for (let delay = firstBackOff; !signal.aborted; delay = Math.min(delay * 2, longestBackOff)) {
      try {
        await pause(delay, undefined, { signal })
        await clearOrphan(this.#cluster.directory, this.#log)
        await this.#launch()
        this.#log.info({ restarts: this.#restarts }, 'the database server runs again')
        return
      } catch (error) {
        if (!signal.aborted) {
          this.#log.error({ error: String(error) }, 'the database server could not be restarted')
        }
      }
    }
  }

  async #createDatabase(name: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.urlOf('postgres') })
    await client.connect()
    try {
      const found = await client.query('select 1 from pg_database where datname = $1', [name])
      if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`)
    } finally {
      await client.end()
    }
  }
}

/** A port that was free a moment ago; whoever binds it must be ready to lose the race. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
