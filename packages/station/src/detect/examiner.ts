import type { CorrelationPlan } from '@haidang/detection/correlation/correlation-plan'
import type { IndicatorDelta } from '@haidang/detection/indicators/indicator-delta'
import type { IndicatorTables } from '@haidang/detection/indicators/indicator-layer'
import { ruleSetOf } from '@haidang/detection/sigma/rule-image'
import type { RuleSet } from '@haidang/detection/sigma/rule-set'
import type { RuleTexts } from '@haidang/detection/sigma/rule-texts'
import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import type { EnrichmentTables } from '../enrich/enrichment-tables.ts'
import type { KeptLeases, LeaseChange } from '../enrich/lease-table.ts'
import type { LineContext } from '../line.ts'
import { packRecords, transferOf } from './chunk.ts'
import type { CompiledRules } from './compiled-rules.ts'
import { type Examined, joinExamined, poisonous } from './examine-chunk.ts'
import type { Around, Built, ExamineRequest, LoadedSets } from './examine-messages.ts'
import { ExamineThread, ignoreDeath, ThreadDied } from './examine-thread.ts'
import type { RecordMiss } from './explain-records.ts'
import { IndicatorKeeper } from './indicator-keeper.ts'
import { threadMegabytes } from './pool-size.ts'
import type { FoundFile } from './rule-files.ts'
import { ThreadSetup } from './thread-setup.ts'

/** The step from records to events and alerts. */
export interface Examiner {
  /** In the order of the records; every record is counted once, as event or reject. */
  examine(records: readonly SpoolRecord[], context: LineContext): Promise<Examined>
  /**
   * Puts rules and indicators into force on every thread; chunks under way finish with the old ones.
   * Rejects, and leaves the old rules in force, if a pipeline cannot be used.
   */
  load(rules: RuleTexts, indicators: readonly FoundFile[]): Promise<LoadedSets>
  /** Puts a change of the indicators into force, between chunks; answers what of it is no indicator. */
  changeIndicators(delta: IndicatorDelta): Promise<readonly string[]>
  /** Puts enrichment tables into force; records given to `examine` before are enriched with those before. */
  enrich(tables: EnrichmentTables): Promise<void>
  /** Gives every thread, now and when it starts, the leases there are. */
  remember(leases: () => KeptLeases): Promise<void>
  /** Tells every thread of addresses given and given back. */
  learn(changes: readonly LeaseChange[]): Promise<void>
  close(): Promise<void>
}

/** An examiner that also says why rules do not fire. */
export interface ExplainingExaminer extends Examiner {
  /** Why rules in force do not fire on records. Rejects if a record ends the thread or keeps it too long. */
  explain(records: readonly SpoolRecord[], context: LineContext): Promise<readonly RecordMiss[]>
}

export interface ExaminerParts {
  readonly clock: Clock
  readonly log: Log
  /** Number of threads; see poolSize. */
  readonly size: number
  /** The thread's program; another one in tests. */
  readonly worker?: URL
  /** Longest time a chunk may take, in milliseconds. */
  readonly patience?: number
  /** Where details of indicators are, and what is kept of them for the next start; a temporary directory if absent. */
  readonly indicatorDirectory?: string
  /** Where compiled rules are kept for the next start; nowhere if absent. */
  readonly compiledRules?: Pick<CompiledRules, 'read' | 'write'>
  /** Bytes an indicator file may have at most; 2 GiB if absent. */
  readonly largestIndicatorFile?: number
}

const smallestChunk = 64
const largestChunk = 1_024
/** Ten million lines of two hundred bytes. */
const largestIndicatorFile = 2 * 2 ** 30

/** Starts the pool. Until the first `load` there are no rules and no indicators. */
export function createExaminer(parts: ExaminerParts): ExplainingExaminer {
  return new ThreadPool(parts)
}

/**
 * Chunks go to whichever thread is free. Invariants: a chunk is answered once or examined again; a
 * thread that died is replaced before its place is used; a chunk that killed two threads is halved until
 * the record that does it stands alone and is rejected.
 */
class ThreadPool implements ExplainingExaminer {
  readonly #parts: ExaminerParts
  readonly #file: URL
  readonly #places: (ExamineThread | undefined)[]
  readonly #free: number[]
  readonly #waiting: ((place: number) => void)[] = []
  readonly #indicators: IndicatorKeeper
  readonly #inForce = new ThreadSetup()
  /** By version: of the rule set in force, and of the one before while threads still have it. */
  readonly #plans = new Map<string, CorrelationPlan>()
  /** Version of the enrichment tables that every thread has. */
  #enrichedWith: string | undefined
  #loading: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(parts: ExaminerParts) {
    this.#parts = parts
    this.#file = parts.worker ?? new URL('./examine-worker.ts', import.meta.url)
    this.#places = new Array<ExamineThread | undefined>(parts.size).fill(undefined)
    this.#free = this.#places.map((_, place) => place)
    this.#indicators = new IndicatorKeeper({
      log: parts.log,
      directory: parts.indicatorDirectory,
      largestFile: parts.largestIndicatorFile ?? largestIndicatorFile,
      install: (tables) => this.#install(tables),
    })
  }

  async examine(records: readonly SpoolRecord[], context: LineContext): Promise<Examined> {
    const around = { context, enrichment: this.#enrichedWith }
    const even = Math.ceil(records.length / this.#places.length)
    const size = Math.min(Math.max(even, smallestChunk), largestChunk)
    const chunks: Promise<Examined>[] = []
    for (let from = 0; from < records.length; from += size) {
      chunks.push(this.#examineChunk(records.slice(from, from + size), around, false))
    }
    return joinExamined(await Promise.all(chunks))
  }

  explain(records: readonly SpoolRecord[], context: LineContext): Promise<readonly RecordMiss[]> {
    const packed = packRecords(records)
    return this.#withThread((thread) =>
      thread.ask({ kind: 'explain', records: packed, context }, transferOf(packed)),
    )
  }

  load(rules: RuleTexts, indicators: readonly FoundFile[]): Promise<LoadedSets> {
    const loaded = this.#loading.then(() => this.#load(rules, indicators))
    this.#loading = loaded.catch(() => undefined)
    return loaded
  }

  changeIndicators(delta: IndicatorDelta): Promise<readonly string[]> {
    return this.#indicators.change(delta)
  }

  async enrich(tables: EnrichmentTables): Promise<void> {
    this.#inForce.enrichment = tables
    await this.#tell({ kind: 'enrichment', tables })
    this.#enrichedWith = tables.version
  }

  async remember(leases: () => KeptLeases): Promise<void> {
    this.#inForce.leases = leases
    await this.#tell({ kind: 'leases', kept: leases(), changes: [] })
  }

  async learn(changes: readonly LeaseChange[]): Promise<void> {
    await this.#tell({ kind: 'leases', kept: [], changes })
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#indicators.close()
    await Promise.all(this.#places.map((thread) => thread?.end()))
  }

  async #load(rules: RuleTexts, indicators: readonly FoundFile[]): Promise<LoadedSets> {
    const tables = await this.#indicators.load(indicators)
    const { entries, version } = (await this.#restore(rules)) ?? (await this.#build(rules))
    for (const known of this.#plans.keys()) if (known !== version) this.#plans.delete(known)
    return {
      summary: {
        version,
        active: entries.filter(({ state }) => state === 'active').length,
        errors: entries.filter(({ state }) => state === 'error').length,
        loaded_at: this.#parts.clock.iso(),
        indicators: tables.count,
        indicator_version: tables.version,
      },
      rules: entries,
      indicatorProblems: tables.problems,
    }
  }

  /** Puts rules into force that were compiled before; undefined if they were not. */
  async #restore(rules: RuleTexts): Promise<RuleSet | undefined> {
    const image = await this.#parts.compiledRules?.read(rules)
    if (image === undefined) return undefined
    const kept = ruleSetOf(image, rules.documents)
    this.#plans.set(kept.version, kept.correlations)
    this.#inForce.image = image
    await this.#tell({ kind: 'install', image })
    return kept
  }

  async #build(rules: RuleTexts): Promise<Built> {
    const { built, builder } = await this.#withThread(async (thread) => {
      const made = await thread.ask({ kind: 'build', rules })
      this.#plans.set(made.version, made.correlations)
      return { built: made, builder: thread }
    })
    const { image } = built
    this.#inForce.image = image
    await this.#tell({ kind: 'install', image }, builder)
    await this.#parts.compiledRules?.write(rules, image)
    return built
  }

  async #install(tables: IndicatorTables): Promise<void> {
    this.#inForce.indicators = tables
    await this.#tell({ kind: 'indicators', tables })
  }

  /** Asks every thread that runs but one. What is under way there is finished first. */
  async #tell(
    request: Exclude<ExamineRequest, { kind: 'build' | 'examine' | 'explain' }>,
    except?: ExamineThread,
  ): Promise<void> {
    const running = this.#places.filter((thread) => thread !== except && thread?.isDead === false)
    await Promise.all(running.map((thread) => thread?.ask(request).catch(ignoreDeath)))
  }

  async #examineChunk(
    records: readonly SpoolRecord[],
    around: Around,
    suspect: boolean,
  ): Promise<Examined> {
    const packed = packRecords(records)
    const detectedAt = this.#parts.clock.iso()
    try {
      const examined = await this.#withThread((thread) =>
        thread.ask({ kind: 'examine', records: packed, detectedAt, ...around }, transferOf(packed)),
      )
      return this.#planned(examined)
    } catch (error) {
      if (!(error instanceof ThreadDied) || this.#closed) throw error
      this.#parts.log.warn(
        { records: records.length, cause: error.message },
        'examiner thread died',
      )
      return suspect
        ? this.#isolate(records, around, error.message)
        : this.#examineChunk(records, around, true)
    }
  }

  #planned(examined: Examined): Examined {
    const plans = this.#plans
    const fired = examined.fired.map((one) => ({ ...one, plan: plans.get(one.version) }))
    return { ...examined, fired }
  }

  async #isolate(
    records: readonly SpoolRecord[],
    around: Around,
    cause: string,
  ): Promise<Examined> {
    const [only] = records
    if (only === undefined || records.length === 1)
      return joinExamined(only ? [poisonous(only, cause)] : [])
    const middle = Math.ceil(records.length / 2)
    const first = await this.#examineChunk(records.slice(0, middle), around, true)
    const second = await this.#examineChunk(records.slice(middle), around, true)
    return joinExamined([first, second])
  }

  async #withThread<T>(use: (thread: ExamineThread) => Promise<T>): Promise<T> {
    const place = await this.#take()
    try {
      return await use(await this.#threadAt(place))
    } finally {
      this.#give(place)
    }
  }

  async #threadAt(place: number): Promise<ExamineThread> {
    const known = this.#places[place]
    if (known !== undefined && !known.isDead) return known
    return this.#start(place)
  }

  async #start(place: number): Promise<ExamineThread> {
    if (this.#closed) throw new ThreadDied('the examiner is closed')
    const milliseconds = this.#parts.patience ?? 30_000
    const thread = new ExamineThread(this.#file, { milliseconds, megabytes: threadMegabytes })
    this.#places[place] = thread
    try {
      await this.#inForce.prepare(thread)
    } catch (error) {
      // No record is to blame for it: the range is tried again, not rejected.
      throw new Error('a thread of the examiner cannot start', { cause: error })
    }
    return thread
  }

  #take(): Promise<number> {
    const place = this.#free.shift()
    if (place !== undefined) return Promise.resolve(place)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #give(place: number): void {
    const next = this.#waiting.shift()
    // The thread that worked last works next: under little load one is enough, and warm.
    if (next === undefined) this.#free.unshift(place)
    else next(place)
  }
}
