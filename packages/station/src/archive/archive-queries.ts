import { eventColumns, eventTable } from '@haidang/contracts/event-columns'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { ParquetEvents } from '@haidang/runtime/event-store/parquet-events'
import type { Bundle } from './archive-store.ts'
import type { Fragment, RetentionRules } from './retention-rules.ts'

/** Columns of a file of the archive: all an event is put together from, and all a search names. */
export const archiveColumns: readonly string[] = eventColumns.map(({ name }) => name)

/** Part of a bundle that becomes one file. */
export interface Slice {
  readonly rule: number
  /** Seconds of receipt since the epoch, [from, to). */
  readonly from: number
  readonly to: number
  readonly rows: number
}

/** What is known of the rows of a slice. */
export interface SliceFacts {
  readonly rows: number
  /** Milliseconds since the epoch. */
  readonly minTime: number
  readonly maxTime: number
  readonly classes: readonly number[]
  readonly sources: readonly string[]
  readonly firstId: string
}

const day = 86_400
const hour = 3600
/** Rows of a file: enough to pack well, few enough to be read back at once. */
const mostRows = 100_000
const mostNames = 1000
/** One thread, and memory the line does not miss; what sorts beyond it goes to disk. */
const settings =
  'SETTINGS max_threads = 1, max_memory_usage = 400000000, max_bytes_before_external_sort = 100000000, max_execution_time = 120'
const received =
  "received_time >= fromUnixTimestamp64Milli({from:Int64} * 1000, 'UTC') AND received_time < fromUnixTimestamp64Milli({to:Int64} * 1000, 'UTC')"

/** Rows and bytes on disk of each day of receipt (since the epoch) the event store holds. */
export async function daysHeld(
  events: ParquetEvents,
): Promise<{ day: number; rows: number; bytes: number }[]> {
  const rows = await events.query<{ day: string; n: unknown; bytes: unknown }>(
    `SELECT partition AS day, sum(rows) AS n, sum(bytes_on_disk) AS bytes FROM system.parts
     WHERE active AND database = currentDatabase() AND table = '${eventTable}'
     GROUP BY day HAVING n > 0 ORDER BY day`,
    {},
  )
  return rows.map((row) => ({
    day: millisecondsOf(`${row.day}T00:00:00Z`) / (day * 1000),
    rows: Number(row.n),
    bytes: Number(row.bytes),
  }))
}

/** Rows by bundle; hours [from, to). With rules, only of what these decide about. */
export async function bundlesHeld(
  events: ParquetEvents,
  from: number,
  to: number,
  only?: Fragment,
): Promise<(Bundle & { rows: number })[]> {
  const rows = await events.query<Record<string, unknown>>(
    `SELECT intDiv(toUnixTimestamp(received_time), ${hour}) AS hour, organisation_id, tlp_rank, count() AS n
     FROM ${eventTable} WHERE ${received} AND ${only?.sql ?? 'true'}
     GROUP BY hour, organisation_id, tlp_rank ORDER BY hour, organisation_id, tlp_rank ${settings}`,
    { from: from * hour, to: to * hour, ...only?.parameters },
  )
  return rows.map((row) => ({
    hour: Number(row['hour']),
    organisation_id: String(row['organisation_id']),
    tlp_rank: Number(row['tlp_rank']),
    rows: Number(row['n']),
  }))
}

/** Cuts a bundle into slices: by rule, then by time of receipt so that none is too large. */
export async function slicesOf(
  events: ParquetEvents,
  bundle: Bundle,
  rules: RetentionRules,
): Promise<Slice[]> {
  const { sql, parameters } = ofBundle(bundle)
  const { rule } = rules
  const rows = await events.query<{ rule: unknown; second: unknown; n: unknown }>(
    `SELECT toUInt32(${rule.sql}) AS rule, toUnixTimestamp(received_time) AS second, count() AS n
     FROM ${eventTable} WHERE ${sql} GROUP BY rule, second ORDER BY rule, second ${settings}`,
    { ...parameters, ...rule.parameters },
  )
  const slices: Slice[] = []
  for (const row of rows) {
    const [number, second, n] = [Number(row.rule), Number(row.second), Number(row.n)]
    const last = slices.at(-1)
    if (last?.rule === number && last.rows + n <= mostRows) {
      slices[slices.length - 1] = { ...last, to: second + 1, rows: last.rows + n }
    } else {
      slices.push({ rule: number, from: second, to: second + 1, rows: n })
    }
  }
  return slices
}

export async function factsOf(
  events: ParquetEvents,
  bundle: Bundle,
  slice: Slice,
  rules: RetentionRules,
): Promise<SliceFacts> {
  const { sql, parameters } = ofSlice(bundle, slice, rules)
  const [row] = await events.query<Record<string, unknown>>(
    `SELECT count() AS n, toUnixTimestamp64Milli(min(time)) AS min_time,
       toUnixTimestamp64Milli(max(time)) AS max_time, min(id) AS first_id,
       arraySort(groupUniqArray(${mostNames + 1})(class_uid)) AS classes,
       arraySort(groupUniqArray(${mostNames + 1})(source_id)) AS sources
     FROM ${eventTable} WHERE ${sql} ${settings}`,
    parameters,
  )
  return {
    rows: Number(row?.['n'] ?? 0),
    minTime: Number(row?.['min_time']),
    maxTime: Number(row?.['max_time']),
    firstId: String(row?.['first_id']),
    classes: named((row?.['classes'] ?? []) as number[]),
    sources: named((row?.['sources'] ?? []) as string[]),
  }
}

/** The rows of a slice as a file. Sorted by time and id: the same rows are the same bytes. */
export function fileOf(
  events: ParquetEvents,
  bundle: Bundle,
  slice: Slice,
  rules: RetentionRules,
): Promise<Uint8Array> {
  const { sql, parameters } = ofSlice(bundle, slice, rules)
  return events.exportParquet(
    `SELECT ${archiveColumns.join(', ')} FROM ${eventTable} WHERE ${sql} ORDER BY time, id ${settings}`,
    parameters,
  )
}

/** Which of these ids the event store holds in hours [from, to). */
export async function idsHeld(
  events: ParquetEvents,
  from: number,
  to: number,
  ids: readonly string[],
): Promise<number> {
  let held = 0
  // Bound values travel in the address of the request, which engines bound at 16 kB.
  for (let start = 0; start < ids.length; start += 150) {
    const [row] = await events.query<{ n: unknown }>(
      `SELECT uniqExact(id) AS n FROM ${eventTable} WHERE ${received} AND id IN {ids:Array(String)} ${settings}`,
      { from: from * hour, to: to * hour, ids: ids.slice(start, start + 150) },
    )
    held += Number(row?.n ?? 0)
  }
  return held
}

/** What some rules decide about. */
export function decidedBy(rules: RetentionRules, numbers: readonly number[]): Fragment {
  const { sql, parameters } = rules.rule
  return { sql: `${sql} IN (${numbers.join(', ')})`, parameters }
}

function ofBundle(bundle: Bundle, seconds = secondsOf(bundle)): Fragment {
  const { organisation_id, tlp_rank } = bundle
  return {
    sql: `${received} AND organisation_id = {organisation:String} AND tlp_rank = {tlp:UInt8}`,
    parameters: { ...seconds, organisation: organisation_id, tlp: tlp_rank },
  }
}

function ofSlice(bundle: Bundle, { from, to, rule }: Slice, rules: RetentionRules): Fragment {
  const { sql, parameters } = ofBundle(bundle, { from, to })
  const decided = decidedBy(rules, [rule])
  return {
    sql: `${sql} AND ${decided.sql}`,
    parameters: { ...parameters, ...decided.parameters },
  }
}

function secondsOf(bundle: Bundle): { from: number; to: number } {
  return { from: bundle.hour * hour, to: (bundle.hour + 1) * hour }
}

/** Nothing is said where there is too much to say. */
function named<T>(names: readonly T[]): readonly T[] {
  return names.length > mostNames ? [] : names
}
