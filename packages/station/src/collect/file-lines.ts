import { crc32 } from 'node:zlib'
import type { FileHead } from './file-head.ts'
import type { Intake } from './intake.ts'
import type { SplitLine } from './line-splitter.ts'

/** Where the lines of a file go. */
export interface LinesParts {
  readonly sourceId: string
  readonly path: string
  readonly intake: Intake
  readonly signal: AbortSignal
}

/**
 * Puts lines of a file into the spool as one batch of that name, each with the head in force before it; true when they
 * are durable, false if the line stops. With `isPerhapsKnown` a batch whose name is known is passed over.
 */
export async function spoolLines(
  { sourceId, path, intake, signal }: LinesParts,
  head: FileHead,
  batch: { key: string; lines: readonly SplitLine[]; isPerhapsKnown?: boolean },
): Promise<boolean> {
  const { key, lines, isPerhapsKnown } = batch
  const named = { sourceId, sender: path }
  const records: Uint8Array[] = []
  for (const [i, { bytes, cutFrom }] of lines.entries()) {
    if (cutFrom === undefined) {
      if (bytes.length > 0) records.push(head.take(bytes))
      continue
    }
    const long = { ...named, bytes, cutFrom, key: `${key}:${i}` }
    if (!(await intake.persevere(() => intake.appendLong(long), signal))) return false
  }
  if (records.length === 0) return true
  const whole = { ...named, records, key }
  const append = () => (isPerhapsKnown ? intake.append(whole) : intake.appendNew(whole))
  return intake.persevere(append, signal)
}

/** Bytes of a file that lines take. */
export function lengthOf(lines: readonly SplitLine[]): number {
  return lines.reduce((sum, { length }) => sum + length, 0)
}

/** CRC-32 of lines, their ends aside. */
export function checksum(lines: readonly SplitLine[]): string {
  return lines.reduce((sum, { bytes }) => crc32(bytes, sum), 0).toString(16)
}
