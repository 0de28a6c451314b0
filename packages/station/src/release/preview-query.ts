import { Event } from '@haidang/contracts/event'
import { eventTable } from '@haidang/contracts/event-columns'
import { eventOfRow, type WholeEventRow, wholeEventColumns } from '@haidang/contracts/event-row'
import { type Tlp, tlpOf } from '@haidang/contracts/tlp'
import type { Scope } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'

/** Events of this node that a policy treats alike, so that one of them decides for all. */
export interface EventGroup {
  readonly class_uid: number
  readonly tlp: Tlp
  readonly source_id: string
  readonly systems: readonly string[]
  /** Whether they bear a marking of the first, and of the second policy. */
  readonly marked: readonly [boolean, boolean]
  readonly count: number
}

export interface Stretch {
  /** Milliseconds since the epoch, [from, to). */
  readonly from: number
  readonly to: number
  readonly node_id: string
}

const settings = 'SETTINGS max_execution_time = 20, max_memory_usage = 700000000, max_threads = 2'
const mostGroups = 20_000

/** Counts the events a caller sees of a stretch, by what policies look at. */
export async function eventGroups(
  events: EventStore,
  scope: Scope,
  stretch: Stretch,
  markings: readonly [readonly string[], readonly string[]],
): Promise<EventGroup[]> {
  const { where, parameters } = condition(scope, stretch)
  const bears = (which: 0 | 1) =>
    markings[which].length === 0
      ? '0'
      : `multiSearchAnyCaseInsensitiveUTF8(concat(message, event, raw_data), {m${which}:Array(String)})`
  const rows = await events.query<Record<string, unknown>>(
    `SELECT class_uid, tlp_rank, source_id, systems, ${bears(0)} AS old, ${bears(1)} AS new, count() AS n
     FROM ${eventTable} WHERE ${where}
     GROUP BY class_uid, tlp_rank, source_id, systems, old, new ORDER BY n DESC LIMIT ${mostGroups} ${settings}`,
    { ...parameters, m0: markings[0], m1: markings[1] },
  )
  return rows.map((row) => ({
    class_uid: Number(row['class_uid']),
    tlp: tlpOf(Number(row['tlp_rank'])),
    source_id: String(row['source_id']),
    systems: row['systems'] as string[],
    marked: [Number(row['old']) === 1, Number(row['new']) === 1],
    count: Number(row['n']),
  }))
}

/** The newest event of a stretch and a group. */
export async function sampleEvent(
  events: EventStore,
  scope: Scope,
  stretch: Stretch,
  { class_uid, source_id, systems }: Pick<EventGroup, 'class_uid' | 'source_id' | 'systems'>,
): Promise<Event | undefined> {
  const { where, parameters } = condition(scope, stretch)
  const [row] = await events.query<WholeEventRow>(
    `SELECT ${wholeEventColumns.join(', ')} FROM ${eventTable}
     WHERE ${where} AND class_uid = {class:UInt16} AND source_id = {source:String}
       AND systems = {systems:Array(String)}
     ORDER BY time DESC LIMIT 1 ${settings}`,
    { ...parameters, class: class_uid, source: source_id, systems },
  )
  return row ? Event.parse(eventOfRow(row)) : undefined
}

function condition(scope: Scope, { from, to, node_id }: Stretch) {
  const { organisations, clearance } = scope
  const visible =
    organisations === 'all' ? 'true' : 'organisation_id IN {organisations:Array(String)}'
  const where = `${visible} AND tlp_rank <= {clearance:UInt8} AND node_id = {node:String}
    AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`
  const named = organisations === 'all' ? {} : { organisations: [...organisations] }
  return { where, parameters: { ...named, clearance, node: node_id, from, to } }
}
