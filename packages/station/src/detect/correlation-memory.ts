import { setImmediate } from 'node:timers/promises'
import type { CorrelationPlan } from '@haidang/detection/correlation/correlation-plan'

/** The rules that observations speak of. */
export interface PlannedRules {
  /** Of the rule set. */
  readonly version: string
  readonly plan: CorrelationPlan
}

/** What correlations remembered at the end of a range, and the rules they were. */
export interface CorrelationMemory extends PlannedRules {
  /** Of a Correlator for the plan. */
  readonly snapshot: Uint8Array
}

const lengthBytes = 4

/** As bytes: the length of the rules, the rules as JSON, the snapshot. Others get their turn between its pieces. */
export async function writeMemory(
  { version, plan }: PlannedRules,
  snapshot: Iterable<Uint8Array>,
): Promise<Uint8Array> {
  const rules = Buffer.from(JSON.stringify({ version, plan }))
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(rules.length)
  const pieces: Uint8Array[] = [length, rules]
  for (const piece of snapshot) {
    pieces.push(piece)
    await setImmediate()
  }
  return Buffer.concat(pieces)
}

/** The memory again. Throws for other bytes than `writeMemory` made. */
export function readMemory(bytes: Buffer): CorrelationMemory {
  const end = lengthBytes + bytes.readUInt32BE()
  const rules = JSON.parse(bytes.toString('utf8', lengthBytes, end)) as PlannedRules
  return { ...rules, snapshot: bytes.subarray(end) }
}
