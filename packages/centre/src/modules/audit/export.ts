import { csvLine, csvMark } from '@haidang/contracts/csv-cell'
import type { JournalEntry } from '@haidang/contracts/journal'

const columns = [
  ...['seq', 'id', 'time', 'type', 'organisation_id', 'tlp_rank', 'actor_id', 'actor_name'],
  ...['authority', 'subject', 'related', 'reason', 'before', 'after', 'previous_hash', 'hash'],
] as const satisfies readonly (keyof JournalEntry)[]

/** How entries are written into a file. */
export interface ExportFormat {
  readonly mediaType: string
  readonly head: string
  line(entry: JournalEntry): string
}

export const exportFormats: Readonly<Record<'csv' | 'jsonl', ExportFormat>> = {
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    head: `${csvMark}${csvLine(columns)}`,
    line: (entry) => csvLine(columns.map((name) => cellOf(entry[name]))),
  },
  jsonl: {
    mediaType: 'application/x-ndjson; charset=utf-8',
    head: '',
    line: (entry) => `${JSON.stringify(entry)}\n`,
  },
}

function cellOf(value: unknown): string | number {
  if (value === null || value === undefined) return ''
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value)
}
