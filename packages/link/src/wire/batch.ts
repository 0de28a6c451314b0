import { isTooDeep } from '@haidang/contracts/json-nesting'
import { GapRecord } from '@haidang/contracts/link'
import { Problem } from '@haidang/runtime/problem'
import { limits } from './limits.ts'

/** What stands at one number, or, as a gap, at a stretch of numbers. */
export type Numbered = NumberedRecord | NumberedGap
export interface NumberedRecord {
  readonly kind: 'record'
  readonly first: number
  readonly last: number
  readonly line: string
  readonly value: Readonly<Record<string, unknown>>
}
export interface NumberedGap {
  readonly kind: 'gap'
  readonly first: number
  readonly last: number
  readonly gap: GapRecord['gap']
}

/** Numbers the sender says a batch covers, both included. */
export interface Span {
  readonly first: number
  readonly last: number
}

/**
 * Reads an NDJSON batch (UTF-8, one record or gap record a line) that must cover exactly `span`.
 * Throws Problem link.batch-invalid, naming the line, or request.too-large.
 */
export function readBatch(
  body: Uint8Array,
  span: Span,
  lineLimit: number = limits.line,
): Numbered[] {
  const lines = textOf(body).split('\n')
  if (lines.at(-1) === '') lines.pop()
  if (lines.length > limits.records) {
    throw new Problem('request.too-large', `over ${limits.records} records in a batch`)
  }
  const numbered: Numbered[] = []
  let next = span.first
  for (const [index, line] of lines.entries()) {
    if (line.length > lineLimit)
      throw new Problem('request.too-large', `line ${index + 1} is too long`)
    const entry = readLine(line, next, index + 1)
    numbered.push(entry)
    next = entry.last + 1
  }
  if (next !== span.last + 1) {
    throw new Problem('link.batch-invalid', `the lines end at ${next - 1}, not at ${span.last}`)
  }
  return numbered
}

/** What a holder of everything up to `stored` does not have yet; a gap is cut at the watermark. */
export function beyond(numbered: readonly Numbered[], stored: number): Numbered[] {
  return numbered.filter(({ last }) => last > stored).map((entry) => cutAt(entry, stored))
}

function cutAt(entry: Numbered, stored: number): Numbered {
  if (entry.kind === 'record' || entry.first > stored) return entry
  const first = stored + 1
  const count = Math.min(entry.gap.count, entry.last - stored)
  return { ...entry, first, gap: { ...entry.gap, first, count } }
}

function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw new Problem('link.batch-invalid', 'the body is not UTF-8')
  }
}

function readLine(line: string, next: number, at: number): Numbered {
  const value = objectOf(line, at)
  if (!('gap' in value) || Object.keys(value).length !== 1) {
    return { kind: 'record', first: next, last: next, line, value }
  }
  const read = GapRecord.safeParse(value)
  if (!read.success) throw new Problem('link.batch-invalid', `line ${at}: not a gap record`)
  const { gap } = read.data
  if (gap.first !== next || gap.last < next || gap.count > gap.last - next + 1) {
    throw new Problem('link.batch-invalid', `line ${at}: the gap does not stand at number ${next}`)
  }
  return { kind: 'gap', first: next, last: gap.last, gap }
}

function objectOf(line: string, at: number): Readonly<Record<string, unknown>> {
  if (isTooDeep(line, limits.depth)) {
    throw new Problem('link.batch-invalid', `line ${at}: nested deeper than ${limits.depth}`)
  }
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Problem('link.batch-invalid', `line ${at}: not JSON`)
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Problem('link.batch-invalid', `line ${at}: not a JSON object`)
  }
  return value as Readonly<Record<string, unknown>>
}
