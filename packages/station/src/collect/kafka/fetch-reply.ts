import { KafkaBytes } from './kafka-bytes.ts'

/** What a broker gave of one partition. */
export interface FetchedPartition {
  readonly topic: string
  readonly partition: number
  /** Kafka's own code; 0: none. */
  readonly error: number
  /** Transactions whose records do not count. */
  readonly aborted: readonly AbortedTransaction[]
  /** Batches; the last may be cut. */
  readonly bytes: Buffer
}

export interface AbortedTransaction {
  readonly producer: bigint
  readonly firstOffset: number
}

/** Takes apart a reply to Fetch, version 11, behind its correlation id. Throws ProtocolError. */
export function readFetchReply(bytes: Buffer): {
  readonly error: number
  readonly partitions: FetchedPartition[]
} {
  const words = new KafkaBytes(bytes)
  words.int32()
  const error = words.int16()
  words.int32()
  const partitions = words.list(() => {
    const topic = words.string()
    return words.list(() => ({ topic, ...readPartition(words) }))
  })
  return { error, partitions: partitions.flat() }
}

function readPartition(words: KafkaBytes): Omit<FetchedPartition, 'topic'> {
  const partition = words.int32()
  const error = words.int16()
  // High watermark, last stable offset, beginning of the log.
  words.take(24)
  const aborted = words.list(() => ({ producer: words.id64(), firstOffset: words.int64() }))
  words.int32()
  const length = words.int32()
  return { partition, error, aborted, bytes: words.take(Math.max(0, length)) }
}

/** Offsets out of a reply to ListOffsets, version 1, by partition. Throws ProtocolError. */
export function readOffsetsReply(bytes: Buffer): Map<number, { error: number; offset: number }> {
  const words = new KafkaBytes(bytes)
  const topics = words.list(() => {
    words.string()
    return words.list(() => {
      const partition = words.int32()
      const error = words.int16()
      words.int64()
      return [partition, { error, offset: words.int64() }] as const
    })
  })
  return new Map(topics.flat())
}
