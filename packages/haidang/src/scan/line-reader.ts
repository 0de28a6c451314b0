import { type Reading, readingOf } from '@haidang/detection/sigma/reading'
import { printOrigin } from '@haidang/station/collect/origin'
import type { LineContext, Normalised } from '@haidang/station/line'
import { readForRules } from '@haidang/station/normalise/read-for-rules'
import { toEvent } from '@haidang/station/normalise/to-event'
import { parseAuditd } from '@haidang/station/parse/auditd'
import { contextOf, sourceId } from '../commands/record-file.ts'
import { type ScanOptions, scanFormats } from './scan-options.ts'

const newline = 10
const encoder = new TextEncoder()

/** Reads lines of a file as rules see them: just far enough where that will do, else as a station would. */
export class LineReader {
  readonly #format: (typeof scanFormats)[keyof typeof scanFormats]
  readonly #context: LineContext
  readonly #receivedAt: number
  readonly #isAuditd: boolean

  /** `now`, milliseconds since the epoch, stands for the time of records that have none. */
  constructor({ format, zone }: Pick<ScanOptions, 'format' | 'zone'>, now: number) {
    this.#format = scanFormats[format]
    this.#context = contextOf({ format: this.#format, zone })
    this.#receivedAt = now
    this.#isAuditd = format === 'auditd'
  }

  /** The record of a line; undefined if it is none. */
  read(text: string, line: number): Reading | undefined {
    if (this.#isAuditd) return this.#auditd(text, line)
    const quick = readForRules(text, this.#format, () => {
      const whole = this.#whole(text, line)
      if (whole.ok) return whole.event
      throw new Error(whole.detail)
    })
    if (quick !== undefined) return quick
    const whole = this.#whole(text, line)
    return whole.ok ? readingOf(whole) : undefined
  }

  #auditd(text: string, line: number): Reading | undefined {
    const record = parseAuditd(text)
    const whole = record.ok ? this.#whole(text, line) : undefined
    if (!record.ok || !whole?.ok) return undefined
    const logsource = { product: 'linux', service: 'auditd' }
    return { logsource, record: record.value, text, speaks: 'none', event: whole.event }
  }

  #whole(text: string, line: number): Normalised {
    const record = {
      position: { segment: 0, offset: line },
      origin: printOrigin({ sourceId, sender: 'file' }),
      key: undefined,
      receivedAt: this.#receivedAt,
      body: encoder.encode(text),
    }
    return toEvent(record, this.#context)
  }
}

/**
 * Calls back with every line that is not blank and its number, from 1; ends of lines are those of either
 * system. Returns how many lines there are, blank ones included.
 */
export function forEachLine(
  bytes: Uint8Array<ArrayBuffer>,
  visit: (text: string, line: number) => void,
): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let line = 0
  for (let start = 0; start < buffer.length; ) {
    const found = buffer.indexOf(newline, start)
    const end = found < 0 ? buffer.length : found
    const text = buffer.toString('utf8', start, buffer[end - 1] === 13 ? end - 1 : end)
    start = end + 1
    line += 1
    if (text.trim() !== '') visit(text, line)
  }
  return line
}
