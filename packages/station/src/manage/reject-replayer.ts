import { setTimeout as pause } from 'node:timers/promises'
import { eventTable } from '@haidang/contracts/event-columns'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { RecordFormat } from '@haidang/contracts/record-format'
import { wholeAlert, writtenTogether } from '@haidang/contracts/written-alert'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import type { Log } from '@haidang/runtime/log'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import type { Examined } from '../detect/examine-chunk.ts'
import type { StationPorts } from '../keep/keep-range.ts'
import type { LineStore } from '../keep/line-store.ts'
import type { RejectStore } from '../keep/reject-store.ts'
import type { ReplayStore } from '../keep/replay-store.ts'
import type { ParsedReject, ReplayRow, ReplayStep } from '../keep/replay-tables.ts'
import type { RejectRow } from '../keep/station-tables.ts'

export interface RejectReplayerParts {
  readonly database: Database
  readonly store: RejectStore
  readonly replays: ReplayStore
  readonly lines: LineStore
  readonly blobs: Blobs
  readonly events: EventStore
  readonly ports: StationPorts
  readonly clock: Clock
  readonly log: Log
  /** Parses and detects, as the line does, all records as `format` where one is given. */
  readonly examine: (
    records: readonly SpoolRecord[],
    format: RecordFormat | undefined,
  ) => Promise<Examined>
}

const together = { records: 200, bytes: 4 * 1_048_576 }
const longestWait = 30_000

/**
 * Parses rejects again, one replay after the other, in steps. Exactly once: what a step makes is durable before its
 * events are written under the step's token; then rejects are marked, alerts raised, counters and place moved in
 * one transaction. Killed anywhere, the step is finished from what was kept. Rules and indicators meet the events;
 * detections that remember do not, for their memory follows the line alone.
 */
export class RejectReplayer {
  readonly #parts: RejectReplayerParts
  readonly #stopping = new AbortController()
  #wake = Promise.withResolvers<void>()
  #running: Promise<void> = Promise.resolve()

  constructor(parts: RejectReplayerParts) {
    this.#parts = parts
  }

  /** Goes on with what was begun before, and waits for more. */
  start(): void {
    this.#running = this.#run()
  }

  /** Finishes the step in hand. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#wake.resolve()
    await this.#running
  }

  /** There is a new replay. */
  wake(): void {
    this.#wake.resolve()
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    for (let wait = 1000; !signal.aborted; ) {
      const woken = Promise.withResolvers<void>()
      this.#wake = woken
      try {
        if (!(await this.#goOn())) await woken.promise
        wait = 1000
      } catch (error) {
        this.#parts.log.error({ error }, 'a replay of rejects does not go on; it tries again')
        await pause(wait, undefined, { signal }).catch(() => undefined)
        wait = Math.min(wait * 2, longestWait)
      }
    }
  }

  /** Does one step; false if no replay is to go on. */
  async #goOn(): Promise<boolean> {
    const { database, replays, clock } = this.#parts
    const next = await database.transact(systemScope, (tx) => replays.next(tx))
    if (!next) return false
    const { replay } = next
    try {
      const step = next.step ?? (await this.#beginStep(replay))
      if (step) await this.#finish(replay, step)
      else await database.transact(systemScope, (tx) => replays.end(tx, replay.id, clock.iso()))
    } catch (error) {
      const problem = String(error).slice(0, 500)
      await database.transact(systemScope, (tx) => replays.tell(tx, replay.id, problem))
      throw error
    }
    return true
  }

  async #beginStep(replay: ReplayRow): Promise<ReplayStep | undefined> {
    const { database, store, replays, examine } = this.#parts
    const { choice, after_id: after, last_id: last } = replay
    // What its author may see, and no more.
    const rows = await database.transact(replay.scope, (tx) =>
      store.waiting(tx, choice, { after, last }, together),
    )
    const end = rows.at(-1)
    if (!end) return undefined
    const records = await Promise.all(rows.map((row) => this.#recordOf(row)))
    const examined = await examine(
      records.filter((record) => record !== undefined),
      replay.format ?? undefined,
    )
    const rejected = new Set(examined.rejects.map(({ position }) => placeOf(position)))
    const parsed = rows.filter((row, i) => records[i] && !rejected.has(placeOf(row))).map(parsedOf)
    const step: ReplayStep = {
      replay_id: replay.id,
      last_id: end.id,
      records: rows.length,
      rows: examined.rows,
      alerts: examined.alerts.map(wholeAlert),
      parsed,
    }
    await database.transact(systemScope, (tx) => replays.beginStep(tx, step))
    return step
  }

  async #finish(replay: ReplayRow, step: ReplayStep): Promise<void> {
    const { database, store, replays, lines, events, ports, clock } = this.#parts
    const token = `replay:${replay.id}:${step.last_id}`
    if (step.rows.length > 0) await events.insert(eventTable, step.rows, token)
    const ids = step.parsed.map(({ id }) => id)
    // Alerts reach every module: the node acts, for an author who may see the rejects.
    await database.transact(systemScope, async (tx) => {
      if (!(await replays.endStep(tx, step))) return
      await store.markReplayed(tx, ids, clock.iso(), replay.format)
      if (step.alerts.length > 0) await ports.onAlerts(tx, writtenTogether(step.alerts))
      for (const { organisation_id, source_id, records, lastTime } of talliesOf(step.parsed)) {
        const tally = { parsed: records, rejected: -records, bytes: 0, lastTime }
        await lines.count(tx, organisation_id, source_id, tally)
      }
    })
  }

  async #recordOf(row: RejectRow): Promise<SpoolRecord | undefined> {
    const body = row.body ?? (row.blob === null ? undefined : await this.#parts.blobs.get(row.blob))
    return body && recordOf(row, body)
  }
}

/** The record as it came: at its first place, so that ids derive from there. */
export function recordOf(row: RejectRow, body: Uint8Array): SpoolRecord {
  return {
    position: { segment: row.segment, offset: row.offset },
    origin: row.origin,
    key: undefined,
    receivedAt: millisecondsOf(row.received_time),
    body,
  }
}

function placeOf({ segment, offset }: { segment: number; offset: number }): string {
  return `${segment} ${offset}`
}

function parsedOf({ id, source_id, organisation_id, received_time }: RejectRow): ParsedReject {
  return { id, source_id, organisation_id, received_at: millisecondsOf(received_time) }
}

function talliesOf(parsed: readonly ParsedReject[]) {
  const bySource = Map.groupBy(parsed, ({ source_id }) => source_id)
  return [...bySource].flatMap(([source_id, all]) => {
    const [first] = all
    if (!first) return []
    const lastTime = all.reduce((last, { received_at }) => Math.max(last, received_at), 0)
    return [{ source_id, organisation_id: first.organisation_id, records: all.length, lastTime }]
  })
}
