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
