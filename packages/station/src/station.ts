import type { RuleSetSummary } from '@haidang/contracts/rule'
import type { RuleSetReport } from '@haidang/contracts/rule-set'
import { sourceApi } from '@haidang/contracts/source-api'
import type { Heartbeat } from '@haidang/contracts/station'
import type { PublicHolidays } from '@haidang/contracts/working-time'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import type { HealthRegistry } from '@haidang/runtime/health'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { Metrics } from '@haidang/runtime/metrics'
import type { FastifyInstance } from 'fastify'
import { Arrivals } from './collect/arrivals.ts'
import type { ListenAt, OpenPorts } from './collect/collectors.ts'
import { RequestRoom } from './collect/http/request-room.ts'
import { serveJsonLines } from './collect/json-lines-http.ts'
import type { OpenSpool } from './collect/open-door.ts'
import { Refusals } from './collect/refusals.ts'
import { SourceBook } from './collect/source-book.ts'
import type { Examiner } from './detect/examiner.ts'
import type { WatchSettings } from './detect/line-watches.ts'
import { Weeks } from './expect/hour-of-week.ts'
import { HourStore } from './expect/hour-store.ts'
import { RhythmBook } from './expect/rhythm-book.ts'
import { SilenceStore } from './expect/silence-store.ts'
import { SourceWatch } from './expect/source-watch.ts'
import { WatchLoop } from './expect/watch-loop.ts'
import type { StationPorts } from './keep/keep-range.ts'
import { LineStore } from './keep/line-store.ts'
import { RejectStore } from './keep/reject-store.ts'
import { ReplayStore } from './keep/replay-store.ts'
import { SourceStore } from './keep/source-store.ts'
import { RejectReplayer } from './manage/reject-replayer.ts'
import { RejectService } from './manage/reject-service.ts'
import { SampleService } from './manage/sample-service.ts'
import { SilenceService } from './manage/silence-service.ts'
import { sourceRoutes } from './manage/source-routes.ts'
import { SourceService } from './manage/source-service.ts'
import { SourceView } from './manage/source-view.ts'
import { type HeartbeatFacts, heartbeatOf } from './report/heartbeat.ts'
import { addStationHealth } from './report/station-health.ts'
import { RunningLine } from './running-line.ts'

export interface StationParts extends WatchSettings {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly events: EventStore
  readonly journal: Journal
  readonly blobs: Blobs
  readonly examiner: Examiner
  /** Opens the spool of this station. */
  readonly openSpool: OpenSpool
  readonly ports: StationPorts
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly metrics: Metrics
  readonly health: HealthRegistry
  readonly node: { readonly id: string; readonly simulated: boolean }
  readonly software: string
  readonly dataDirectory: string
  readonly listen: ListenAt
  /** The organisation this node belongs to; null before set-up: the line waits for it. */
  readonly home: () => Promise<string | null>
  /** The public holidays of now, by the regulation profiles in force. */
  readonly holidays: (tx: Tx) => Promise<PublicHolidays>
  /** Seconds a new source may be silent for where nothing else is said; undefined: as shipped. */
  readonly silenceSeconds: () => Promise<number | undefined>
  /** Rules and indicators in force. */
  readonly ruleSet: () => RuleSetSummary
  /** The set the parent gave, as it is in force. */
  readonly libraryRules: () => RuleSetReport | null
  /** Records waiting for the parent. */
  readonly linkWaiting: () => number
}

/** The watching part of a node. */
export interface Station {
  /** Begins to run the line as soon as the node belongs to an organisation; does not wait for that. */
  start(): Promise<void>
  /** Stops collecting, finishes what is in hand, closes the spool. */
  stop(): Promise<void>
  /** What the station says of itself; the link adds its clock's offset. */
  heartbeat(): Promise<Omit<Heartbeat, 'clock_offset_ms'>>
  /** Ports of the listeners that are open; undefined while the line does not run. */
  ports(): OpenPorts | undefined
}

/**
 * Wires the station, in the order of the flow: sources, line (collect, spool, examine, keep), and what
 * manages and reports it. Routes are added to `http` at once, so call it before `http` listens.
 */
export function createStation(parts: StationParts): Station {
  const { http, gate, database, clock, node } = parts
  const refusals = new Refusals(clock)
  const book = new SourceBook(refusals)
  const arrivals = new Arrivals(clock)
  const room = new RequestRoom()
  const stores = { sources: new SourceStore(), lines: new LineStore(), rejects: new RejectStore() }
  const hours = new HourStore()
  const silences = new SilenceStore()
  const weeks = new Weeks()
  const rhythms = new RhythmBook(hours, silences, weeks)
  const context = { node_id: node.id, simulated: node.simulated }
  const line = new RunningLine({
    ...parts,
    book,
    arrivals,
    room,
    hours,
    context,
    lines: stores.lines,
    rejects: stores.rejects,
  })
  const startedAt = clock.iso()

  const load = async (): Promise<void> => {
    const home = await parts.home()
    if (home !== null) await sources.ensureDefaults(home)
    book.load(await database.transact(systemScope, (tx) => stores.sources.all(tx)))
    await line.adjust()
  }
  // One after the other: what was read first must not be put in place last.
  let loaded = Promise.resolve()
  const reload = (): Promise<void> => {
    loaded = loaded.catch(() => undefined).then(load)
    return loaded
  }
  const watched = { ...parts, book, line, refusals, hours, rhythms, weeks }
  const expected = { ...watched, sources: stores.sources }
  const watch = new SourceWatch({ ...expected, store: silences })
  const watching = new WatchLoop(() => watch.tick(), parts.log)
  const view = new SourceView(stores.sources, line, watch, clock)
  const sources = new SourceService({ ...parts, store: stores.sources, view, changed: reload })
  const kept = { ...parts, store: stores.rejects, replays: new ReplayStore() }
  const replayer = new RejectReplayer({
    ...kept,
    lines: stores.lines,
    examine: (records, format) => line.examine(records, format),
  })
  const rejects = new RejectService({ ...kept, book, wake: () => replayer.wake() })
  const seen = { book, arrivals, refusals, line, view }
  const samples = new SampleService({ ...parts, ...seen, store: stores.sources })
  const silenceService = new SilenceService({ ...expected, silences, watch })
  serve(http, sourceApi, sourceRoutes(sources, rejects, samples, silenceService), gate)
  serveJsonLines(http, { book, intake: () => line.intake, clock, room })
  addStationHealth(parts.health, line)

  const facts: HeartbeatFacts = { ...parts, startedAt, book, line, view }
  return {
    start: async () => {
      await line.start(reload)
      watching.start()
      replayer.start()
    },
    stop: async () => {
      await watching.stop()
      await replayer.stop()
      await line.stop()
    },
    heartbeat: () => heartbeatOf(facts),
    ports: () => line.ports,
  }
}
