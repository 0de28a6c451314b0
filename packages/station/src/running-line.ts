import { setTimeout as pause } from 'node:timers/promises'
import { eventTable } from '@haidang/contracts/event-columns'
import type { RecordFormat } from '@haidang/contracts/record-format'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import type { Log } from '@haidang/runtime/log'
import type { Metrics } from '@haidang/runtime/metrics'
import type { Spool, SpoolPosition, SpoolRange, SpoolRecord } from '@haidang/runtime/spool/spool'
import type { Arrivals } from './collect/arrivals.ts'
import { type BatchKeys, recordKeyPrefix } from './collect/batch-keys.ts'
import { Collectors, type ListenAt, type OpenPorts } from './collect/collectors.ts'
import type { RequestRoom } from './collect/http/request-room.ts'
import type { Intake } from './collect/intake.ts'
import { type OpenSpool, openDoor } from './collect/open-door.ts'
import type { SourceBook } from './collect/source-book.ts'
import type { CorrelationWatch } from './detect/correlation-watch.ts'
import type { Examined } from './detect/examine-chunk.ts'
import type { Examiner } from './detect/examiner.ts'
import { createWatches, type WatchSettings } from './detect/line-watches.ts'
import type { LeaseKeeper } from './enrich/lease-keeper.ts'
import type { HourStore } from './expect/hour-store.ts'
import { FileStore } from './keep/file-store.ts'
import { Keeper, type StationPorts } from './keep/keep-range.ts'
import type { LineStore } from './keep/line-store.ts'
import type { RejectStore } from './keep/reject-store.ts'
import type { SourceRow } from './keep/station-tables.ts'
import type { LineContext } from './line.ts'
import type { SourceFigures } from './manage/source-view.ts'
import { Perseverance } from './persevere.ts'
import { runPipeline } from './pipeline.ts'
import { CorrelationFigures } from './report/correlation-figures.ts'
import { LineFigures } from './report/line-figures.ts'
import { RuleCostBook } from './report/rule-cost-book.ts'
import { SourceBacklogFigures } from './report/source-backlog-figures.ts'

export interface RunningLineParts extends WatchSettings {
  readonly database: Database
  readonly events: EventStore
  readonly blobs: Blobs
  readonly examiner: Examiner
  readonly openSpool: OpenSpool
  readonly ports: StationPorts
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly listen: ListenAt
  readonly room: RequestRoom
  readonly dataDirectory: string
  readonly home: () => Promise<string | null>
  readonly book: SourceBook
  readonly arrivals: Arrivals
  readonly hours: HourStore
  readonly context: Omit<LineContext, 'organisation_id' | 'sources'>
  readonly lines: LineStore
  readonly rejects: RejectStore
}

interface Running {
  readonly organisationId: string
  readonly spool: Spool
  readonly intake: Intake
  readonly keys: BatchKeys
  readonly collectors: Collectors
  readonly keeper: Keeper
  readonly correlation: CorrelationWatch
  readonly leases: LeaseKeeper
}

const upkeepEvery = 1000
/** Upkeep turns between two prunings. */
const pruneEvery = 600
const keyWindow = 24 * 3_600_000
const fileWindow = 30 * 24 * 3_600_000
const mostRejects = 200_000
const mostKeys = 5_000_000
const second = 1000

/** The line as it runs: opened when the node has an organisation, closed in order. */
export class RunningLine implements SourceFigures {
  readonly #parts: RunningLineParts
  readonly #stopping = new AbortController()
  readonly #perseverance: Perseverance
  readonly #figures: LineFigures
  readonly #correlations: CorrelationFigures
  readonly #costs = new RuleCostBook()
  readonly #sourceFigures: SourceBacklogFigures
  readonly #files = new FileStore()
  #running: Running | undefined
  #loops: Promise<unknown> = Promise.resolve()

  constructor(parts: RunningLineParts) {
    this.#parts = parts
    this.#perseverance = new Perseverance(parts.log, this.#stopping.signal)
    this.#figures = new LineFigures(parts.metrics)
    this.#correlations = new CorrelationFigures(parts.metrics)
    this.#sourceFigures = new SourceBacklogFigures(parts.metrics, parts.clock)
  }

  /** Where records enter; undefined while the line does not run. */
  get intake(): Intake | undefined {
    return this.#running?.intake
  }

  get ports(): OpenPorts | undefined {
    return this.#running?.collectors.ports
  }

  /** What is wrong with the line; undefined: nothing. */
  get trouble(): string | undefined {
    return this.#perseverance.trouble
  }

  get isRunning(): boolean {
    return this.#running !== undefined
  }

  get queue(): { bytes: number; records: number } {
    return this.#running?.spool.size() ?? { bytes: 0, records: 0 }
  }

  /** What correlations hold, and whether they lately forgot for want of room. */
  get correlation(): { groups: number; isShort: boolean } {
    const isShort = this.#correlations.isShort(this.#parts.clock.now())
    return { groups: this.#correlations.groups, isShort }
  }

  /** What rules took on the records that were timed. */
  get ruleCosts(): RuleCostBook['report'] {
    return this.#costs.report
  }

  problem(source: SourceRow): string | undefined {
    return this.#running?.collectors.problem(source)
  }

  /** Opens the line if the node has an organisation; otherwise as soon as it has. */
  async start(reload: () => Promise<void>): Promise<void> {
    if (await this.#open(reload)) return
    this.#loops = this.#awaitHome(reload)
  }

  async stop(): Promise<void> {
    if (!this.#running) {
      // It may be opening at this moment; what opens is closed below.
      this.#stopping.abort()
      await this.#loops
    }
    const running = this.#running
    running?.intake.gate.lift()
    await running?.collectors.stop()
    this.#running = undefined
    this.#stopping.abort()
    await this.#loops
    if (!running) return
    try {
      await this.#keepDrops(running)
    } finally {
      await running.spool.close()
    }
    const { database, lines } = this.#parts
    await database.transact(systemScope, (tx) => lines.markStopped(tx, true))
  }

  /** Puts the collectors in step with the sources. */
  async adjust(): Promise<void> {
    await this.#running?.collectors.adjust()
  }

  /** Parses and detects, with the sources as they are now; all as `format` where one is given. */
  async examine(records: readonly SpoolRecord[], format?: RecordFormat): Promise<Examined> {
    const organisation_id = this.#running?.organisationId ?? (await this.#parts.home()) ?? ''
    const { context, book, examiner } = this.#parts
    return examiner.examine(records, { ...context, organisation_id, sources: book.lineAs(format) })
  }

  async #awaitHome(reload: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await pause(second, undefined, { signal }).catch(() => undefined)
      if (signal.aborted || (await this.#perseverance.run('open', () => this.#open(reload)))) return
    }
  }

  async #open(reload: () => Promise<void>): Promise<boolean> {
    const { database, lines, home } = this.#parts
    const organisationId = await home()
    if (organisationId === null) return false
    await reload()
    const before = await database.transact(systemScope, (tx) => lines.checkpoint(tx))
    const { spool, keys, intake } = await openDoor(this.#parts, before?.position)
    const shared = { ...this.#parts, files: this.#files, intake, keys, organisationId }
    const nodeId = this.#parts.context.node_id
    const { watches, correlation, leases } = createWatches(this.#parts, { ...shared, nodeId })
    const keeper = new Keeper({ ...shared, watches, nodeId })
    const collectors = new Collectors(shared)
    const running = { organisationId, spool, intake, keys, collectors, keeper, correlation, leases }
    try {
      await watches.resume(database)
      await this.#noteStart(running, before?.stopped === false)
    } catch (error) {
      // The directory has one owner: who tries again must find it free.
      await spool.close()
      throw error
    }
    this.#running = running
    this.#loops = Promise.all([this.#run(running, before?.position), this.#keepUp(running)])
    await collectors.start()
    return true
  }

  /** After a kill, the newest batch of each sender that gave it no identity may come again. */
  async #noteStart({ keys, organisationId }: Running, wasKilled: boolean): Promise<void> {
    const { database, lines } = this.#parts
    await database.transact(systemScope, async (tx) => {
      for (const [sourceId, records] of wasKilled ? keys.anonymousInFlight() : []) {
        await lines.countLost(tx, organisationId, sourceId, { duplicated_possible: records })
      }
      await lines.markStopped(tx, false)
    })
  }

  #run({ spool, keeper, ...running }: Running, from: SpoolPosition | undefined): Promise<void> {
    const { events } = this.#parts
    return runPipeline(
      {
        resume: async () => from,
        cut: (position, signal) => spool.cut(position, signal),
        examine: async ({ records }) => {
          const examined = await this.examine(records)
          await running.leases.learn(examined)
          return examined
        },
        insert: async (rows, token) => {
          if (rows.length > 0) await events.insert(eventTable, rows, token)
        },
        keep: (range, examined) => this.#keep({ spool, keeper, ...running }, range, examined),
        release: (position) => spool.release(position),
        persevere: (step, work) => this.#perseverance.run(step, work),
      },
      this.#stopping.signal,
    )
  }

  async #keep({ keeper, intake, keys }: Running, range: SpoolRange, examined: Examined) {
    const { tallies, batches, alerts } = await keeper.keep(range, examined)
    for (const [id, { parsed, rejected, bytes }] of tallies)
      intake.kept(id, parsed + rejected, bytes)
    for (const { sourceId, key } of batches) keys.kept(sourceId, key)
    const received = range.records.at(0)?.receivedAt
    for (const costs of examined.costs) this.#costs.add(costs)
    this.#figures.kept({ ...examined, alerts }, received, this.#parts.clock.now())
  }

  /** Once a second: drops become durable, figures are shown; now and then what is old goes. */
  async #keepUp(running: Running): Promise<void> {
    const { signal } = this.#stopping
    for (let turn = 1; !signal.aborted; turn++) {
      await pause(upkeepEvery, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      await this.#perseverance.run('count', () => this.#keepDrops(running))
      this.#figures.queue(running.spool.size())
      this.#sourceFigures.show(this.#parts.book.inUse(), running.intake)
      this.#correlations.show(running.correlation.counts, this.#parts.clock.now())
      if (turn % pruneEvery === 0) await this.#perseverance.run('prune', () => this.#prune())
    }
  }

  async #keepDrops({ intake, organisationId }: Running): Promise<void> {
    const { database, lines } = this.#parts
    await intake.handOverDrops(async (drops) => {
      await database.transact(systemScope, async (tx) => {
        for (const [sourceId, dropped] of drops) {
          await lines.countLost(tx, organisationId, sourceId, { dropped })
        }
      })
      this.#figures.dropped(drops)
    })
  }

  async #prune(): Promise<void> {
    const { database, lines, rejects, clock, log } = this.#parts
    await database.transact(systemScope, async (tx) => {
      await lines.forgetBatches(tx, isoOf(clock.now() - keyWindow))
      const forgotten = await lines.forgetBeyond(tx, recordKeyPrefix, mostKeys)
      if (forgotten > 0) log.warn({ forgotten, mostKeys }, 'the oldest identities of records went')
      await this.#files.forgetUnseen(tx, isoOf(clock.now() - fileWindow))
      const gone = await rejects.prune(tx, mostRejects)
      if (gone > 0) log.warn({ gone, mostRejects }, 'the oldest rejects were dropped')
    })
  }
}
