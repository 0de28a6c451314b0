import type { Event, Observable } from './event.ts'
import { eventColumns } from './event-columns.ts'
import { tlpOf } from './tlp.ts'

/**
 * Members of an event that stand in columns of their own and not again in its text: a row is what the line
 * costs most to write. `time` stands in both, as the column ends with the year 2299.
 */
const apart: ReadonlySet<string> = new Set<keyof Event>([
  'id',
  'organisation_id',
  'tlp',
  'node_id',
  'source_id',
  'received_time',
  'class_uid',
  'activity_id',
  'severity_id',
  'message',
  'metadata',
  'observables',
  'raw_data',
])

/** The columns an event is put together from again. */
export const wholeEventColumns = [
  'id',
  'organisation_id',
  'tlp_rank',
  'node_id',
  'source_id',
  'received_time',
  'class_uid',
  'activity_id',
  'severity_id',
  'product',
  'parser',
  'event_code',
  'simulated',
  'message',
  'observables',
  'event',
  'raw_data',
] as const

/** A row of these columns as the event store gives it; what was left out as empty may be absent. */
export interface WholeEventRow {
  readonly id: string
  readonly organisation_id: string
  readonly tlp_rank?: number
  readonly node_id: string
  readonly source_id: string
  readonly received_time: string
  readonly class_uid?: number
  readonly activity_id?: number
  readonly severity_id?: number
  readonly product: string
  readonly parser: string
  readonly event_code?: string
  readonly simulated?: boolean
  readonly message?: string
  readonly observables?: readonly string[]
  /** Text, or the object it is the text of. */
  readonly event: string | object
  readonly raw_data?: string
}

const columns = eventColumns.flatMap(({ name, value }) => (value ? [{ name, value }] : []))

/**
 * One line of JSONEachRow for the event store. What is empty is left out, as empty is the default of every
 * column. What no column holds stands in `event` as an object, whose text the store keeps: written as text,
 * every quote and backslash of a record would be escaped twice.
 */
export function eventRow(event: Event): string {
  let row = `{"event":${remainder(event)}`
  for (const { name, value } of columns) {
    const given = value(event)
    if (given === '' || given === 0) continue
    row += `,"${name}":${typeof given === 'number' ? given : JSON.stringify(given)}`
  }
  return `${row}}`
}

/** The text of what no column holds; of observables type and place, as their values are a column. */
function remainder(event: Event): string {
  const { version, vendor, log_name } = event.metadata
  let text = `{"metadata":${JSON.stringify({ version, vendor, log_name })}`
  for (const [name, value] of Object.entries(event)) {
    if (value !== undefined && !apart.has(name)) text += `,"${name}":${JSON.stringify(value)}`
  }
  const { observables } = event
  if (observables.length > 0) {
    text += `,"observables":${JSON.stringify(observables.map(placed))}`
  }
  return `${text}}`
}

type Placed =
  | readonly [type: Observable['type'], name: string]
  | readonly [type: Observable['type'], name: string, knownGood: string[]]

function placed({ type, name, known_good }: Observable): Placed {
  return known_good === undefined ? [type, name] : [type, name, known_good]
}

type Kept = Omit<Partial<Event>, 'observables'> & {
  readonly observables?: readonly (Placed | Observable)[]
}

/** The event a row holds. Rows written before columns were left out of its text are read alike. Throws for text that is no JSON. */
export function eventOfRow(row: WholeEventRow): Event {
  const { event: text, tlp_rank = 0, observables: values = [], raw_data = '' } = row
  const kept = (typeof text === 'string' ? JSON.parse(text) : text) as Kept
  const { class_uid = 0, activity_id = 0, severity_id = 0, message = '' } = row
  const { id, organisation_id, node_id, source_id, received_time } = row
  const { product, parser, event_code, simulated = false } = row
  return {
    id,
    organisation_id,
    tlp: tlpOf(tlp_rank),
    node_id,
    source_id,
    received_time,
    class_uid,
    activity_id,
    severity_id,
    message,
    ...kept,
    metadata: { product, parser, ...(event_code && { event_code }), simulated, ...kept.metadata },
    observables: (kept.observables ?? []).map((each, place) =>
      'type' in each ? each : observableOf(each, values[place] ?? ''),
    ),
    raw_data,
  } as Event
}

function observableOf([type, name, known_good]: Placed, value: string): Observable {
  return known_good === undefined ? { type, value, name } : { type, value, name, known_good }
}
