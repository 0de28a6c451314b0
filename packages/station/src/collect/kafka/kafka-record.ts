import { isUtf8 } from 'node:buffer'
import type { Partition } from './kafka-client.ts'
import type { KafkaRecord } from './record-batch.ts'

const mostHeaders = 64
/** Bytes kept of a key or of a header's value. */
const longestWord = 1024

/**
 * A record as the spool keeps it: one line of JSON that says where it stood, its key and headers, then the value as
 * it came.
 */
export function printKafkaRecord({ topic, partition }: Partition, record: KafkaRecord): Buffer {
  const { offset, time, key, value, headers } = record
  const words = {
    topic,
    partition,
    offset,
    time,
    ...(key !== null && { key: wordOf(key) }),
    ...(headers.length > 0 && { headers: headerWords(headers) }),
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(words)}\n`), value ?? Buffer.alloc(0)])
}

function headerWords(headers: KafkaRecord['headers']): Record<string, unknown> {
  const byName = Map.groupBy(headers.slice(0, mostHeaders), ([name]) => name.slice(0, longestWord))
  return Object.fromEntries(
    [...byName].map(([name, all]) => {
      const values = all.map(([, value]) => (value === null ? null : wordOf(value)))
      return [name, values.length === 1 ? values[0] : values]
    }),
  )
}

/** Text, or what is none in Base64. */
function wordOf(bytes: Buffer): string {
  const kept = bytes.subarray(0, longestWord)
  return isUtf8(bytes) ? kept.toString('utf8') : `base64:${kept.toString('base64')}`
}
