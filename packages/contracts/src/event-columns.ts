import type { Event } from './event.ts'
import { tlpRank } from './tlp.ts'

interface Column {
  readonly name: string
  /** ClickHouse type, with codec where it pays. */
  readonly type: string
  /** Absent: what no other column holds, put together in event-row.ts. */
  readonly value?: (event: Event) => unknown
}

const text = 'String CODEC(ZSTD(1))'
const word = 'LowCardinality(String)'
const instant = "DateTime64(3, 'UTC')"

/** Table of the event store that holds events. */
export const eventTable = 'event'

/** How an event lies in the event store: the columns that searches name, then what else it holds, then the record. */
export const eventColumns: readonly Column[] = [
  { name: 'id', type: text, value: (e) => e.id },
  { name: 'organisation_id', type: word, value: (e) => e.organisation_id },
  { name: 'tlp_rank', type: 'UInt8', value: (e) => tlpRank(e.tlp) },
  { name: 'node_id', type: word, value: (e) => e.node_id },
  { name: 'source_id', type: word, value: (e) => e.source_id },
  { name: 'time', type: instant, value: (e) => e.time },
  { name: 'received_time', type: instant, value: (e) => e.received_time },
  { name: 'class_uid', type: 'UInt32', value: (e) => e.class_uid },
  { name: 'activity_id', type: 'UInt8', value: (e) => e.activity_id },
  { name: 'severity_id', type: 'UInt8', value: (e) => e.severity_id },
  { name: 'status', type: word, value: (e) => e.status ?? '' },
  { name: 'product', type: word, value: (e) => e.metadata.product },
  { name: 'parser', type: word, value: (e) => e.metadata.parser },
  { name: 'event_code', type: word, value: (e) => e.metadata.event_code ?? '' },
  { name: 'simulated', type: 'Bool', value: (e) => e.metadata.simulated },
  { name: 'message', type: text, value: (e) => e.message },
  { name: 'src_ip', type: text, value: (e) => e.src_endpoint?.ip ?? '' },
  { name: 'src_port', type: 'UInt16', value: (e) => e.src_endpoint?.port ?? 0 },
  { name: 'dst_ip', type: text, value: (e) => e.dst_endpoint?.ip ?? '' },
  { name: 'dst_port', type: 'UInt16', value: (e) => e.dst_endpoint?.port ?? 0 },
  { name: 'host', type: text, value: (e) => e.device?.hostname ?? '' },
  {
    name: 'user',
    type: text,
    value: (e) => e.user?.name ?? e.actor?.user?.name ?? '',
  },
  {
    name: 'process',
    type: text,
    value: (e) => e.process?.name ?? e.actor?.process?.name ?? '',
  },
  { name: 'command_line', type: text, value: (e) => e.process?.cmd_line ?? '' },
  { name: 'file', type: text, value: (e) => e.file?.path ?? e.file?.name ?? '' },
  { name: 'url', type: text, value: (e) => e.http_request?.url ?? '' },
  { name: 'http_status', type: 'UInt16', value: (e) => e.http_response?.code ?? 0 },
  { name: 'domain', type: text, value: (e) => e.query?.hostname ?? e.tls?.sni ?? '' },
  { name: 'src_country', type: word, value: (e) => e.src_endpoint?.location?.country ?? '' },
  { name: 'dst_country', type: word, value: (e) => e.dst_endpoint?.location?.country ?? '' },
  { name: 'src_asn', type: 'UInt32', value: (e) => e.src_endpoint?.autonomous_system?.number ?? 0 },
  { name: 'dst_asn', type: 'UInt32', value: (e) => e.dst_endpoint?.autonomous_system?.number ?? 0 },
  { name: 'direction', type: word, value: (e) => e.connection_info?.direction ?? '' },
  { name: 'systems', type: 'Array(LowCardinality(String))', value: systemsOf },
  {
    name: 'observables',
    type: 'Array(String)',
    value: (e) => e.observables.map(({ value }) => value),
  },
  { name: 'event', type: text },
  { name: 'raw_data', type: text, value: (e) => e.raw_data },
]

/** Names of the information systems that take part, each once; empty: none that is known. */
function systemsOf({ src_endpoint, dst_endpoint, device }: Event): readonly string[] | '' {
  const src = src_endpoint?.system?.name
  const dst = dst_endpoint?.system?.name
  const host = device?.system?.name
  if (src === undefined && dst === undefined && host === undefined) return ''
  return [...new Set([src, dst, host])].filter((name) => name !== undefined)
}
