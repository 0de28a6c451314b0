import { restoredTable } from '@haidang/contracts/archive'
import { type EventField, eventFields } from '@haidang/contracts/event-api'
import { eventTable } from '@haidang/contracts/event-columns'
import { wholeEventColumns } from '@haidang/contracts/event-row'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Scope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { Bindings } from './bindings.ts'
import { columnOf, eventCondition } from './event-filter.ts'

/** SQL with its bound parameters. */
export interface EventQuery {
  readonly sql: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** What is looked for: [from, to), both RFC 3339, and a typed filter. */
export interface Sought {
  readonly from: string
  readonly to: string
  readonly filter?: string | undefined
}

/** Where events are looked for: in the table of events alone, or with those brought back from the archive. */
export type Tables = 'stored' | 'with-restored'

const tables: Readonly<Record<Tables, string>> = {
  stored: eventTable,
  'with-restored': `merge(currentDatabase(), '^(${eventTable}|${restoredTable})$')`,
}

/** Where a page ended: time in milliseconds, and id. */
export interface EventKey {
  readonly time: number
  readonly id: string
}

/** Bounds of one query: seconds, and bytes of memory. A search that meets them is refused, not left running. */
const settings = 'SETTINGS max_execution_time = 20, max_memory_usage = 700000000, max_threads = 2'

/** Range in milliseconds. Throws Problem request.invalid for one that ends before it starts. */
export function rangeOf({ from, to }: Pick<Sought, 'from' | 'to'>): { from: number; to: number } {
  const range = { from: millisecondsOf(from), to: millisecondsOf(to) }
  if (range.from < range.to) return range
  throw new Problem('request.invalid', 'from must be an instant before to')
}

/** Keys of the newest events that match, newest first; at most `limit`, after `after` where a page goes on. */
export function keysQuery(
  scope: Scope,
  from: Tables,
  sought: { from: number; to: number; filter?: string | undefined },
  limit: number,
  after?: EventKey,
): EventQuery {
  const bindings = new Bindings()
  const onward = after
    ? `AND (time, id) < (${bindings.instant(after.time)}, ${bindings.bind(after.id, 'String')})`
    : ''
  const sql = `SELECT toUnixTimestamp64Milli(time) AS at, id FROM ${tables[from]}
    WHERE ${within(scope, sought, bindings)} ${onward}
    ORDER BY time DESC, id DESC LIMIT ${bindings.bind(limit, 'UInt32')} ${settings}`
  return { sql, parameters: bindings.values }
}

/** The events of these keys, whole. Key and time let the store find them without reading the rest. */
export function bodiesQuery(scope: Scope, from: Tables, keys: readonly EventKey[]): EventQuery {
  const bindings = new Bindings()
  const times = keys.map(({ time }) => time)
  const range = { from: Math.min(...times), to: Math.max(...times) + 1 }
  const ids = bindings.bind(
    keys.map(({ id }) => id),
    'Array(String)',
  )
  const restored = from === 'stored' ? '' : `, _table = '${restoredTable}' AS restored`
  const sql = `SELECT ${wholeEventColumns.join(', ')}${restored} FROM ${tables[from]}
    WHERE ${within(scope, range, bindings)} AND id IN ${ids}
    ORDER BY time DESC, id DESC LIMIT ${keys.length} ${settings}`
  return { sql, parameters: bindings.values }
}

/** The records of these keys as they were received, with what else it takes to examine them again. */
export function recordsQuery(scope: Scope, keys: readonly EventKey[]): EventQuery {
  const bindings = new Bindings()
  const times = keys.map(({ time }) => time)
  const range = { from: Math.min(...times), to: Math.max(...times) + 1 }
  const ids = bindings.bind(
    keys.map(({ id }) => id),
    'Array(String)',
  )
  const sql = `SELECT id, toUnixTimestamp64Milli(time) AS at,
      toUnixTimestamp64Milli(received_time) AS received, parser, host, tlp_rank, message, raw_data,
      JSONExtractRaw(event, 'logsource') AS logsource
    FROM ${eventTable} WHERE ${within(scope, range, bindings)} AND id IN ${ids}
    ORDER BY time DESC, id DESC LIMIT ${keys.length} ${settings}`
  return { sql, parameters: bindings.values }
}

/** How many events there are. */
export function countQuery(scope: Scope, sought: { from: number; to: number }): EventQuery {
  const bindings = new Bindings()
  const sql = `SELECT count() AS count FROM ${eventTable}
    WHERE ${within(scope, sought, bindings)} ${settings}`
  return { sql, parameters: bindings.values }
}

/** One event by id, found by the filter on ids. */
export function eventById(scope: Scope, from: Tables, id: string): EventQuery {
  const bindings = new Bindings()
  const sql = `SELECT ${wholeEventColumns.join(', ')} FROM ${tables[from]}
    WHERE ${visible(scope, bindings)} AND id = ${bindings.bind(id, 'String')}
    LIMIT 1 ${settings}`
  return { sql, parameters: bindings.values }
}

/** Counts by severity in buckets of `seconds`, counted from the start of the range. */
export function histogramQuery(
  scope: Scope,
  from: Tables,
  sought: { from: number; to: number; filter?: string | undefined },
  seconds: number,
): EventQuery {
  const bindings = new Bindings()
  const start = bindings.bind(sought.from, 'Int64')
  const width = bindings.bind(seconds * 1000, 'Int64')
  const sql = `SELECT ${start} + intDiv(toUnixTimestamp64Milli(time) - ${start}, ${width}) * ${width} AS start,
      severity_id, count() AS count
    FROM ${tables[from]} WHERE ${within(scope, sought, bindings)}
    GROUP BY start, severity_id ORDER BY start, severity_id ${settings}`
  return { sql, parameters: bindings.values }
}

/** The most frequent values of a field. */
export function valuesQuery(
  scope: Scope,
  from: Tables,
  sought: { from: number; to: number; filter?: string | undefined },
  field: EventField,
  limit: number,
): EventQuery {
  const bindings = new Bindings()
  const column = columnOf(field)
  const value = eventFields[field] === 'member' ? `arrayJoin(${column})` : `toString(${column})`
  const sql = `SELECT ${value} AS value, count() AS count FROM ${tables[from]}
    WHERE ${within(scope, sought, bindings)}
    GROUP BY value HAVING value != ''
    ORDER BY count DESC, value LIMIT ${bindings.bind(limit, 'UInt32')} ${settings}`
  return { sql, parameters: bindings.values }
}

function within(
  scope: Scope,
  sought: { from: number; to: number; filter?: string | undefined },
  bindings: Bindings,
): string {
  const conditions = [
    visible(scope, bindings),
    `time >= ${bindings.instant(sought.from)}`,
    `time < ${bindings.instant(sought.to)}`,
    `(${eventCondition(sought.filter, bindings)})`,
  ]
  return conditions.join(' AND ')
}

/** What the asker may see stands in every query; the event store has no row-level security of its own. */
function visible(scope: Scope, bindings: Bindings): string {
  const clearance = `tlp_rank <= ${bindings.bind(scope.clearance, 'UInt8')}`
  if (scope.organisations === 'all') return clearance
  const organisations = bindings.bind([...scope.organisations], 'Array(String)')
  return `organisation_id IN ${organisations} AND ${clearance}`
}
