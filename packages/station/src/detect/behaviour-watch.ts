import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type { Alert } from '@haidang/contracts/alert'
import type { Event } from '@haidang/contracts/event'
import { alertOf } from '@haidang/detection/alert'
import type { BehaviourDetector } from '@haidang/detection/behaviour/behaviour-detector'
import type { Observation } from '@haidang/detection/behaviour/observation'
import type { Finding } from '@haidang/detection/subject'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { derivedId } from '@haidang/runtime/ids'
import type { Log } from '@haidang/runtime/log'
import type { SpoolRange } from '@haidang/runtime/spool/spool'
import type { BehaviourStep, BehaviourStore } from '../keep/behaviour-store.ts'
import type { Examined, Observed } from './examine-chunk.ts'

export interface BehaviourWatchParts {
  readonly detector: BehaviourDetector
  readonly store: BehaviourStore
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly nodeId: string
  /** Observations between two snapshots. */
  readonly snapshotEvery?: number
}

/** What watching a range came to. */
export interface Watched {
  readonly alerts: readonly Alert[]
  /** To be kept with the checkpoint; undefined: there was nothing to observe. */
  readonly step: BehaviourStep | undefined
}

const defaultEvery = 100_000
const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/**
 * Behaviour detection on the line. What it remembers follows from the ranges kept, in their order: each is
 * watched once, however often keeping it is tried, and its observations are kept in the transaction that moves the
 * checkpoint. Who starts again reads the last snapshot and observes what was kept since.
 */
export class BehaviourWatch {
  readonly #parts: BehaviourWatchParts
  readonly #every: number
  #last: { readonly token: string; readonly watched: Promise<Watched> } | undefined
  #sinceSnapshot = 0

  constructor(parts: BehaviourWatchParts) {
    this.#parts = parts
    this.#every = parts.snapshotEvery ?? defaultEvery
  }

  /** Remembers again what was kept. */
  async resume(): Promise<void> {
    const { database, store, detector, log } = this.#parts
    const { snapshot, ranges } = await database.transact(systemScope, (tx) => store.read(tx))
    if (snapshot && !detector.restore(await textOf(snapshot))) {
      log.warn({}, 'behaviour detection starts anew: its memory is of another version')
    }
    for (const range of ranges) {
      const observations = JSON.parse(await textOf(range)) as Observation[]
      for (const observation of observations) this.#observe(observation)
      this.#sinceSnapshot += observations.length
    }
  }

  /** What a range adds. Asked again for the same range, it answers the same and observes nothing twice. */
  watch(range: SpoolRange, examined: Examined): Promise<Watched> {
    if (this.#last?.token === range.token) return this.#last.watched
    const watched = this.#watch(range, examined)
    this.#last = { token: range.token, watched }
    return watched
  }

  async #watch({ records }: SpoolRange, { observations, rows }: Examined): Promise<Watched> {
    const found = observations.flatMap((observed) =>
      this.#observe(observed.observation).map((finding) => ({ observed, finding })),
    )
    this.#sinceSnapshot += observations.length
    const alerts = found.length === 0 ? [] : this.#alerts(found, rows)
    return { alerts, step: await this.#step(observations, records.length) }
  }

  /** A fault of ours must not stop the line; observed again, it is the same fault. */
  #observe(observation: Observation): readonly Finding[] {
    try {
      return this.#parts.detector.watch(observation)
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      this.#parts.log.error({ cause }, 'behaviour detection failed on an observation')
      return []
    }
  }

  async #step(
    observations: readonly Observed[],
    records: number,
  ): Promise<BehaviourStep | undefined> {
    if (observations.length === 0) return undefined
    if (this.#sinceSnapshot < this.#every) {
      const text = JSON.stringify(observations.map(({ observation }) => observation))
      return { kind: 'observations', body: await compress(text, fast) }
    }
    this.#sinceSnapshot = 0
    const text = this.#parts.detector.snapshot()
    this.#parts.log.debug({ records, bytes: text.length }, 'memory of behaviour detection written')
    return { kind: 'snapshot', body: await compress(text, fast) }
  }

  #alerts(found: readonly { observed: Observed; finding: Finding }[], rows: Uint8Array): Alert[] {
    const { nodeId, clock } = this.#parts
    const lines = Buffer.from(rows.buffer, rows.byteOffset, rows.length)
      .toString('utf8')
      .split('\n')
    const detectedAt = clock.iso()
    return found.map(({ observed, finding }) => {
      const event = eventOf(lines[observed.row] ?? '')
      const { receivedAt, position } = observed
      return alertOf(finding, { event, record: {} }, detectedAt, (ruleId) =>
        derivedId('alert', receivedAt, nodeId, position.segment, position.offset, ruleId),
      )
    })
  }
}

async function textOf(body: Uint8Array): Promise<string> {
  return (await decompress(body)).toString('utf8')
}

/** The event of a line made for the event store. */
function eventOf(line: string): Event {
  const { event, raw_data = '' } = JSON.parse(line) as { event: Event; raw_data?: string }
  return { ...event, raw_data }
}
