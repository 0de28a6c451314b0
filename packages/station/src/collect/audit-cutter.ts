import {
  auditHeadOf,
  endsAuditEvent,
  longestAuditEvent,
  mostAuditLines,
} from '../parse/audit-event.ts'
import type { SplitLine } from './line-splitter.ts'
import type { RecordCutter } from './record-cutter.ts'

const lineFeed = Buffer.from('\n')
const longestHead = 400
/** How lines of the audit log begin: `type=` or `node=`. */
const firstBytes: ReadonlySet<number> = new Set(Buffer.from('tn'))

interface OpenEvent {
  /** Node, time and serial number. */
  readonly id: string
  readonly lines: Uint8Array[]
  /** Bytes of the lines, and those they took with their ends. */
  bytes: number
  length: number
}

/**
 * Joins lines of the Linux audit log that belong to one event and stand together into one record, its lines as they
 * were; what is no line of the audit log passes as it comes. An event ends with the line that is its last, before
 * one of another event, at 256 lines or 64 kB, or when `settle` is called.
 */
export class AuditCutter implements RecordCutter {
  readonly #inner: RecordCutter
  #open: OpenEvent | undefined
  /** What was left at the end. */
  readonly #ended: SplitLine[] = []

  constructor(inner: RecordCutter) {
    this.#inner = inner
  }

  get pending(): number {
    return this.#inner.pending + (this.#open?.length ?? 0)
  }

  push(chunk: Uint8Array): SplitLine[] {
    const records: SplitLine[] = []
    for (const line of this.#inner.push(chunk)) this.#take(line, records)
    return records
  }

  settle(): SplitLine[] {
    const records: SplitLine[] = []
    this.#close(records)
    return records
  }

  end(): SplitLine | undefined {
    const records: SplitLine[] = []
    // What is left after the last line end may belong to the event that is open.
    for (let last = this.#inner.end(); last !== undefined; last = this.#inner.end()) {
      this.#take(last, records)
    }
    this.#close(records)
    this.#ended.push(...records)
    return this.#ended.shift()
  }

  #take(line: SplitLine, records: SplitLine[]): void {
    const head = line.cutFrom === undefined ? headOf(line.bytes) : undefined
    if (head === undefined) {
      this.#close(records)
      records.push(line)
      return
    }
    if (!this.#takes(head.id, line)) this.#close(records)
    this.#open ??= { id: head.id, lines: [], bytes: 0, length: 0 }
    this.#open.lines.push(line.bytes)
    this.#open.bytes += line.bytes.length + 1
    this.#open.length += line.length
    if (endsAuditEvent(head.type)) this.#close(records)
  }

  #takes(id: string, { bytes }: SplitLine): boolean {
    const open = this.#open
    if (open === undefined || open.id !== id || open.lines.length === mostAuditLines) return false
    return open.bytes + bytes.length <= longestAuditEvent
  }

  #close(records: SplitLine[]): void {
    const open = this.#open
    this.#open = undefined
    if (open === undefined) return
    const [only, ...others] = open.lines
    const pieces = [only ?? lineFeed, ...others.flatMap((line) => [lineFeed, line])]
    const bytes = others.length === 0 ? pieces[0] : Buffer.concat(pieces)
    records.push({ bytes: bytes ?? lineFeed, length: open.length })
  }
}

function headOf(bytes: Uint8Array): ReturnType<typeof auditHeadOf> {
  if (!firstBytes.has(bytes[0] ?? 0)) return undefined
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, longestHead))
  return auditHeadOf(start.toString('latin1'))
}
