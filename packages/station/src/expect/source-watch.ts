import { millisecondsOf } from '@haidang/contracts/instant'
import { SourceState } from '@haidang/contracts/silence'
import type { PublicHolidays } from '@haidang/contracts/working-time'
import { type WrittenAlert, written } from '@haidang/contracts/written-alert'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { GaugeMetric } from '@haidang/runtime/metrics'
import type { Refusals } from '../collect/refusals.ts'
import type { SourceBook } from '../collect/source-book.ts'
import { noPulse, type Pulse } from '../collect/source-pulse.ts'
import type { SourceStore } from '../keep/source-store.ts'
import type { SourceRow } from '../keep/station-tables.ts'
import { type Cause, causeOf } from './cause.ts'
import { type Condition, conditionOf, type SourceFacts } from './condition.ts'
import { hour, type Weeks } from './hour-of-week.ts'
import type { HourStore } from './hour-store.ts'
import { hoursRemembered } from './rhythm.ts'
import type { RhythmBook } from './rhythm-book.ts'
import type { SilenceRow } from './rhythm-tables.ts'
import { silenceAlert } from './silence-alert.ts'
import { SilenceLog, type SilenceLogParts, silencesRemembered } from './silence-log.ts'

/** What the running line knows. */
export interface WatchedLine {
  readonly isRunning: boolean
  /** Undefined while the line does not run. */
  readonly intake:
    | {
        readonly pulse: (sourceId: string) => Pulse
        /** When the spool last refused records for want of disk, milliseconds since the epoch; 0: never. */
        readonly diskFullAt: number
      }
    | undefined
  readonly problem: (source: SourceRow) => string | undefined
}

export interface SourceWatchParts extends SilenceLogParts {
  readonly database: Database
  readonly sources: SourceStore
  readonly hours: HourStore
  readonly rhythms: RhythmBook
  readonly weeks: Weeks
  /** The public holidays of now. */
  readonly holidays: (tx: Tx) => Promise<PublicHolidays>
  readonly book: SourceBook
  readonly line: WatchedLine
  readonly refusals: Refusals
  readonly node: { readonly id: string; readonly simulated: boolean }
  readonly ports: { onAlerts(tx: Tx, alerts: readonly WrittenAlert[]): Promise<void> }
  readonly clock: Clock
}

/** How a source is, with what is recorded of it. */
export interface SourceCondition extends Condition {
  readonly open: SilenceRow | undefined
  readonly why: Cause
  /** Of its last record, milliseconds since the epoch; 0: none came yet. */
  readonly lastAt: number
}

const writeEvery = 60_000
/** What happened this lately may be a cause. */
const lately = 15 * 60_000
/** Of one source: who falls silent again and again is told once. */
const alertEvery = 3_600_000
/** A stop shorter than this is a restart, and no silence. */
const shortStop = 120_000
const mostSilences = 50_000

/** Watches every source against its rhythm: `tick` is called every few seconds while the station runs. */
export class SourceWatch {
  readonly #parts: SourceWatchParts
  readonly #log: SilenceLog
  readonly #states: GaugeMetric
  readonly #keptAt = new Map<string, number>()
  readonly #alertedAt = new Map<string, number>()
  #watchedSince = 0
  #writtenAt = 0
  #stop: { readonly from: number; readonly to: number } | undefined
  readonly #toldStop = new Set<string>()

  constructor(parts: SourceWatchParts) {
    this.#parts = parts
    this.#log = new SilenceLog(parts)
    this.#states = parts.metrics.gauge('sources', 'Sources by how they are', ['state'])
  }

  /** How a source is now, since when and why if it is not well. `keptAt`: of the last record that was kept, if known. */
  of(source: SourceRow, keptAt = 0): SourceCondition {
    const facts = this.#facts(source, keptAt)
    const open = this.#log.of(source.id)
    const why = this.#why(facts)
    const told = open && why.cause === 'unknown' ? { cause: open.cause, detail: open.detail } : why
    return { ...conditionOf(facts), open, why: told, lastAt: facts.lastAt }
  }

  /** States of all sources in use, by id. */
  states(): Map<string, SourceState> {
    const sources = this.#parts.book.inUse()
    return new Map(sources.map((source) => [source.id, conditionOf(this.#facts(source)).state]))
  }

  /** Looks at every source once. */
  async tick(): Promise<void> {
    const { database, line, book, clock } = this.#parts
    if (!line.isRunning) {
      this.#watchedSince = 0
      return
    }
    if (this.#watchedSince === 0) await database.transact(systemScope, (tx) => this.#begin(tx))
    const sources = book.inUse()
    try {
      await database.transact(systemScope, (tx) => this.#turn(tx, sources, clock.now()))
    } catch (error) {
      // What memory holds may be ahead of what was kept.
      await database.transact(systemScope, (tx) => this.#resume(tx))
      throw error
    }
    this.#show()
  }

  async #turn(tx: Tx, sources: readonly SourceRow[], now: number): Promise<void> {
    const { rhythms, weeks, holidays } = this.#parts
    weeks.know(await holidays(tx))
    for (const source of await rhythms.refresh(tx, sources, now)) {
      await this.#tellStop(tx, source)
    }
    const isDue = now - this.#writtenAt >= writeEvery
    for (const source of sources) await this.#look(tx, source, isDue)
    await this.#forgetRemoved(tx, sources)
    if (isDue) await this.#write(tx, now)
  }

  #resume(tx: Tx): Promise<void> {
    return this.#log.resume(tx, (id) => this.#pulse(id).records)
  }

  async #begin(tx: Tx): Promise<void> {
    const { clock, hours, sources, book } = this.#parts
    const now = clock.now()
    await this.#resume(tx)
    const counters = await sources.counters(
      tx,
      book.inUse().map(({ id }) => id),
    )
    for (const [id, { last_record_at: at }] of counters) {
      if (at !== null) this.#keptAt.set(id, millisecondsOf(at))
    }
    const until = await hours.watchedUntil(tx)
    const from = until === null ? now : millisecondsOf(until)
    this.#stop = now - from > shortStop ? { from, to: now } : undefined
    await hours.watched(tx, Math.floor(now / hour), 0, isoOf(now))
    this.#watchedSince = now
    this.#writtenAt = now
  }

  async #tellStop(tx: Tx, source: SourceRow): Promise<void> {
    const stop = this.#stop
    if (!stop || this.#toldStop.has(source.id) || source.paused) return
    this.#toldStop.add(source.id)
    const lastAt = this.#keptAt.get(source.id) ?? 0
    if (lastAt === 0 || lastAt > stop.to) return
    const { rhythms, weeks } = this.#parts
    const learned = { rhythm: rhythms.of(source.id), hourOfWeek: weeks.in(source.zone) }
    await this.#log.stopped(tx, source, learned, stop)
  }

  async #look(tx: Tx, source: SourceRow, isDue: boolean): Promise<void> {
    const facts = this.#facts(source)
    const { lacks, ...condition } = conditionOf(facts)
    const open = this.#log.of(source.id)
    if (open && open.kind !== lacks) await this.#log.end(tx, facts)
    if (lacks === undefined) return
    const why = this.#why(facts)
    if (open?.kind === lacks) {
      const isNews = why.cause !== 'unknown' && why.cause !== open.cause
      if (isDue || isNews) await this.#log.goOn(tx, facts, why)
      return
    }
    const row = await this.#log.begin(tx, facts, lacks, why)
    if (lacks === 'quiet' && condition.usual !== undefined) {
      await this.#raise(tx, facts, row, condition.quietAfter)
    }
  }

  /** Only what the source's own rhythm says is an alert: before that is learned, a silence is only shown. */
  async #raise(tx: Tx, facts: SourceFacts, row: SilenceRow, quietAfter: number): Promise<void> {
    const { node, ports } = this.#parts
    const { source, now } = facts
    if (now - (this.#alertedAt.get(source.id) ?? 0) < alertEvery) return
    this.#alertedAt.set(source.id, now)
    const raising = { nodeId: node.id, simulated: node.simulated, now, quietAfter }
    await ports.onAlerts(tx, [written(silenceAlert(source, row, raising))])
  }

  async #forgetRemoved(tx: Tx, sources: readonly SourceRow[]): Promise<void> {
    const inUse = new Set(sources.map(({ id }) => id))
    for (const id of [...this.#log.sourceIds]) if (!inUse.has(id)) await this.#log.forget(tx, id)
    for (const known of [this.#keptAt, this.#alertedAt]) {
      for (const id of known.keys()) if (!inUse.has(id)) known.delete(id)
    }
  }

  /** Says that the hour was watched, and forgets what is old. */
  async #write(tx: Tx, now: number): Promise<void> {
    const { hours, store } = this.#parts
    const number = Math.floor(now / hour)
    const since = Math.max(this.#writtenAt, number * hour)
    const before = Math.max(0, since - this.#writtenAt)
    if (before > 0) await hours.watched(tx, number - 1, Math.round(before / 1000), isoOf(now))
    await hours.watched(tx, number, Math.round((now - since) / 1000), isoOf(now))
    this.#writtenAt = now
    if (Math.floor(since / hour) === Math.floor((now - writeEvery) / hour)) return
    await hours.forget(tx, number - hoursRemembered - 1)
    await store.prune(tx, isoOf(now - silencesRemembered), mostSilences)
  }

  #pulse(sourceId: string): Pulse {
    return this.#parts.line.intake?.pulse(sourceId) ?? noPulse
  }

  #facts(source: SourceRow, keptAt = 0): SourceFacts {
    const { line, rhythms, weeks, clock } = this.#parts
    const pulse = this.#pulse(source.id)
    const row = this.#log.of(source.id)
    const open = row && { kind: row.kind, from: millisecondsOf(row.from) }
    const before = Math.max(keptAt, this.#keptAt.get(source.id) ?? 0)
    const lastAt = Math.max(pulse.lastAt, before, open?.kind === 'quiet' ? open.from : 0)
    const now = clock.now()
    return {
      source,
      rhythm: rhythms.of(source.id),
      hourOfWeek: weeks.in(source.zone),
      pulse,
      lastAt,
      watchedSince: Math.max(this.#watchedSince || now, millisecondsOf(source.created_at)),
      problem: line.problem(source),
      open,
      now,
    }
  }

  #why({ source, pulse, problem, lastAt, now }: SourceFacts): Cause {
    const { refusals, book, line } = this.#parts
    const isSender = (address: string) =>
      address === pulse.sender || (source.senders.length > 0 && book.lists(source, address))
    const since = Math.max(now - lately, lastAt)
    return causeOf({
      collector: source.collector,
      paused: source.paused,
      problem,
      refusal: refusals
        .since(source.collector, since)
        .find(({ sender }) => lastAt === 0 || isSender(sender)),
      isDropping: now - pulse.droppedAt < lately,
      isDiskFull: now - (line.intake?.diskFullAt ?? 0) < lately,
      hasSent: lastAt > 0,
    })
  }

  #show(): void {
    const counts = Map.groupBy(this.states().values(), (state) => state)
    for (const state of SourceState.options) {
      this.#states.set(counts.get(state)?.length ?? 0, { state })
    }
  }
}
