import type { CollectorKind } from './source.ts'

/** Ports of ways in unless `station.*_port` says otherwise. */
export const usualPorts = {
  'syslog-udp': 5514,
  'syslog-tcp': 5514,
  'syslog-tls': 6514,
  lumberjack: 5044,
  'fluent-forward': 24_224,
  'elastic-bulk': 9200,
  'splunk-hec': 8088,
  'otlp-http': 4318,
  netflow: 2055,
  ipfix: 4739,
  sflow: 6343,
} as const satisfies Partial<Record<CollectorKind, number>>

/** The usual port of a way in that has one of its own. */
export function usualPort(collector: CollectorKind): number | undefined {
  return collector in usualPorts ? usualPorts[collector as keyof typeof usualPorts] : undefined
}
