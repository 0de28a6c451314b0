import { Problem } from '@haidang/runtime/problem'
import { keptOfLongRecord, longestRecord } from './collector.ts'
import { LineSplitter, type SplitLine } from './line-splitter.ts'

/**
 * Cuts the bytes of a request into lines; empty ones are left out. They are appended at once, so they lie
 * in memory whole. Throws Problem request.too-large beyond `most` lines.
 */
export async function readLines(body: AsyncIterable<Buffer>, most: number): Promise<SplitLine[]> {
  const splitter = new LineSplitter(longestRecord, keptOfLongRecord)
  const lines: SplitLine[] = []
  for await (const chunk of body) take(lines, splitter.push(chunk), most)
  const last = splitter.end()
  if (last) take(lines, [last], most)
  return lines
}

function take(lines: SplitLine[], more: readonly SplitLine[], most: number): void {
  for (const line of more) if (line.bytes.length > 0) lines.push(line)
  if (lines.length > most) throw new Problem('request.too-large', `more than ${most} lines`)
}
