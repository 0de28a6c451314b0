import type { RecordFormat } from '@haidang/contracts/record-format'
import { parseJson } from '../parse/json.ts'
import type { Surroundings } from './draft.ts'
import { timeOf } from './json.ts'
import { type ReadRecord, readRecord } from './read-record.ts'

/**
 * Reads a record fetched from Kafka: its value as the source's format. Where that says nothing of time, Kafka's
 * counts; topic, partition, offset, key and headers are kept as `unmapped.kafka`. Reason besides those of the
 * format: `kafka.no-place`.
 */
export function readKafka(text: string, format: RecordFormat, around: Surroundings): ReadRecord {
  const end = text.indexOf('\n')
  const place = end < 0 ? undefined : parseJson(text.slice(0, end))
  if (!place?.ok) {
    const detail = 'the line with topic and offset is missing'
    return { ok: false, reason: 'kafka.no-place', detail, format: 'kafka' }
  }
  const read = readRecord(text.slice(end + 1), format, around)
  if (!read.ok) return read
  const { time: stamp, ...kafka } = place.value
  const time = read.draft.time === undefined ? timeOf(stamp, around) : undefined
  return {
    ...read,
    draft: {
      ...read.draft,
      ...(time && { time: time.at, original_time: time.original }),
      unmapped: { ...read.draft.unmapped, kafka },
    },
  }
}
