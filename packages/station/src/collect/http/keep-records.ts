import type { Clock } from '@haidang/runtime/clock'
import { newUuid } from '@haidang/runtime/ids'
import { anonymousKey, recordKey } from '../batch-keys.ts'
import { keptOfLongRecord, longestRecord } from '../collector.ts'
import { type Intake, type NamedRecord, sizeOf } from '../intake.ts'

/** A record out of a request, with the name its protocol gives it, if it does. */
export interface HttpRecord {
  readonly bytes: Uint8Array
  /** Length before it was cut, if it was. */
  readonly cutFrom?: number
  /** The same for a repeat of the same record, of any length. */
  readonly identity?: string | undefined
}

interface From {
  readonly sourceId: string
  readonly sender: string
}

/**
 * Puts records into the spool; resolves when all are durable and says of each whether it is new. Records
 * without identity go in as one batch. Throws Problem ingest.source-limited before any is in; ingest.overloaded
 * or ingest.disk-full, when some may be in, and of these a repeat is told apart only where they have an identity.
 */
export async function keepRecords(
  intake: Intake,
  clock: Clock,
  of: From,
  records: readonly HttpRecord[],
): Promise<boolean[]> {
  intake.gate.enter(of.sourceId, records.length, sizeOf(records.map(({ bytes }) => bytes)))
  const from = { ...of, isCharged: true }
  const isNew = records.map(() => true)
  const plain: Uint8Array[] = []
  const named: { at: number; record: NamedRecord }[] = []
  for (const [at, each] of records.entries()) {
    const { bytes, cutFrom } = beginningOf(each)
    if (each.identity !== undefined) {
      named.push({ at, record: { bytes, key: recordKey(each.identity), cutFrom } })
    } else if (cutFrom === undefined) plain.push(bytes)
    else {
      const key = anonymousKey(1, newUuid(clock))
      await intake.appendLong({ ...from, bytes, cutFrom, key })
    }
  }
  const answers = await intake.appendEach(
    from,
    named.map(({ record }) => record),
  )
  for (const [i, { at }] of named.entries()) isNew[at] = answers[i] ?? true
  if (plain.length > 0) {
    const key = anonymousKey(plain.length, newUuid(clock))
    await intake.append({ ...from, records: plain, key })
  }
  return isNew
}

/** The first bytes of a record that is too long, all of any other. */
function beginningOf({ bytes, cutFrom }: HttpRecord) {
  const isLong = cutFrom !== undefined || bytes.length > longestRecord
  return isLong
    ? { bytes: bytes.subarray(0, keptOfLongRecord), cutFrom: cutFrom ?? bytes.length }
    : { bytes, cutFrom }
}
