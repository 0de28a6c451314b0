import { SystemEntry } from '@haidang/contracts/enrichment'
import { parseDocument } from 'yaml'
import { readCsv } from '../parse/csv.ts'
import { isMatchable } from './system-table.ts'

/** Endings of tables of systems. */
export const systemEndings = ['.csv', '.yml', '.yaml']

export interface ReadSystems {
  readonly entries: readonly SystemEntry[]
  /** Lines or entries that are none, as file:line: cause; the first 100. */
  readonly problems: readonly string[]
}

const mostEntries = 200_000
const mostProblems = 100
const columns = ['match', 'system', 'organisation', 'uid', 'level'] as const

/**
 * Reads a table of information systems: CSV whose first line names the columns `match`, `system` and, if wanted,
 * `organisation`, `uid`, `level`; or a YAML list of mappings with these keys. Throws Error for a text that is
 * neither, and for more than 200,000 entries; single wrong lines are left out and said.
 */
export function readSystems(shown: string, text: string): ReadSystems {
  const rows = shown.endsWith('.csv') ? csvRows(shown, text) : yamlRows(shown, text)
  if (rows.length > mostEntries) throw new Error(`${shown}: more than ${mostEntries} entries`)
  const entries: SystemEntry[] = []
  const problems: string[] = []
  for (const { at, row } of rows) {
    const entry = entryOf(row)
    if (typeof entry !== 'string') entries.push(entry)
    else if (problems.length < mostProblems) problems.push(`${shown}:${at}: ${entry}`)
  }
  return { entries, problems }
}

interface Row {
  /** Line of a CSV, place in a list. */
  readonly at: number
  readonly row: Readonly<Record<string, unknown>>
}

function csvRows(shown: string, text: string): Row[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const names = readCsv(lines[0] ?? '').map((name) => name.trim().toLowerCase())
  if (!(names.includes('match') && names.includes('system'))) {
    throw new Error(`${shown}: the first line must name the columns match and system`)
  }
  return lines.slice(1).flatMap((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const values = readCsv(line)
    const row = new Map(names.map((name, column) => [name, values[column]?.trim()]))
    return [{ at: i + 2, row: Object.fromEntries(columns.map((name) => [name, row.get(name)])) }]
  })
}

function yamlRows(shown: string, text: string): Row[] {
  const document = parseDocument(text, { schema: 'core' })
  const [error] = document.errors
  if (error !== undefined) throw new Error(`${shown}: ${error.message.split('\n')[0]}`)
  const list: unknown = document.toJS({ maxAliasCount: 0 })
  if (!Array.isArray(list)) throw new Error(`${shown}: a list of entries is expected`)
  return list.map((row: unknown, i) => ({
    at: i + 1,
    row: typeof row === 'object' && row !== null ? { ...row } : {},
  }))
}

function entryOf(row: Row['row']): SystemEntry | string {
  const text = (name: (typeof columns)[number]) => {
    const value = row[name]
    return typeof value === 'number' || typeof value === 'string' ? String(value).trim() : ''
  }
  const match = text('match')
  if (!isMatchable(match))
    return `${match.slice(0, 60)} is neither an address, a network nor a name`
  const level = text('level')
  const read = SystemEntry.safeParse({
    match,
    system: {
      name: text('system'),
      ...(text('organisation') !== '' && { organisation: text('organisation') }),
      ...(text('uid') !== '' && { uid: text('uid') }),
      ...(level !== '' && { level: Number(level) }),
    },
  })
  if (read.success) return read.data
  const [issue] = read.error.issues
  return `${issue?.path.at(-1)?.toString() ?? 'entry'}: ${issue?.message ?? 'not readable'}`
}
