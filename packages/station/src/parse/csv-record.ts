import type { CsvReading } from '@haidang/contracts/record-reading'
import { type CsvNotation, readCsv } from './csv.ts'
import { headEntry, readHeadedLine } from './headed-line.ts'
import type { JsonObject } from './json.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

/** What a collector writes before the names of the columns of a file. */
export const columnsMark = '#Columns: '

/** A record of separated values: by the names of its columns, or a line that only names them or says something. */
export interface CsvRecord {
  readonly values: JsonObject
  readonly columns: readonly string[]
  /** Line of the head or comment; undefined where there are values. */
  readonly remark: string | undefined
}

const separators = [',', ';', '\t', '|'] as const
const longestName = 128

/** True of a record whose collector put the columns of its file before it. */
export function looksLikeCsv(text: string): boolean {
  return text.startsWith(columnsMark)
}

/**
 * Reads a record of separated values under the names its source gives its columns, else those its file does.
 * Values beyond the columns are `column_N`; of columns of one name the later ones have their number behind it.
 * Reasons: `csv.no-columns`, `csv.one-value`.
 */
export function parseCsvRecord(text: string, csv: CsvReading | undefined): Parsed<CsvRecord> {
  const { head, line } = readHeadedLine(text.replace(/\r?\n$/, ''))
  const header = headEntry(head, columnsMark) ?? headEntry(head, '#Fields:')
  const remark = { values: {}, columns: [], remark: text.slice(columnsMark.length) }
  if (line === '') return parsed(header === undefined ? { ...remark, remark: text } : remark)
  const quote = quoteOf(csv)
  const columns = csv && csv.columns.length > 0 ? csv.columns : namesIn(header, csv, quote)
  if (columns === undefined) {
    return unreadable('csv.no-columns', 'the source names no columns, and no first line of a file')
  }
  const values = valuesIn(line, columns.length, csv, quote)
  if (values.length === 1 && columns.length > 1) {
    return unreadable('csv.one-value', `one value where ${columns.length} columns stand`)
  }
  const isHeader = values.every((value, at) => value.trim() === columns[at])
  if (isHeader) return parsed({ values: {}, columns, remark: line })
  return parsed({ values: named(values, columns), columns, remark: undefined })
}

/** What quotes values; empty: nothing does. */
export function quoteOf(csv: CsvReading | undefined): string {
  return csv?.quote === 'none' ? '' : (csv?.quote ?? '"')
}

function namesIn(
  header: string | undefined,
  csv: CsvReading | undefined,
  quote: string,
): string[] | undefined {
  if (header === undefined) return undefined
  return valuesIn(header, undefined, csv, quote).map((name, at) => {
    return name.trim().slice(0, longestName) || `column_${at + 1}`
  })
}

function valuesIn(
  line: string,
  wanted: number | undefined,
  csv: CsvReading | undefined,
  quote: string,
): string[] {
  return valuesBy(line, wanted, { csv, quote }).values
}

/**
 * What may stand between the values of a file: the separator set, else the one its names show, else all that may
 * be.
 */
export function separatorsOf(
  names: string | undefined,
  csv: CsvReading | undefined,
): readonly string[] {
  if (names === undefined && (csv?.separator ?? 'auto') === 'auto') return separators
  return [valuesBy(names ?? '', undefined, { csv, quote: quoteOf(csv) }).separator]
}

/** With the separator set, else the first that gives as many values as wanted, else the one that gives most. */
function valuesBy(
  line: string,
  wanted: number | undefined,
  { csv, quote }: { csv: CsvReading | undefined; quote: string },
): { separator: string; values: string[] } {
  const read = (separator: CsvNotation['separator']) => {
    return { separator, values: readCsv(line, { separator, quote }) }
  }
  if (csv && csv.separator !== 'auto') return read(csv.separator)
  let most: { separator: string; values: string[] } | undefined
  for (const separator of separators.filter((each) => line.includes(each))) {
    const found = read(separator)
    if (found.values.length === wanted) return found
    if (found.values.length > (most?.values.length ?? 0)) most = found
  }
  return most ?? read(',')
}

function named(values: readonly string[], columns: readonly string[]): JsonObject {
  const seen = new Set<string>()
  const entries = values.map((value, at): [string, string] => {
    const name = columns[at] ?? `column_${at + 1}`
    const own = seen.has(name) ? `${name}_${at + 1}` : name
    seen.add(own)
    return [own, value]
  })
  return Object.fromEntries(entries)
}
