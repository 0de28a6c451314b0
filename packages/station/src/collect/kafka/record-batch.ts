import { ProtocolError } from '../protocol-error.ts'
import type { AbortedTransaction } from './fetch-reply.ts'
import { KafkaBytes } from './kafka-bytes.ts'

/** A batch as it lies in a partition, its records still packed. */
export interface RecordBatch {
  readonly firstOffset: number
  /** Offset behind its last record. */
  readonly nextOffset: number
  /** Why it cannot be read; the rest is void then. */
  readonly fault?: string
  readonly records: number
  /** 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd. */
  readonly codec: number
  /** Written by brokers: it ends a transaction. */
  readonly isControl: boolean
  readonly isTransactional: boolean
  readonly producer: bigint
  /** Milliseconds since the epoch. */
  readonly time: number
  /** Every record has the time of the batch: when the broker got it. */
  readonly isBrokerTime: boolean
  readonly body: Buffer
}

/** A record; of a tombstone the value is null. */
export interface KafkaRecord {
  readonly offset: number
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly (readonly [string, Buffer | null])[]
}

/** Bytes before what a batch's own length counts, and up to its version. */
const lengthEnd = 12
const magicAt = 16
const headerEnd = 61
/** Fewest octets of a record. */
const shortest = 7

/** Batches of a partition; one that is cut at the end is left out, one that cannot be read has a fault. */
export function* readBatches(bytes: Buffer): Generator<RecordBatch> {
  for (let at = 0; bytes.length - at > magicAt; ) {
    const length = bytes.readInt32BE(at + 8)
    // Nothing behind it can be found.
    if (length <= magicAt - lengthEnd) throw new ProtocolError(`a batch of ${length} octets`)
    if (length > bytes.length - at - lengthEnd) return
    yield readBatch(bytes.subarray(at, at + lengthEnd + length))
    at += lengthEnd + length
  }
}

function readBatch(bytes: Buffer): RecordBatch {
  const words = new KafkaBytes(bytes)
  const firstOffset = words.int64()
  words.take(8)
  const magic = words.int8()
  if (magic !== 2) return unread(firstOffset, firstOffset, `format ${magic} of before Kafka 0.11`)
  if (bytes.length < headerEnd) return unread(firstOffset, firstOffset, 'a header that is cut')
  const checksum = words.uint32()
  const attributes = words.int16()
  const lastOffset = firstOffset + words.int32()
  const firstTime = words.int64()
  const lastTime = words.int64()
  const producer = words.id64()
  words.take(6)
  const records = words.int32()
  const body = words.take(words.left)
  // Backwards would be read for ever.
  if (lastOffset < firstOffset) return unread(firstOffset, firstOffset, 'offsets that go backwards')
  if (crc32c(bytes.subarray(21)) !== checksum)
    return unread(firstOffset, lastOffset, 'a wrong checksum')
  const isBrokerTime = (attributes & 8) !== 0
  return {
    firstOffset,
    nextOffset: lastOffset + 1,
    records,
    codec: attributes & 7,
    isTransactional: (attributes & 16) !== 0,
    isControl: (attributes & 32) !== 0,
    producer,
    time: isBrokerTime ? lastTime : firstTime,
    isBrokerTime,
    body,
  }
}

function unread(firstOffset: number, lastOffset: number, fault: string): RecordBatch {
  return {
    firstOffset,
    nextOffset: lastOffset + 1,
    fault,
    records: lastOffset + 1 - firstOffset,
    codec: 0,
    isTransactional: false,
    isControl: false,
    producer: -1n,
    time: 0,
    isBrokerTime: false,
    body: Buffer.alloc(0),
  }
}

/** Records of a batch whose body is unpacked. Throws ProtocolError. */
export function readRecords(batch: RecordBatch, body: Buffer): KafkaRecord[] {
  const { records, firstOffset, nextOffset } = batch
  if (records < 0 || records * shortest > body.length)
    throw new ProtocolError(`${records} records in ${body.length} octets`)
  const words = new KafkaBytes(body)
  const found: KafkaRecord[] = []
  for (let index = 0; index < records; index++) {
    const record = readRecord(new KafkaBytes(words.take(words.varint())), batch)
    const least = found.at(-1)?.offset ?? firstOffset - 1
    if (record.offset <= least || record.offset >= nextOffset)
      throw new ProtocolError(`record ${index} has offset ${record.offset}`)
    found.push(record)
  }
  return found
}

function readRecord(words: KafkaBytes, { firstOffset, time, isBrokerTime }: RecordBatch) {
  words.int8()
  const delta = words.varint()
  const offset = firstOffset + words.varint()
  const key = octets(words)
  const value = octets(words)
  const count = words.varint()
  const headers: [string, Buffer | null][] = []
  for (let index = 0; index < count; index++) {
    headers.push([words.take(words.varint()).toString('utf8'), octets(words)])
  }
  return { offset, time: isBrokerTime ? time : time + delta, key, value, headers }
}

function octets(words: KafkaBytes): Buffer | null {
  const length = words.varint()
  return length < 0 ? null : words.take(length)
}

/** Tells which batches are of transactions that were taken back; ask for each batch of a reply, in order. */
export function abortedFilter(
  aborted: readonly AbortedTransaction[],
): (batch: RecordBatch) => boolean {
  const waiting = aborted.toSorted((a, b) => a.firstOffset - b.firstOffset)
  const producers = new Set<bigint>()
  return ({ nextOffset, isControl, isTransactional, producer }) => {
    while ((waiting[0]?.firstOffset ?? Number.POSITIVE_INFINITY) < nextOffset) {
      const begun = waiting.shift()
      if (begun) producers.add(begun.producer)
    }
    // The mark that ends a transaction, whichever way, stands behind its records.
    if (isControl) producers.delete(producer)
    return isTransactional && producers.has(producer)
  }
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value
})

/** CRC-32C (Castagnoli). */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (let at = 0; at < bytes.length; at++)
    crc = (table[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
