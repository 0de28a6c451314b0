import { Problem } from '@haidang/runtime/problem'
import { keptOfLongRecord, longestRecord } from './collector.ts'
import { LineSplitter, type SplitLine } from './line-splitter.ts'
import { type RecordCutter, restOf } from './record-cutter.ts'

/**
 * Cuts the bytes of a request into lines, or what else cuts them; empty ones are left out. They are appended at once, so they lie
 * in memory whole. Throws Problem request.too-large beyond `most` lines.
 */
export async function readLines(
  body: AsyncIterable<Buffer>,
  most: number,
  splitter: RecordCutter = new LineSplitter(longestRecord, keptOfLongRecord),
): Promise<SplitLine[]> {
  const lines: SplitLine[] = []
  for await (const chunk of body) take(lines, splitter.push(chunk), most)
  take(lines, restOf(splitter), most)
  return lines
}

function take(lines: SplitLine[], more: readonly SplitLine[], most: number): void {
  for (const line of more) if (line.bytes.length > 0) lines.push(line)
  if (lines.length > most) throw new Problem('request.too-large', `more than ${most} lines`)
}
