import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { type IndicatorDelta, mergeFrom } from '@haidang/detection/indicators/indicator-delta'
import type { IndicatorLayer, IndicatorTables } from '@haidang/detection/indicators/indicator-layer'
import type { Log } from '@haidang/runtime/log'
import { fileOf } from './detail-files.ts'
import { IndicatorDirectory } from './indicator-directory.ts'
import {
  type IndicatorJob,
  type IndicatorJobResults,
  type RunningJob,
  startIndicatorJob,
} from './indicator-job.ts'
import { type FoundFile, fingerprintOf } from './rule-files.ts'

export interface IndicatorKeeperParts {
  readonly log: Log
  /** Where details are, and tables are kept for the next start. Default: a temporary directory, and nothing is kept. */
  readonly directory?: string | undefined
  /** Bytes an indicator file may have at most. */
  readonly largestFile: number
  /** Puts tables into force on every thread; resolves when none looks in those before. */
  readonly install: (tables: IndicatorTables) => Promise<void>
}

interface Base {
  readonly fingerprint: string
  readonly tables: IndicatorTables
}

/**
 * Keeps the indicators in force: a layer of what the files say, and above it layers of the changes since.
 * Everything is made in threads of its own and put into force when it is ready. Files read anew replace only
 * their own layer; what changes said stays above it. The layer of the files is kept for the next start.
 */
export class IndicatorKeeper {
  readonly #parts: IndicatorKeeperParts
  readonly #jobs = new Set<RunningJob<unknown>>()
  #directory: Promise<IndicatorDirectory> | undefined
  #seed = 0
  #base: Base | undefined
  #changes: readonly IndicatorLayer[] = []
  #changedVersion = ''
  /** Statements more than the files say. After files were read anew below changes, an estimate. */
  #more = 0
  #files: ReadonlySet<string> = new Set()
  #queue: Promise<unknown> = Promise.resolve()
  #merging = false
  #closed = false

  constructor(parts: IndicatorKeeperParts) {
    this.#parts = parts
  }

  /** The tables in force. */
  get tables(): IndicatorTables {
    const base = this.#base?.tables ?? none
    const version = [base.version, this.#changedVersion].filter((part) => part !== '').join('+')
    return {
      version,
      count: Math.max(base.count + this.#more, 0),
      problems: base.problems,
      seed: this.#seed,
      layers: [...base.layers, ...this.#changes],
    }
  }

  /** Puts the files into force if they are not. Rejects, and changes nothing, if one cannot be read. */
  load(files: readonly FoundFile[]): Promise<IndicatorTables> {
    return this.#queued(async () => {
      const fingerprint = fingerprintOf(files)
      if (this.#base?.fingerprint === fingerprint) return this.tables
      const tables = files.length === 0 ? none : await this.#baseOf(files, fingerprint)
      this.#base = { fingerprint, tables }
      await this.#install()
      return this.tables
    })
  }

  /** Puts a change into force; answers what of it is no indicator. */
  change(delta: IndicatorDelta): Promise<readonly string[]> {
    return this.#queued(async () => {
      await this.#opened()
      const before = this.tables
      const after = await this.#run({ kind: 'change', tables: before, delta })
      this.#changes = [...this.#changes, ...after.layers.slice(before.layers.length)]
      this.#changedVersion = delta.version
      this.#more += after.count - before.count
      await this.#install()
      void this.#merge()
      return after.problems
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#jobs].map((job) => job.stop()))
    await this.#queue
    if (this.#directory !== undefined) await (await this.#directory).close()
  }

  /** Tables of the files: those kept if they were made from the same, else read anew, and kept. */
  async #baseOf(files: readonly FoundFile[], fingerprint: string): Promise<IndicatorTables> {
    const directory = await this.#opened()
    const { compiled } = directory
    if (compiled === undefined) return this.#read(files)
    const identity = `${fingerprint} ${this.#parts.largestFile}`
    if (this.#base === undefined) {
      const kept = await this.#restored(compiled, identity)
      if (kept !== undefined) return kept
      await directory.forget()
    }
    const tables = await this.#read(files)
    void this.#queued(() => this.#keep(tables, compiled, identity))
    return tables
  }

  async #restored(compiled: string, identity: string): Promise<IndicatorTables | undefined> {
    if (!existsSync(compiled)) return undefined
    try {
      return await this.#run({ kind: 'restore', compiled, identity })
    } catch (error) {
      const cause = causeOf(error)
      if (!this.#closed) this.#parts.log.info({ cause }, 'kept indicators cannot be used')
      return undefined
    }
  }

  async #keep(tables: IndicatorTables, compiled: string, identity: string): Promise<void> {
    if (this.#closed || tables.layers.length === 0) return
    try {
      await this.#run({ kind: 'keep', tables, compiled, identity })
    } catch (error) {
      const cause = causeOf(error)
      if (!this.#closed) this.#parts.log.warn({ cause }, 'indicators could not be kept')
    }
  }

  async #read(files: readonly FoundFile[]): Promise<IndicatorTables> {
    const path = (await this.#opened()).newPath()
    const { largestFile: largest, log } = this.#parts
    const job = { kind: 'build' as const, files, largest, seed: this.#seed, path }
    const tables = await this.#run(job, path, (indicators) =>
      log.info({ indicators }, 'reading indicators'),
    )
    if (tables.layers.length === 0) await rm(path, { force: true })
    return tables
  }

  /** Merges beside whatever else happens; only the exchange of the layers waits its turn. */
  async #merge(): Promise<void> {
    const from = mergeFrom(this.#changes)
    if (this.#merging || this.#closed || from === this.#changes.length) return
    this.#merging = true
    const old = this.#changes.slice(from)
    try {
      const path = (await this.#opened()).newPath()
      const merged = await this.#run({ kind: 'merge', layers: old, seed: this.#seed, path }, path)
      await this.#queued(async () => {
        const newer = this.#changes.slice(from + old.length)
        this.#changes = [...this.#changes.slice(0, from), merged, ...newer]
        await this.#install()
      })
    } catch (error) {
      const cause = causeOf(error)
      if (!this.#closed) this.#parts.log.error({ cause }, 'indicator changes could not be merged')
      return
    } finally {
      this.#merging = false
    }
    void this.#merge()
  }

  async #install(): Promise<void> {
    const { tables } = this
    await this.#parts.install(tables)
    const files = new Set(tables.layers.flatMap(fileOf))
    const old = [...this.#files].filter((path) => !files.has(path))
    this.#files = files
    await Promise.all(old.map((path) => rm(path, { force: true })))
  }

  async #run<J extends IndicatorJob>(
    job: J,
    path?: string,
    progress: (read: number) => void = () => undefined,
  ): Promise<IndicatorJobResults[J['kind']]> {
    if (this.#closed) throw new Error('the indicators are closed')
    const running = startIndicatorJob(job, progress)
    this.#jobs.add(running)
    try {
      return await running.result
    } catch (error) {
      if (path !== undefined) await rm(path, { force: true })
      throw error
    } finally {
      this.#jobs.delete(running)
    }
  }

  async #opened(): Promise<IndicatorDirectory> {
    this.#directory ??= IndicatorDirectory.open(this.#parts.directory)
    const directory = await this.#directory
    this.#seed = directory.seed
    return directory
  }

  #queued<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work)
    this.#queue = done.catch(() => undefined)
    return done
  }
}

const none: IndicatorTables = { version: '', count: 0, problems: [], seed: 0, layers: [] }

function causeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
