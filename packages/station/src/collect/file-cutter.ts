import type { LineSource } from '../line.ts'
import { AuditCutter } from './audit-cutter.ts'
import { keptOfLongRecord, longestRecord } from './collector.ts'
import { CsvSplitter } from './csv-splitter.ts'
import { namesColumns } from './file-head.ts'
import type { RecordCutter } from './record-cutter.ts'
import { RecordSplitter } from './record-splitter.ts'

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
