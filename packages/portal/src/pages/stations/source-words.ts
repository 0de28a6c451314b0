import type { Encoding } from '@haidang/contracts/record-reading'
import type { CollectorKind } from '@haidang/contracts/source'

/** Names of protocols and products are the same in every language. */
export const collectorNames: Record<CollectorKind, string> = {
  'syslog-udp': 'Syslog UDP',
  'syslog-tcp': 'Syslog TCP',
  'syslog-tls': 'Syslog TLS',
  'syslog-socket': 'Syslog, UNIX socket',
  lumberjack: 'Lumberjack (Beats)',
  'fluent-forward': 'Fluent forward',
  'json-lines': 'JSON lines',
  'elastic-bulk': 'Elasticsearch _bulk',
  'splunk-hec': 'Splunk HEC',
  'otlp-http': 'OpenTelemetry (OTLP/HTTP)',
  netflow: 'NetFlow (v5, v9)',
  ipfix: 'IPFIX',
  sflow: 'sFlow',
  'tail-file': 'Tail file',
  kafka: 'Apache Kafka',
}

/** The same in every language, too. */
export const encodingNames: Record<Exclude<Encoding, 'auto'>, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1258': 'Windows-1258',
  'windows-1252': 'Windows-1252',
  tcvn3: 'TCVN3 (ABC)',
  vni: 'VNI',
}
