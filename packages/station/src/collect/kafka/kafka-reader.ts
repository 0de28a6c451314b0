import { hash } from 'node:crypto'
import type { KafkaSettings } from '@haidang/contracts/kafka'
import type { Log } from '@haidang/runtime/log'
import type { KafkaPosition } from '../../keep/kafka-position-store.ts'
import { longestRecord } from '../collector.ts'
import type { Intake } from '../intake.ts'
import { ProtocolError } from '../protocol-error.ts'
import type { FetchedPartition } from './fetch-reply.ts'
import type { KafkaClient, Partition } from './kafka-client.ts'
import { printKafkaRecord } from './kafka-record.ts'
import {
  abortedFilter,
  type KafkaRecord,
  type RecordBatch,
  readBatches,
  readRecords,
} from './record-batch.ts'
import { unpack } from './unpack.ts'

/** What a reader needs of the station. */
export interface KafkaStore {
  readonly position: (log: string, partition: number) => Promise<KafkaPosition | undefined>
  /** Moves the durable position. */
  readonly save: (position: KafkaPosition) => Promise<void>
  /** Batches known that start so: what was spooled before a kill and not yet noted. */
  readonly spooled: (prefix: string) => Promise<string[]>
}

export interface KafkaReaderParts {
  readonly sourceId: string
  readonly start: KafkaSettings['start']
  readonly client: KafkaClient
  readonly intake: Intake
  readonly store: KafkaStore
  readonly log: Log
  /** Told of values that hold nothing. */
  readonly empty: (kind: 'tombstone' | 'empty', records: number) => void
}

/** Records put into the spool at once, and their bytes. */
const mostAtOnce = 2000
const mostBytesAtOnce = 2 * 1_048_576
/** Bytes a batch may become when it is unpacked. */
const longestUnpacked = 32 * 1_048_576
const offsetOutOfRange = 1
/** Another broker keeps the partition now, or will. */
const moved: ReadonlySet<number> = new Set([3, 5, 6, 9, 74, 75, 76, 100])

/**
 * Reads the partitions a group gives to this member. Its own position, moved after the spool has the records, says
 * where to go on; the group's is noted behind it, for others. A batch in the spool is named after where it
 * begins and ends, so that one spooled just before a kill is passed over.
 */
export class KafkaReader {
  readonly #parts: KafkaReaderParts
  readonly #positions = new Map<string, KafkaPosition>()
  #generation = -1

  constructor(parts: KafkaReaderParts) {
    this.#parts = parts
  }

  /** Fetches once and keeps what came. Rejects where brokers refuse or are gone. */
  async turn(signal: AbortSignal): Promise<void> {
    const { client } = this.#parts
    if (client.failure) throw client.failure
    if (this.#generation !== client.generation) await this.#takeAssigned()
    if (this.#positions.size === 0) return
    const generation = client.generation
    const wanted = [...this.#positions.values()].map(({ next, ...of }) => ({ ...of, offset: next }))
    const before = new Map([...this.#positions].map(([name, { next }]) => [name, next]))
    const found = await client.fetch(wanted)
    for (const each of found) {
      // What is somebody else's by now is left to them.
      if (client.generation !== generation || signal.aborted) break
      await this.#take(each, signal)
    }
    const read = [...this.#positions]
      .filter(([name, { next }]) => before.get(name) !== next)
      .map(([, { topic, partition, next }]) => ({ topic, partition, offset: next }))
    if (read.length > 0 && client.generation === generation) await client.commit(read)
  }

  async #takeAssigned(): Promise<void> {
    const { client } = this.#parts
    const generation = client.generation
    const assigned = client.assigned()
    this.#positions.clear()
    for (const of of assigned) this.#positions.set(nameOf(of), await this.#restore(of))
    this.#generation = generation
  }

  async #restore({ topic, partition }: Partition): Promise<KafkaPosition> {
    const { client, store, start } = this.#parts
    const log = hash('sha256', await client.logOf(topic), 'base64url').slice(0, 22)
    const known = await store.position(log, partition)
    const committed = await client.committed({ topic, partition })
    if (known === undefined) {
      const bounds = committed === undefined ? await client.bounds({ topic, partition }) : undefined
      const first = start === 'latest' ? bounds?.next : bounds?.first
      const next = committed ?? first ?? 0
      return this.#move({ log, topic, partition, next, incarnation: 0 })
    }
    const spooled = await this.#behindSpooled({ ...known, topic })
    // Another member may have read on meanwhile.
    return { ...known, topic, next: Math.max(spooled, committed ?? 0) }
  }

  /** Passes over what the spool had already when the position was last written. */
  async #behindSpooled(position: KafkaPosition): Promise<number> {
    const prefix = `${prefixOf(position)}${position.next}:`
    const ends = (await this.#parts.store.spooled(prefix)).map((key) =>
      Number.parseInt(key.slice(prefix.length), 10),
    )
    const next = Math.max(position.next, ...ends.filter(Number.isSafeInteger))
    return next === position.next ? next : this.#behindSpooled({ ...position, next })
  }

  async #take(found: FetchedPartition, signal: AbortSignal): Promise<void> {
    const { client } = this.#parts
    const position = this.#positions.get(nameOf(found))
    if (position === undefined) return
    if (found.error === offsetOutOfRange) return this.#findRange(position)
    if (moved.has(found.error)) return client.refresh()
    if (found.error !== 0) {
      throw new Error(`${found.topic}/${found.partition}: Kafka's error ${found.error}`)
    }
    await this.#keep(found, position, signal)
  }

  async #keep(
    { aborted, bytes }: FetchedPartition,
    begun: KafkaPosition,
    signal: AbortSignal,
  ): Promise<void> {
    const isAborted = abortedFilter(aborted)
    let position = begun
    for (const batch of readBatches(bytes)) {
      const isVoid = isAborted(batch) || batch.isControl
      if (batch.nextOffset <= position.next) continue
      const kept = isVoid
        ? { ...position, next: batch.nextOffset }
        : await this.#keepBatch(batch, position, signal)
      if (kept === undefined) return
      position = kept
    }
    if (position.next !== begun.next) await this.#move(position)
  }

  /** Answers the position behind it; undefined: the signal came first. */
  async #keepBatch(
    batch: RecordBatch,
    begun: KafkaPosition,
    signal: AbortSignal,
  ): Promise<KafkaPosition | undefined> {
    let position = begun
    let waiting: { bytes: Buffer; offset: number }[] = []
    let length = 0
    const flush = async (next: number) => {
      const moved = await this.#append(position, waiting, next, signal)
      waiting = []
      length = 0
      if (moved) position = moved
      return moved !== undefined
    }
    for (const record of await this.#recordsOf(batch)) {
      if (record.offset < position.next) continue
      if (this.#isEmpty(record)) continue
      const printed = printKafkaRecord(position, record)
      const isFull = waiting.length >= mostAtOnce || length + printed.length > mostBytesAtOnce
      if (isFull && !(await flush(record.offset))) return undefined
      waiting.push({ bytes: printed, offset: record.offset })
      length += printed.length
    }
    return (await flush(batch.nextOffset)) ? position : undefined
  }

  /** Whether it holds nothing; that is told. */
  #isEmpty({ value }: KafkaRecord): boolean {
    if (value !== null && value.length > 0) return false
    this.#parts.empty(value === null ? 'tombstone' : 'empty', 1)
    return true
  }

  /** Records of a batch; of one that cannot be read none, and they count as lost. */
  async #recordsOf(batch: RecordBatch) {
    const { sourceId, intake, log } = this.#parts
    try {
      if (batch.fault !== undefined) throw new ProtocolError(batch.fault)
      return readRecords(batch, await unpack(batch.codec, batch.body, longestUnpacked))
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      const { firstOffset, nextOffset } = batch
      const lost = Math.max(1, nextOffset - firstOffset)
      intake.drop(sourceId, lost)
      log.warn({ sourceId, firstOffset, lost, reason: error.message }, 'a batch cannot be read')
      return []
    }
  }

  async #append(
    position: KafkaPosition,
    records: readonly { bytes: Buffer; offset: number }[],
    next: number,
    signal: AbortSignal,
  ): Promise<KafkaPosition | undefined> {
    const { sourceId, intake } = this.#parts
    const sender = `${position.topic}/${position.partition}`
    const moved = { ...position, next }
    // From what is noted: what held nothing was passed over without a note.
    const from = this.#positions.get(nameOf(position))?.next ?? position.next
    const key = `${prefixOf(position)}${from}:${next}`
    const [long = [], short = []] = [true, false].map((isLong) =>
      records.filter(({ bytes }) => bytes.length > longestRecord === isLong),
    )
    const append = async () => {
      for (const { bytes, offset } of long) {
        const named = { sourceId, sender, key: `${prefixOf(position)}long:${offset}` }
        await intake.appendLong({ ...named, bytes, cutFrom: bytes.length })
      }
      const bodies = short.map(({ bytes }) => bytes)
      if (bodies.length > 0) await intake.appendNew({ sourceId, sender, records: bodies, key })
    }
    if (!(await intake.persevere(append, signal))) return undefined
    return records.length === 0 ? moved : this.#move(moved)
  }

  /** Records were thrown away before they were read, or the log began anew. */
  async #findRange(position: KafkaPosition): Promise<void> {
    const { client, intake, sourceId, log } = this.#parts
    const { first, next } = await client.bounds(position)
    const { topic, partition, incarnation } = position
    log.warn({ sourceId, topic, partition, at: position.next, first, next }, 'offsets are gone')
    if (position.next < first) {
      intake.drop(sourceId, first - position.next)
      await this.#move({ ...position, next: first })
    } else if (position.next > next) {
      await this.#move({ ...position, next: first, incarnation: incarnation + 1 })
    }
  }

  async #move(position: KafkaPosition): Promise<KafkaPosition> {
    await this.#parts.store.save(position)
    this.#positions.set(nameOf(position), position)
    return position
  }
}

function nameOf({ topic, partition }: Partition): string {
  return `${topic}/${partition}`
}

function prefixOf({ log, partition, incarnation }: KafkaPosition): string {
  return `kafka:${log}/${partition}.${incarnation}:`
}
