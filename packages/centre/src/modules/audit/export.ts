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
  // RFC 4180; the mark in front tells spreadsheets that it is UTF-8.
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    head: `\ufeff${columns.join(',')}\r\n`,
    line: (entry) => `${columns.map((name) => cellOf(entry[name])).join(',')}\r\n`,
  },
  jsonl: {
    mediaType: 'application/x-ndjson; charset=utf-8',
    head: '',
    line: (entry) => `${JSON.stringify(entry)}\n`,
  },
}

/** A text that a spreadsheet would carry out as a formula is told to be text. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
