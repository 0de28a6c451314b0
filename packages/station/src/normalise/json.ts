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

/** A JSON record of no product known here: what common names say, the whole record as unmapped. */
export function normaliseJson(object: JsonObject, around: Surroundings): Read {
  const text = (name: keyof typeof names) => textOf(firstOf(object, names[name]))
  const port = (name: keyof typeof names) => word16(firstOf(object, names[name]))
  const time = timeOf(firstOf(object, names.time), around)
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

function firstOf(object: JsonObject, candidates: readonly string[]): unknown {
  for (const name of candidates) {
    const value = object[name] ?? nested(object, name)
    if (value !== undefined && value !== null && value !== '' && !isObject(value)) return value
  }
  return undefined
}

/** The names that reach into nested objects, taken apart once. */
const paths: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values(names)
    .flat()
    .filter((name) => name.includes('.'))
    .map((name) => [name, name.split('.')]),
)

function nested(object: JsonObject, name: string): unknown {
  const path = paths.get(name)
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
