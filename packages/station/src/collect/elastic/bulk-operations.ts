import { parseForeignJson } from '@haidang/contracts/json-nesting'
import type { SplitLine } from '../line-splitter.ts'

/** What one operation of a `_bulk` request wants. */
export type BulkAct = 'create' | 'index' | 'update' | 'delete'

export interface BulkOperation {
  readonly act: BulkAct
  readonly index: string
  /** Its name in the index, if the sender gave one. */
  readonly id: string | undefined
  /** The document; absent for what is not taken. */
  readonly document?: SplitLine
}

export type BulkOperations =
  | { readonly ok: true; readonly operations: readonly BulkOperation[] }
  | { readonly ok: false; readonly reason: string }

const acts: ReadonlySet<string> = new Set(['create', 'index', 'update', 'delete'])
const longestAction = 65_536
const longestName = 512

/**
 * Pairs the lines of a `_bulk` body: an action, then, but for `delete`, its document. Documents are not
 * looked into. A line that is no action makes the whole body unreadable, as with Elasticsearch.
 */
export function bulkOperations(lines: readonly SplitLine[], index: string): BulkOperations {
  const operations: BulkOperation[] = []
  for (let at = 0; at < lines.length; at++) {
    const action = readAction(lines[at], index)
    if (!action) return { ok: false, reason: `Malformed action/metadata line [${at + 1}]` }
    if (action.act === 'delete') {
      operations.push(action)
      continue
    }
    at++
    const document = lines[at]
    if (!document) return { ok: false, reason: `no document follows action line [${at}]` }
    operations.push(action.act === 'update' ? action : { ...action, document })
  }
  return { ok: true, operations }
}

/** What tells a record that carries an `_id` from others: its index and id. */
export function identityOf({ index, id }: BulkOperation): string | undefined {
  return id === undefined ? undefined : `${index}\u0000${id}`
}

function readAction(line: SplitLine | undefined, index: string): BulkOperation | undefined {
  if (!line || line.bytes.length > longestAction || line.cutFrom !== undefined) return undefined
  const [entry, ...more] = Object.entries(objectOf(Buffer.from(line.bytes).toString('utf8')))
  if (!entry || more.length > 0 || !acts.has(entry[0])) return undefined
  const members = new Map(Object.entries(entry[1] ?? {}))
  return {
    act: entry[0] as BulkAct,
    index: nameOf(members.get('_index')) ?? index,
    id: nameOf(members.get('_id')),
  }
}

function objectOf(text: string): object {
  try {
    const value: unknown = parseForeignJson(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  } catch {
    return {}
  }
}

function nameOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' ? text.slice(0, longestName) : undefined
}
