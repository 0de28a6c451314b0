import type { Event, EventClass, Logsource, Observable } from '@haidang/contracts/event'
import type { CsvReading } from '@haidang/contracts/record-reading'
import type { Fields } from './fields.ts'

/** Attributes of an event that a product's normaliser may fill. */
type Attributes = Pick<
  Event,
  | 'status'
  | 'status_detail'
  | 'src_endpoint'
  | 'dst_endpoint'
  | 'device'
  | 'actor'
  | 'user'
  | 'process'
  | 'file'
  | 'http_request'
  | 'http_response'
  | 'query'
  | 'answers'
  | 'rcode'
  | 'tls'
  | 'connection_info'
  | 'traffic'
  | 'duration_ms'
  | 'auth_protocol'
  | 'logon_type'
  | 'finding'
>

/** The names of these attributes but the duration; the record holds each, or it does not compile. */
const attributeNames = Object.keys({
  status: true,
  status_detail: true,
  src_endpoint: true,
  dst_endpoint: true,
  device: true,
  actor: true,
  user: true,
  process: true,
  file: true,
  http_request: true,
  http_response: true,
  query: true,
  answers: true,
  rcode: true,
  tls: true,
  connection_info: true,
  traffic: true,
  auth_protocol: true,
  logon_type: true,
  finding: true,
} satisfies Record<Exclude<keyof Attributes, 'duration_ms'>, true>) as Exclude<
  keyof Attributes,
  'duration_ms'
>[]

/** Gives an event the attributes a draft has: of every event, so one by one, which is cheaper than spreading. */
export function describe(event: Event, draft: Draft): void {
  for (const name of attributeNames) copy(event, draft, name)
  const { duration_ms } = draft
  // Seconds of a record may be too large a number for milliseconds.
  if (duration_ms !== undefined && Number.isFinite(duration_ms)) event.duration_ms = duration_ms
}

function copy<K extends keyof Attributes>(to: Attributes, from: Attributes, name: K): void {
  if (from[name] !== undefined) to[name] = from[name]
}

/** An event as a normaliser makes it from one record, before identity, owner and times are added. */
export interface Draft extends Attributes {
  readonly class: EventClass
  /** OCSF activity of the class; 0 unknown, 99 other. */
  readonly activity: number
  /** OCSF severity: 1 informational … 6 fatal. */
  readonly severity: number
  readonly message: string
  readonly product: string
  readonly vendor?: string | undefined
  readonly log_name?: string | undefined
  readonly event_code?: string | undefined
  readonly logsource: Logsource
  /** Milliseconds since the epoch; undefined: the record has no time that can be read. */
  readonly time: number | undefined
  readonly original_time?: string | undefined
  /** Values worth looking up that no attribute holds. */
  readonly sightings?: readonly Observable[] | undefined
  readonly unmapped: Record<string, unknown>
}

/** What a normaliser may know besides the record. */
export interface Surroundings {
  /** IANA zone of times written without one. */
  readonly zone: string
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
  /** How its source says separated values stand. */
  readonly csv?: CsvReading | undefined
}

/** A draft with the record under the names Sigma rules use for it. */
export interface Read {
  readonly draft: Draft
  readonly record: Record<string, unknown>
}

/** The object without its undefined members, itself where it has none; undefined if nothing is left. */
export function present<T extends object>(members: T): T | undefined {
  // Called for every part of every event: most have all their members or none and need no copy.
  let absent = 0
  let given = 0
  for (const name in members) {
    if (members[name] === undefined) absent += 1
    else given += 1
  }
  if (given === 0) return undefined
  return absent === 0 ? members : withoutAbsent(members)
}

function withoutAbsent<T extends object>(members: T): T {
  const given: Record<string, unknown> = {}
  for (const name in members) if (members[name] !== undefined) given[name] = members[name]
  return given as T
}

/** An address and port of a record, under the names it uses. */
export function endpointFrom(fields: Fields, ip: string, port: string) {
  return present({ ip: addressOf(fields.text(ip)), port: fields.word16(port) })
}

/** An IP address as text: without IPv4-in-IPv6 prefix and zone, lower case. Anything else: undefined. */
export function addressOf(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 64) return undefined
  const plain = text
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '')
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/.test(plain) ? plain : undefined
}

/** Last part of a path of either kind. */
export function baseName(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1) || undefined
}

/** `DOMAIN\name` or `name@domain` taken apart. */
export function accountOf(text: string | undefined) {
  if (text === undefined) return undefined
  const slash = text.indexOf('\\')
  if (slash >= 0)
    return present({
      name: text.slice(slash + 1) || undefined,
      domain: text.slice(0, slash) || undefined,
    })
  return { name: text }
}
