import type { Readable } from 'node:stream'
import type { RecordFormat } from '@haidang/contracts/record-format'
import type { RecordReading } from '@haidang/contracts/record-reading'
import type { Clock } from '@haidang/runtime/clock'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import { cutterOf } from '@haidang/station/collect/file-cutter'
import { FileHead, namesColumns } from '@haidang/station/collect/file-head'
import type { SplitLine } from '@haidang/station/collect/line-splitter'
import { printOrigin } from '@haidang/station/collect/origin'
import { restOf } from '@haidang/station/collect/record-cutter'
import type { LineContext, Normalised } from '@haidang/station/line'
import { toEvent } from '@haidang/station/normalise/to-event'
import { bytesOf } from '../scan/line-chunks.ts'

export interface RecordFileOptions {
  readonly format: RecordFormat
  /** A file, gzip or not; `-` is standard input. */
  readonly file: string
  /** IANA zone of times written without one. */
  readonly zone: string
  readonly reading?: RecordReading | undefined
}

export interface RecordFileIo {
  readonly input: Readable
  readonly clock: Clock
}

export interface RecordFileSummary {
  readonly lines: number
  readonly events: number
  readonly rejects: number
}

/** The source a file is read as. */
export const sourceId = 'src_00000000-0000-7000-8000-000000000000'

/** What was made of one record: where it stands, when it was read, and the event or the reason for none. */
export interface ReadLine {
  readonly number: number
  readonly offset: number
  readonly receivedAt: number
  readonly record: SpoolRecord
  readonly read: Normalised
}

/**
 * Reads a file of records as the station would and hands over what each became; blank lines count as
 * nothing. Memory does not grow with the file: `take` is waited for.
 */
export async function readRecordFile(
  options: RecordFileOptions,
  io: RecordFileIo,
  take: (line: ReadLine) => Promise<void>,
): Promise<RecordFileSummary> {
  const context = contextOf(options)
  const receivedAt = io.clock.now()
  const splitter = cutterOf(options)
  const head = new FileHead(namesColumns(options))
  const counts = { lines: 0, events: 0, rejects: 0 }
  let offset = 0
  const one = async (line: SplitLine) => {
    const at = offset
    offset += line.length
    if (line.bytes.length === 0) return
    counts.lines++
    const origin = {
      sourceId,
      sender: options.file,
      ...(line.cutFrom && { cutFrom: line.cutFrom }),
    }
    const record = {
      position: { segment: 0, offset: at },
      origin: printOrigin(origin),
      key: undefined,
      receivedAt,
      body: head.take(line.bytes),
    }
    const read = toEvent(record, context)
    if (read.ok) counts.events++
    else counts.rejects++
    await take({ number: counts.lines, offset: at, receivedAt, record, read })
  }
  for await (const chunk of bytesOf(options.file, io.input)) {
    for (const line of splitter.push(chunk)) await one(line)
  }
  for (const last of restOf(splitter)) await one(last)
  return counts
}

/** What the line knows of a file: one source, nobody's, nothing simulated. */
export function contextOf({ format, zone, reading }: Omit<RecordFileOptions, 'file'>): LineContext {
  const source = {
    id: sourceId,
    name: 'file',
    collector: 'tail-file' as const,
    format,
    zone,
    reading,
    logsource: {},
    tlp: 'clear' as const,
  }
  return {
    organisation_id: 'org_00000000-0000-7000-8000-000000000000',
    node_id: 'nod_00000000-0000-7000-8000-000000000000',
    simulated: false,
    sources: new Map([[source.id, source]]),
  }
}
