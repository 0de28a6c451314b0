import type { Logsource } from '@haidang/contracts/event'
import { readEpoch, readIsoTime } from '../parse/instant.ts'
import { isObject, type JsonObject } from '../parse/json.ts'
import { addressOf, baseName, present, type Read, type Surroundings } from './draft.ts'
import { logsourceOfShape } from './json-logsource.ts'
import { severityOfWord } from './severity-word.ts'

/** Where products put the same thing, most usual first; a dot also reaches into nested objects. */
const names = {
  time: [
    '@timestamp',
    'timestamp',
    'time',
    'ts',
    'eventTime',
    'event_time',
    'datetime',
    'date',
    'UtcTime',
    'TimeGenerated',
    'Timestamp',
  ],
  message: [
    'message',
    'msg',
    'log',
    'event.original',
    'eventName',
    'summary',
    'description',
    'title',
  ],
  source: [
    'src_ip',
    'srcip',
    'source.ip',
    'client.ip',
    'c-ip',
    'client_ip',
    'SourceIP',
    'sourceIPAddress',
    'remote_addr',
    'remote_ip',
    'src',
    'ip',
    'LocalIP',
  ],
  sourcePort: ['src_port', 'srcport', 'source.port', 'client.port', 'SourcePort'],
  target: [
    'dst_ip',
    'dest_ip',
    'dstip',
    'destination.ip',
    'server.ip',
    's-ip',
    'DestinationIP',
    'dst',
    'RemoteIP',
  ],
  targetPort: [
    'dst_port',
    'dest_port',
    'dstport',
    'destination.port',
    'server.port',
    'DestinationPort',
  ],
  host: [
    'host.name',
    'hostname',
    'Computer',
    'computer',
    'host',
    'agent.hostname',
    'devname',
    'DeviceName',
  ],
  user: [
    'user.name',
    'username',
    'userName',
    'User',
    'user',
    'userIdentity.userName',
    'cs-username',
    'account',
    'AccountName',
    'InitiatingProcessAccountName',
  ],
  process: ['process.executable', 'Image', 'exe', 'process.name', 'comm', 'program', 'process'],
  command: ['process.command_line', 'CommandLine', 'cmdline', 'command_line'],
  url: ['url.original', 'url.full', 'url', 'cs-uri-query', 'cs-uri-stem', 'request_uri', 'uri'],
  method: ['http.request.method', 'cs-method', 'request_method', 'method'],
  status: ['http.response.status_code', 'sc-status', 'status_code'],
  agent: ['user_agent.original', 'cs-user-agent', 'c-useragent', 'user_agent', 'userAgent'],
  query: ['dns.question.name', 'query', 'QueryName'],
  severity: ['severity', 'level', 'log.level', 'priority'],
  code: ['event.code', 'event_id', 'EventID', 'eventName', 'EventType', 'event_type'],
} as const

type Attribute = keyof typeof names
type Said = { readonly [name in Attribute]: unknown }

/** One of the names of an attribute: of several that a record has the first in the list counts. */
interface Candidate {
  readonly attribute: Attribute
  readonly rank: number
  readonly name: string
  /** The parts of a name that reaches into nested objects. */
  readonly path: readonly string[] | undefined
}

/** By the member of a record that they need: the name itself, or the first part of one that reaches further. */
const candidates = new Map<string, Candidate[]>()
for (const attribute of Object.keys(names) as Attribute[]) {
  for (const [rank, name] of names[attribute].entries()) {
    const path = name.includes('.') ? name.split('.') : undefined
    for (const member of new Set([name, path?.[0] ?? name])) {
      candidates.set(member, [...(candidates.get(member) ?? []), { attribute, rank, name, path }])
    }
  }
}

/** A JSON record of no product known here: what common names say, the whole record as unmapped. */
export function normaliseJson(object: JsonObject, around: Surroundings): Read {
  const said = saidBy(object)
  const text = (name: Attribute) => textOf(said[name])
  const port = (name: Attribute) => word16(said[name])
  const time = timeOf(said.time, around)
  const path = text('process')
  const status = port('status')
  return {
    draft: {
      class: 'base_event',
      activity: 99,
      severity: severityOfWord(text('severity')) ?? 1,
      message: text('message') ?? JSON.stringify(object).slice(0, 500),
      product: textOf(object['product']) ?? 'json',
      event_code: text('code'),
      logsource: logsourceOf(object),
      time: time?.at,
      original_time: time?.original,
      src_endpoint: present({ ip: addressOf(text('source')), port: port('sourcePort') }),
      dst_endpoint: present({ ip: addressOf(text('target')), port: port('targetPort') }),
      device: present({ hostname: text('host') }),
      user: present({ name: text('user') }),
      process: present({
        name: baseName(path),
        cmd_line: text('command'),
        file: path?.includes('/') || path?.includes('\\') ? { path } : undefined,
      }),
      http_request: present({
        http_method: text('method'),
        url: text('url'),
        user_agent: text('agent'),
      }),
      http_response: status === undefined ? undefined : { code: status },
      query: present({ hostname: text('query') }),
      unmapped: object,
    },
    record: object,
  }
}

function ofEach<T>(value: T): Record<Attribute, T> {
  return {
    time: value,
    message: value,
    source: value,
    sourcePort: value,
    target: value,
    targetPort: value,
    host: value,
    user: value,
    process: value,
    command: value,
    url: value,
    method: value,
    status: value,
    agent: value,
    query: value,
    severity: value,
    code: value,
  }
}

/**
 * What a record says of each attribute. It is walked once: looking up some eighty names, most of which a
 * record does not have, took longer than parsing it.
 */
function saidBy(object: JsonObject): Said {
  const said = ofEach<unknown>(undefined)
  const ranks = ofEach(Number.POSITIVE_INFINITY)
  for (const member in object) {
    const known = candidates.get(member)
    if (known === undefined) continue
    for (const { attribute, rank, name, path } of known) {
      if (rank >= ranks[attribute]) continue
      const value = object[name] ?? nested(object, path)
      if (!saysSomething(value)) continue
      said[attribute] = value
      ranks[attribute] = rank
    }
  }
  return said
}

function saysSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !isObject(value)
}

function nested(object: JsonObject, path: readonly string[] | undefined): unknown {
  if (!path) return undefined
  let value: unknown = object
  for (const part of path) {
    if (!isObject(value)) return undefined
    value = value[part]
  }
  return value
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '-' && value !== ''
    ? value.slice(0, 32_768)
    : undefined
}

function word16(value: unknown): number | undefined {
  const number = Number(textOf(value))
  return Number.isInteger(number) && number >= 0 && number <= 65_535 ? number : undefined
}

/** A time in ISO 8601 or as seconds, milli-, micro- or nanoseconds since the epoch. */
export function timeOf(value: unknown, { zone }: Surroundings) {
  const text = textOf(value)
  if (text === undefined) return undefined
  if (!/^\d{1,20}(?:\.\d{1,12})?$/.test(text)) return readIsoTime(text, zone)
  const at = readEpoch(Number(text))
  return at === undefined ? undefined : { at, original: text }
}

/** Records prepared for Sigma say themselves which log source they are of; others show it. */
export function logsourceOf(object: JsonObject): Logsource {
  const { product, category, service } = object
  return (
    (product === undefined ? logsourceOfShape(object) : undefined) ??
    present({ product: wordOf(product), category: wordOf(category), service: wordOf(service) }) ??
    {}
  )
}

function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z0-9_-]{1,64}$/.test(value) ? value : undefined
}
