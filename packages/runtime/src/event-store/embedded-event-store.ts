import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { Problem } from '../problem.ts'
import { type ChdbLimits, defaultChdbLimits } from './chdb-configuration.ts'
import type { ChdbOrder, ChdbReady } from './chdb-server.ts'
import { ClickhouseEventStore } from './clickhouse-event-store.ts'
import type { ParquetEvents } from './parquet-events.ts'
import { SocketAgent } from './socket-agent.ts'

export interface EmbeddedParts {
  /** The engine owns this directory; it is created where missing. */
  readonly directory: string
  readonly clock: Clock
  readonly log: Log
  readonly limits?: ChdbLimits
}

export interface EmbeddedEventStore extends ParquetEvents {
  /** Process id of the engine, for measurements; undefined while it is being restarted. */
  pid(): number | undefined
  /** How often the engine had to be started again. */
  restarts(): number
}

const patience = 30_000
const startMilliseconds = 30_000
const firstBackOff = 100
const longestBackOff = 5_000
/** A UNIX socket address holds 104 bytes on the narrowest system. */
const longestSocket = 100

/**
 * Starts the embedded engine (chDB) in a child process and keeps it running: one that dies is started
 * again with back-off, and what is asked meanwhile waits. Throws Problem event-store.unavailable when
 * the first start fails.
 */
export async function openEmbeddedEventStore(parts: EmbeddedParts): Promise<EmbeddedEventStore> {
  mkdirSync(parts.directory, { recursive: true, mode: 0o700 })
  const socket = socketFor(parts.directory)
  const handover = join(parts.directory, 'handover')
  rmSync(handover, { recursive: true, force: true })
  mkdirSync(handover, { mode: 0o700 })
  const engine = new Engine(parts, socket)
  await engine.start()
  const store = new ClickhouseEventStore({
    url: 'http://engine',
    clock: parts.clock,
    patience,
    agent: new SocketAgent(socket),
    handover,
  })
  return {
    define: (statements) => store.define(statements),
    insert: (table, lines, token) => store.insert(table, lines, token),
    query: (sql, parameters, signal) => store.query(sql, parameters, signal),
    exportParquet: (select, parameters, signal) => store.exportParquet(select, parameters, signal),
    importParquet: (table, file, token) => store.importParquet(table, file, token),
    alter: (statement, parameters) => store.alter(statement, parameters),
    quietly: (work) => store.quietly(work),
    ping: () => store.ping(),
    async close() {
      await store.close()
      await engine.stop()
    },
    pid: () => engine.pid(),
    restarts: () => engine.restarts(),
  }
}

/** Keeps one child process alive. */
class Engine {
  readonly #parts: EmbeddedParts
  readonly #order: ChdbOrder
  #child: ChildProcess | undefined
  #stopping = false
  #restarts = 0
  #backOff = firstBackOff
  #timer: NodeJS.Timeout | undefined

  constructor(parts: EmbeddedParts, socket: string) {
    this.#parts = parts
    this.#order = {
      directory: parts.directory,
      socket,
      limits: parts.limits ?? defaultChdbLimits,
    }
  }

  pid(): number | undefined {
    return this.#child?.pid
  }

  restarts(): number {
    return this.#restarts
  }

  /** Resolves when the engine answers. */
  async start(): Promise<void> {
    const child = fork(join(import.meta.dirname, 'chdb-server.ts'), [], {
      execPath: process.execPath,
      execArgv: ['--max-old-space-size=512', '--max-semi-space-size=4', '--no-warnings'],
      // More threads than connections: a connection keeps one while its statement runs.
      env: { UV_THREADPOOL_SIZE: '12', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child = child
    const lastWords = keepLastWords(child)
    child.once('exit', (code, signal) => this.#ended({ code, signal, words: lastWords() }))
    child.on('error', (error) => this.#parts.log.error({ err: error }, 'event engine process'))
    const answer = await readiness(child, this.#order)
    if (!answer.ready) {
      this.#stopping ||= this.#restarts === 0
      child.kill('SIGKILL')
      throw new Problem('event-store.unavailable', `${answer.cause} ${lastWords()}`.trim())
    }
    this.#backOff = firstBackOff
  }

  async stop(): Promise<void> {
    this.#stopping = true
    clearTimeout(this.#timer)
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    if (child.connected) child.disconnect()
    else child.kill('SIGKILL')
    await exited
  }

  #ended(how: { code: number | null; signal: string | null; words: string }): void {
    this.#child = undefined
    if (this.#stopping) return
    this.#restarts += 1
    this.#parts.log.warn({ ...how, wait: this.#backOff }, 'event engine ended; starting it again')
    this.#timer = setTimeout(() => {
      this.start().catch((error: unknown) =>
        this.#parts.log.error({ err: error }, 'event engine did not start'),
      )
    }, this.#backOff)
    this.#backOff = Math.min(this.#backOff * 2, longestBackOff)
  }
}

/** Sends the order and waits for the answer, the end of the process, or the time limit. */
function readiness(child: ChildProcess, order: ChdbOrder): Promise<ChdbReady> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => resolve({ ready: false, cause: `no answer within ${startMilliseconds} ms` }),
      startMilliseconds,
    )
    const settle = (answer: ChdbReady) => {
      clearTimeout(timer)
      resolve(answer)
    }
    child.once('message', (message: ChdbReady) => settle(message))
    child.once('exit', () => settle({ ready: false, cause: 'it ended while starting' }))
    child.send(order, () => undefined)
  })
}

/** The end of what the process wrote to standard error, for the log. */
function keepLastWords(child: ChildProcess): () => string {
  let words = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (text: string) => {
    words = (words + text).slice(-2_000)
  })
  return () => words.trim()
}

function socketFor(directory: string): string {
  const beside = join(directory, 'engine.sock')
  return Buffer.byteLength(beside) <= longestSocket
    ? beside
    : join(mkdtempSync(join(tmpdir(), 'haidang-')), 'engine.sock')
}
