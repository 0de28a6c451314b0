import type { LineSource } from '../line.ts'
import { AuditCutter } from './audit-cutter.ts'
import { keptOfLongRecord, longestRecord } from './collector.ts'
import { CsvSplitter } from './csv-splitter.ts'
import { namesColumns } from './file-head.ts'
import type { SplitLine } from './line-splitter.ts'
import { RecordSplitter } from './record-splitter.ts'

/** Cuts the bytes of a file into records. The lengths of what it answers add up to the bytes taken in. */
export interface RecordCutter {
  /** Bytes taken in that belong to no record answered yet. */
  readonly pending: number
  readonly push: (chunk: Uint8Array) => SplitLine[]
  /** What is left when the file ends, call by call. */
  readonly end: () => SplitLine | undefined
  /** Answers what was held back because more of it might come, when long nothing did; absent: nothing is. */
  readonly settle?: () => SplitLine[]
}

/** As what the records of a file are read. */
export type FileReading = Pick<LineSource, 'format' | 'reading'>

/** Where a reader begins in a file. */
export interface CuttingPlace {
  /** The line that named the columns, where it was read before. */
  readonly names?: string | undefined
  /** Between the records of a document. */
  readonly isInside?: boolean
}

/** What cuts a file: lines, events of the audit log and documents, or separated values whose quoted line ends are no ends of records. */
export function cutterOf(
  source: FileReading | undefined,
  { names, isInside }: CuttingPlace = {},
): RecordCutter {
  if (source?.format !== 'csv') {
    const lines = new RecordSplitter(longestRecord, keptOfLongRecord, isInside)
    return source?.format === 'auditd' || source?.format === 'auto' ? new AuditCutter(lines) : lines
  }
  const file = { csv: source.reading?.csv, names, firstLineNames: namesColumns(source) }
  return new CsvSplitter(longestRecord, keptOfLongRecord, file)
}

/** All that is left when the file ends. */
export function restOf(cutter: RecordCutter): SplitLine[] {
  const rest: SplitLine[] = []
  for (let last = cutter.end(); last !== undefined; last = cutter.end()) rest.push(last)
  return rest
}
