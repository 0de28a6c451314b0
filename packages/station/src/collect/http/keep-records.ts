import type { Clock } from '@haidang/runtime/clock'
import { newUuid } from '@haidang/runtime/ids'
import { anonymousKey } from '../batch-keys.ts'
import { keptOfLongRecord, longestRecord } from '../collector.ts'
import type { Intake } from '../intake.ts'

/** A record out of a request, with the name its protocol gives it, if it does. */
export interface HttpRecord {
  readonly bytes: Uint8Array
  /** Length before it was cut, if it was. */
  readonly cutFrom?: number
  /** The same for a repeat of the same record; at most 150 bytes. */
  readonly identity?: string | undefined
}

interface From {
  readonly sourceId: string
  readonly sender: string
}

/**
 * Puts records into the spool; resolves when all are durable and says of each whether it is new. Records
 * without identity go in as one batch. Throws Problem ingest.overloaded or ingest.disk-full; some may be in
 * then, and of these a repeat is told apart only where they have an identity.
 */
export async function keepRecords(
  intake: Intake,
  clock: Clock,
  from: From,
  records: readonly HttpRecord[],
): Promise<boolean[]> {
  const isNew = records.map(() => true)
  const plain: Uint8Array[] = []
  const named: { at: number; bytes: Uint8Array; key: string }[] = []
  for (const [at, { bytes, cutFrom, identity }] of records.entries()) {
    if (cutFrom !== undefined || bytes.length > longestRecord) {
      const kept = bytes.subarray(0, keptOfLongRecord)
      const long = { ...from, bytes: kept, cutFrom: cutFrom ?? bytes.length }
      await intake.appendLong({ ...long, key: identity ?? anonymousKey(1, newUuid(clock)) })
    } else if (identity === undefined) plain.push(bytes)
    else named.push({ at, bytes, key: identity })
  }
  const answers = await intake.appendEach(from, named)
  for (const [i, { at }] of named.entries()) isNew[at] = answers[i] ?? true
  if (plain.length > 0) {
    const key = anonymousKey(plain.length, newUuid(clock))
    await intake.append({ ...from, records: plain, key })
  }
  return isNew
}
