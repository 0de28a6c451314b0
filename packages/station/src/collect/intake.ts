import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import type { Spool } from '@haidang/runtime/spool/spool'
import type { Arrivals } from './arrivals.ts'
import type { Backlog, Waiting } from './backlog.ts'
import { type BatchKeys, isAnonymous } from './batch-keys.ts'
import { keptOfLongRecord } from './collector.ts'
import { printOrigin } from './origin.ts'
import type { SourceGate } from './source-gate.ts'
import { type Pulse, SourcePulses } from './source-pulse.ts'

/** Records of one sender, on their way into the spool. */
export interface Batch {
  readonly sourceId: string
  /** Network address or file path. */
  readonly sender: string
  readonly records: readonly Uint8Array[]
  /** Identity the sender gave the batch. */
  readonly key?: string
  /** Length of its only record before it was cut; the line makes it a reject. */
  readonly cutFrom?: number | undefined
  /** The gate let it in and charged its source already. */
  readonly isCharged?: boolean
}

/** A record that was longer than may be. */
interface LongRecord extends Omit<Batch, 'records'> {
  /** Its first bytes. */
  readonly bytes: Uint8Array
  readonly cutFrom: number
}

/** A record with an identity of its own. */
export interface NamedRecord {
  readonly bytes: Uint8Array
  readonly key: string
  readonly cutFrom?: number | undefined
}

interface Flow {
  dropped: number
  /** Records by second of the last minute. */
  readonly seconds: Map<number, number>
}

export interface IntakeParts {
  readonly spool: Spool
  readonly keys: BatchKeys
  readonly clock: Clock
  readonly arrivals: Arrivals
  readonly backlog: Backlog
  readonly gate: SourceGate
}

const minute = 60

/** The door of the spool: appends, recognises repeats, and counts what came and what was lost, by source. */
export class Intake {
  readonly #spool: Spool
  readonly #keys: BatchKeys
  readonly #clock: Clock
  readonly #arrivals: Arrivals
  readonly #flows = new Map<string, Flow>()
  readonly #appending = new Map<string, Promise<boolean>>()
  readonly #pulses = new SourcePulses()
  #diskFullAt = 0
  readonly #backlog: Backlog
  /** What each source may bring. */
  readonly gate: SourceGate

  constructor(parts: IntakeParts) {
    this.#spool = parts.spool
    this.#keys = parts.keys
    this.#clock = parts.clock
    this.#arrivals = parts.arrivals
    this.#backlog = parts.backlog
    this.gate = parts.gate
  }

  /**
   * Resolves when the batch is durable: true if it is new, false if its key is known.
   * Throws Problem ingest.source-limited, ingest.overloaded, ingest.disk-full or ingest.disk-failed.
   */
  async append(batch: Batch): Promise<boolean> {
    const { sourceId, key } = batch
    if (key === undefined || isAnonymous(key)) return this.#write(batch)
    return this.#once(batch, key, () => this.#keys.knows(sourceId, key))
  }

  /**
   * Like `append`, for records that each carry an identity: says of each whether it is new, also against
   * the others. Throws after all are settled; those that are durable then are known at a repeat.
   */
  async appendEach(
    from: Pick<Batch, 'sourceId' | 'sender' | 'isCharged'>,
    records: readonly NamedRecord[],
  ): Promise<boolean[]> {
    const keys = records.map(({ key }) => key)
    const known = this.#keys.known(from.sourceId, keys)
    const settled = await Promise.allSettled(
      records.map(({ bytes, ...record }) => {
        const isKnown = async () => (await known).has(record.key)
        return this.#once({ ...from, ...record, records: [bytes] }, record.key, isKnown)
      }),
    )
    return settled.map((each) => {
      if (each.status === 'rejected') throw each.reason
      return each.value
    })
  }

  /** Appends a batch whose name the caller knows to be new; the name is remembered. */
  async appendNew(batch: Batch): Promise<void> {
    await this.#write(batch)
  }

  /** Like `append`, for the beginning of a record that is too long. */
  appendLong({ bytes, ...long }: LongRecord): Promise<boolean> {
    return this.append({ ...long, records: [bytes.subarray(0, keptOfLongRecord)] })
  }

  /** Like `work`, tried again while the spool or the source's limit is full, until the signal aborts; false if it did. */
  async persevere(work: () => Promise<unknown>, signal: AbortSignal): Promise<boolean> {
    for (let wait = 20; !signal.aborted; wait = Math.min(wait * 2, 1000)) {
      try {
        await work()
        return true
      } catch (error) {
        if (!isFull(error)) throw error
        await pause(wait, undefined, { signal }).catch(() => undefined)
      }
    }
    return false
  }

  /** Counts records lost before the spool. */
  drop(sourceId: string, records: number): void {
    if (records <= 0) return
    this.#flow(sourceId).dropped += records
    this.#pulses.lost(sourceId, this.#clock.now())
  }

  /** What waits of a source between here and the end of the line. */
  waiting(sourceId: string): Waiting {
    return this.#backlog.of(sourceId)
  }

  /** The line has kept so many records of the source, with so many bytes. */
  kept(sourceId: string, records: number, bytes: number): void {
    this.#backlog.leave(sourceId, records, bytes)
  }

  /** Hands the drops counted since the last call to `keep`; where it fails they are handed over again. */
  async handOverDrops(keep: (drops: ReadonlyMap<string, number>) => Promise<void>): Promise<void> {
    const drops = this.#takeDrops()
    if (drops.size === 0) return
    try {
      await keep(drops)
    } catch (error) {
      for (const [sourceId, records] of drops) this.drop(sourceId, records)
      throw error
    }
  }

  #takeDrops(): Map<string, number> {
    const drops = new Map<string, number>()
    for (const [sourceId, flow] of this.#flows) {
      if (flow.dropped > 0) drops.set(sourceId, flow.dropped)
      flow.dropped = 0
    }
    return drops
  }

  /** Records a second over the last minute. */
  rate(sourceId: string): number {
    const flow = this.#flows.get(sourceId)
    if (!flow) return 0
    const from = Math.floor(this.#clock.now() / 1000) - minute
    let sum = 0
    for (const [second, count] of flow.seconds) {
      if (second > from) sum += count
      else flow.seconds.delete(second)
    }
    return Math.round((sum / minute) * 100) / 100
  }

  /** When and how much a source sent since the start. */
  pulse(sourceId: string): Pulse {
    return this.#pulses.of(sourceId, this.#clock.now())
  }

  /** When the disk last had no room for records, milliseconds since the epoch; 0: not since the start. */
  get diskFullAt(): number {
    return this.#diskFullAt
  }

  async #once(batch: Batch, key: string, isKnown: () => Promise<boolean>): Promise<boolean> {
    const name = `${batch.sourceId} ${key}`
    // A repeat of a batch that is being written waits for it: it may yet fail.
    const first = this.#appending.get(name)
    if (first && (await first.catch(() => false))) return false
    if (this.#appending.has(name)) return this.#once(batch, key, isKnown)
    const writing = isKnown().then((known) => !known && this.#write(batch))
    this.#appending.set(name, writing)
    try {
      return await writing
    } finally {
      this.#appending.delete(name)
    }
  }

  async #write(batch: Batch): Promise<boolean> {
    const { sourceId, sender, records, key, cutFrom } = batch
    const origin = printOrigin({ sourceId, sender, ...(cutFrom !== undefined && { cutFrom }) })
    const bytes = sizeOf(records)
    if (batch.isCharged !== true) this.gate.enter(sourceId, records.length, bytes)
    try {
      await this.#spool.append({ origin, records, ...(key !== undefined && { key }) })
    } catch (error) {
      this.gate.refund(sourceId, records.length, bytes)
      const isDisk = error instanceof Problem && error.code === 'ingest.disk-full'
      if (isDisk) this.#diskFullAt = this.#clock.now()
      throw error
    }
    if (key !== undefined) this.#keys.add(sourceId, key)
    this.#arrivals.take(batch)
    this.#count(sourceId, sender, records.length, bytes)
    return true
  }

  #count(sourceId: string, sender: string, records: number, bytes: number): void {
    const flow = this.#flow(sourceId)
    const now = this.#clock.now()
    const second = Math.floor(now / 1000)
    this.#backlog.enter(sourceId, records, bytes, now)
    this.#pulses.beat(sourceId, sender, records, now)
    flow.seconds.set(second, (flow.seconds.get(second) ?? 0) + records)
    if (flow.seconds.size > 2 * minute) this.rate(sourceId)
  }

  #flow(sourceId: string): Flow {
    const known = this.#flows.get(sourceId)
    if (known) return known
    const flow = { dropped: 0, seconds: new Map<number, number>() }
    this.#flows.set(sourceId, flow)
    return flow
  }
}

/** The spool takes nothing now, and may again. */
const passing = new Set([
  'ingest.overloaded',
  'ingest.source-limited',
  'ingest.disk-full',
  'ingest.disk-failed',
  'ingest.bus-unreachable',
])

function isFull(error: unknown): boolean {
  return error instanceof Problem && passing.has(error.code)
}

/** Bytes of records. */
export function sizeOf(records: readonly Uint8Array[]): number {
  return records.reduce((sum, { length }) => sum + length, 0)
}
