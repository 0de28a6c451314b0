import type { LineSource } from '../line.ts'
import type { Surroundings } from './draft.ts'
import { readHec } from './hec.ts'
import { readKafka } from './kafka.ts'
import { readOtlp } from './otlp.ts'
import { type ReadRecord, readRecord } from './read-record.ts'

/**
 * Reads a record as its way in keeps it: HEC and OTLP wrap each in an object that says more of it, Kafka puts a line
 * before it; what other ways bring is read as it is.
 */
export function readCarried(
  text: string,
  { collector, format }: Pick<LineSource, 'collector' | 'format'>,
  around: Surroundings,
): ReadRecord {
  if (collector === 'splunk-hec') return readHec(text, format, around)
  if (collector === 'otlp-http') return readOtlp(text, format, around)
  if (collector === 'kafka') return readKafka(text, format, around)
  return readRecord(text, format, around)
}
