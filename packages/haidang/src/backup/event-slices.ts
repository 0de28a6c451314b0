import { eventColumns, eventTable } from '@haidang/contracts/event-columns'
import { tokenColumn } from '@haidang/runtime/event-store/event-table'
import type { ParquetEvents } from '@haidang/runtime/event-store/parquet-events'
import { daysHeld } from '@haidang/station/archive/archive-queries'

/** Events that belong to the records of a backup: those of ranges and batches the records count as kept. */
export interface KeptEvents {
  readonly node: string
  /** Where the line of the node stood; undefined: it had kept nothing. */
  readonly checkpoint: { readonly segment: number; readonly offset: number } | undefined
  /** Batches of children that wait to be stored; what of them is there comes again. */
  readonly waitingBatches: readonly string[]
}

/** A stretch of receipt, seconds [from, to), that becomes one file. */
export interface EventSlice {
  readonly from: number
  readonly to: number
  readonly rows: number
  /** The same for the same events. */
  readonly print: string
}

const columns = eventColumns.map(({ name }) => name)
/** Rows of a file: few enough to be read back in little memory. */
const mostRows = 50_000
const settings = 'SETTINGS max_threads = 1, max_memory_usage = 400000000, max_execution_time = 300'
const received =
  "received_time >= fromUnixTimestamp64Milli({from:Int64} * 1000, 'UTC') AND received_time < fromUnixTimestamp64Milli({to:Int64} * 1000, 'UTC')"

/** The slices of all events, oldest first. */
export async function* eventSlices(
  events: ParquetEvents,
  kept: KeptEvents,
): AsyncGenerator<EventSlice> {
  // Hour by hour: a day of a large node is more than one question may take.
  for (const { day } of await daysHeld(events))
    for (let hour = day * 24; hour < (day + 1) * 24; hour++) {
      const seconds = await events.query<{ second: unknown; n: unknown; ids: unknown }>(
        `SELECT toUnixTimestamp(received_time) AS second, count() AS n,
           toString(groupBitXor(cityHash64(id))) AS ids
         FROM ${eventTable} WHERE ${received} AND ${isKept(kept)}
         GROUP BY second ORDER BY second ${settings}`,
        { from: hour * 3600, to: (hour + 1) * 3600 },
      )
      yield* cut(
        seconds.map(({ second, n, ids }) => ({
          second: Number(second),
          rows: Number(n),
          ids: BigInt(String(ids)),
        })),
      )
    }
}

/** The events of a slice as a Parquet file. */
export function sliceFile(
  events: ParquetEvents,
  kept: KeptEvents,
  { from, to }: EventSlice,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const sql = `SELECT ${columns.join(', ')} FROM ${eventTable} WHERE ${received} AND ${isKept(kept)} ${settings}`
  return events.exportParquet(sql, { from, to }, signal)
}

/** Puts the events of such a file back. */
export function putBack(
  events: ParquetEvents,
  file: { bytes: Uint8Array; rows: number; sha256: string },
): Promise<void> {
  const { bytes, rows, sha256 } = file
  return events.importParquet(eventTable, { bytes, rows, columns }, `restored:${sha256}`)
}

/** Seconds of one hour, which is cut alike every time, so that the slices of past hours stay the same. */
function* cut(
  seconds: readonly { second: number; rows: number; ids: bigint }[],
): Generator<EventSlice> {
  let slice: { from: number; to: number; rows: number; ids: bigint } | undefined
  for (const { second, rows, ids } of seconds) {
    if (slice && slice.rows + rows <= mostRows) {
      slice = { from: slice.from, to: second + 1, rows: slice.rows + rows, ids: slice.ids ^ ids }
      continue
    }
    if (slice) yield printed(slice)
    slice = { from: second, to: second + 1, rows, ids }
  }
  if (slice) yield printed(slice)
}

function printed({ from, to, rows, ids }: Omit<EventSlice, 'print'> & { ids: bigint }): EventSlice {
  return { from, to, rows, print: `${rows}:${ids.toString(16)}` }
}

/** Tokens of ranges sort by position: those above the checkpoint come again from the spool. */
function isKept({ node, checkpoint, waitingBatches }: KeptEvents): string {
  const pad = (value: number) => String(value).padStart(12, '0')
  const above = checkpoint ? `${node}:${pad(checkpoint.segment)}:${pad(checkpoint.offset)}` : ''
  const own = `(startsWith(${tokenColumn}, ${quoted(`${node}:`)}) AND ${tokenColumn} >= ${quoted(above)})`
  const waiting = waitingBatches.map(quoted).join(', ')
  return waiting === ''
    ? `NOT ${own}`
    : `NOT ${own} AND splitByChar('#', ${tokenColumn})[1] NOT IN (${waiting})`
}

function quoted(text: string): string {
  if (!/^[\w:.#-]*$/.test(text)) throw new Error(`${text} is no token of an insert`)
  return `'${text}'`
}
