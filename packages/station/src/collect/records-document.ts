import { Problem } from '@haidang/runtime/problem'
import { endOfObject } from './json-object-end.ts'
import type { SplitLine } from './line-splitter.ts'

const beginning = /^\s{0,16}\{\s{0,16}"Records"\s{0,16}:\s{0,16}\[/
const separators = new Set(Buffer.from(' \t\r,'))
const endOfList = ']'.charCodeAt(0)

/**
 * Takes documents apart that hold many records, as AWS CloudTrail writes its files: of `{"Records":[…]}` each
 * object becomes a line, as it was written. A document whose list does not end, or holds anything but objects, stays
 * one line. Throws Problem request.too-large beyond `most` lines.
 */
export function recordsApart(lines: readonly SplitLine[], most: number): SplitLine[] {
  const apart = lines.flatMap((line) => recordsOf(line) ?? [line])
  if (apart.length > most) throw new Problem('request.too-large', `more than ${most} records`)
  return apart
}

function recordsOf({ bytes, cutFrom }: SplitLine): SplitLine[] | undefined {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const start = beginning.exec(body.subarray(0, 128).toString('latin1'))?.[0].length
  if (cutFrom !== undefined || start === undefined) return undefined
  const records: SplitLine[] = []
  let at = afterSeparators(body, start)
  for (let end = endOfObject(body, at); end !== undefined; end = endOfObject(body, at)) {
    records.push({ bytes: body.subarray(at, end), length: end - at })
    at = afterSeparators(body, end)
  }
  return body[at] === endOfList && records.length > 0 ? records : undefined
}

function afterSeparators(body: Buffer, from: number): number {
  let at = from
  while (separators.has(body[at] ?? 0)) at++
  return at
}
