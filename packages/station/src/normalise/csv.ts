import { Observable } from '@haidang/contracts/event'
import type { ColumnTarget } from '@haidang/contracts/record-reading'
import { parseCsvRecord } from '../parse/csv-record.ts'
import { readFormattedTime } from '../parse/formatted-time.ts'
import type { Unreadable } from '../parse/parsed.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { attributesOf, type CommonNames } from './common-names.ts'
import { targetsOf } from './csv-columns.ts'
import type { Read, Surroundings } from './draft.ts'
import { Fields } from './fields.ts'
import { firewallRecord } from './firewall.ts'
import { neutralAbout } from './neutral.ts'
import { severityOfWord } from './severity-word.ts'
import { normaliseSyslog } from './syslog.ts'

type Targets = ReturnType<typeof targetsOf>

/** Attributes by the places mapping names. */
const places: Readonly<Record<keyof CommonNames, ColumnTarget>> = {
  source: 'src_endpoint.ip',
  sourcePort: 'src_endpoint.port',
  sourceName: 'src_endpoint.hostname',
  sourceMac: 'src_endpoint.mac',
  target: 'dst_endpoint.ip',
  targetPort: 'dst_endpoint.port',
  targetName: 'dst_endpoint.hostname',
  targetMac: 'dst_endpoint.mac',
  user: 'user.name',
  actor: 'actor.user.name',
  protocol: 'connection_info.protocol_name',
  sent: 'traffic.bytes_out',
  received: 'traffic.bytes_in',
  url: 'http_request.url',
  method: 'http_request.http_method',
  agent: 'http_request.user_agent',
  fileName: 'file.name',
  filePath: 'file.path',
  hash: 'file.hash',
  process: 'process.name',
}
const observable = 'observable:'

/**
 * A record of separated values: its columns go where the source maps them, else where their names belong; all others
 * stay under their own names. Reasons: `csv.no-columns`, `csv.one-value`.
 */
export function normaliseCsv(syslog: SyslogFields, around: Surroundings): Read | Unreadable {
  const line = parseCsvRecord(syslog.message, around.csv)
  if (!line.ok) return line
  const { values, columns, remark } = line.value
  const base = normaliseSyslog({ ...syslog, message: remark ?? syslog.message })
  if (remark !== undefined) return { ...base, draft: { ...base.draft, product: 'csv' } }
  const targets = targetsOf(columns, around.csv)
  const fields = new Fields(values)
  const text = (to: ColumnTarget) => fields.first(...(targets.get(to) ?? []))
  const attributes = attributesOf(fields, namesOf(targets))
  const time = timeOf(fields, targets, around) ?? syslog.time
  const message = text('message')
  const { verdict, ...about } = neutralAbout({
    attributes,
    action: text('action'),
    outcome: undefined,
    title: message ?? text('category') ?? '',
    uid: text('event_code') ?? '',
    category: text('category'),
    severity: severityOfWord(text('severity')) ?? base.draft.severity,
  })
  const host = text('device.hostname')
  return {
    draft: {
      ...base.draft,
      ...attributes,
      ...about,
      product: 'csv',
      message: message ?? lastLine(syslog.message),
      event_code: text('event_code'),
      time: time?.at,
      original_time: time?.original,
      device: host === undefined ? base.draft.device : { hostname: host },
      logsource: about.class === 'network_activity' && verdict ? { category: 'firewall' } : {},
      sightings: sightingsOf(fields, targets),
      unmapped: { ...base.draft.unmapped, ...fields.rest() },
    },
    record: firewallRecord(values, verdict),
  }
}

function namesOf(targets: Targets): CommonNames {
  const names = Object.entries(places).map(([name, to]) => [name, targets.get(to) ?? []])
  return Object.fromEntries(names) as Record<keyof CommonNames, readonly string[]>
}

/** Day and time of day may stand in two columns. */
function timeOf(fields: Fields, targets: Targets, { csv, zone }: Surroundings) {
  const parts = (targets.get('time') ?? []).flatMap((column) => fields.text(column) ?? [])
  // Of columns nobody mapped each is a time by itself.
  const written = csv && csv.mapping.length > 0 ? parts.join(' ') : parts[0]
  return readFormattedTime(written, csv?.time_format ?? 'auto', zone)
}

function sightingsOf(fields: Fields, targets: Targets): Observable[] {
  return [...targets].flatMap(([to, columns]) => {
    if (!to.startsWith(observable)) return []
    const type = Observable.shape.type.parse(to.slice(observable.length))
    return columns.flatMap((column) => {
      const value = fields.text(column)
      return value === undefined ? [] : [{ type, value: value.slice(0, 2048), name: column }]
    })
  })
}

function lastLine(message: string): string {
  return message.startsWith('#') ? message.slice(message.indexOf('\n') + 1) : message
}
