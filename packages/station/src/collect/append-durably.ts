import type { Intake } from './intake.ts'

interface Lines {
  readonly bytes: Uint8Array
  /** Length before it was cut, if it was. */
  readonly cutFrom?: number
}

interface From {
  readonly sourceId: string
  readonly sender: string
  /** Identity of the batch, the sender's or an anonymous one. */
  readonly key?: string
  /** The gate let them in and charged their source already. */
  readonly isCharged?: boolean
}

/**
 * Puts records of a stream into the spool, however long it is full: meanwhile nothing more is read. False: the
 * signal came first, and some may not be in. Throws where the spool is broken.
 */
export async function appendDurably(
  intake: Intake,
  from: From,
  lines: readonly Lines[],
  signal: AbortSignal,
): Promise<boolean> {
  // Over-long records first, under names of their own: the batch's name says that all of it is in.
  for (const [at, { bytes, cutFrom }] of lines.entries()) {
    if (cutFrom === undefined) continue
    const key = from.key === undefined ? {} : { key: `${from.key}:long:${at}` }
    const long = { ...from, ...key, bytes, cutFrom }
    if (!(await intake.persevere(() => intake.appendLong(long), signal))) return false
  }
  const records = lines.filter(({ cutFrom }) => cutFrom === undefined).map(({ bytes }) => bytes)
  if (records.length === 0) return true
  return intake.persevere(() => intake.append({ ...from, records }), signal)
}
