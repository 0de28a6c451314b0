import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import { type CollectorKind, CollectorKind as kinds } from '@haidang/contracts/source'
import type { Entrance, OpenWay } from '@haidang/contracts/source-samples'
import type { ListenAt, OpenPorts } from '../collect/collectors.ts'
import { hasKafkaPlugIn, installKafka } from '../collect/kafka/kafka-plug-in.ts'

const everywhere = new Set(['0.0.0.0', '::', ''])

/** Where senders reach the station: the addresses its listeners stand at, and the port of each way in. */
export function entranceOf(listen: ListenAt, open: OpenPorts | undefined): Entrance {
  const hosts = everywhere.has(listen.host) ? addressesOfMachine() : [listen.host]
  return {
    hosts,
    is_loopback: hosts.every(isLoopback),
    ways: kinds.options.map((collector) => wayOf(collector, listen, open)),
  }
}

/** The port of a way in: the one that is open, else the one it will open. */
export function portOf(
  collector: CollectorKind,
  listen: ListenAt,
  open: OpenPorts | undefined,
): number | null {
  const port = openPort(collector, open) ?? configuredPort(collector, listen)
  return port === undefined || port === 0 ? null : port
}

function wayOf(collector: CollectorKind, listen: ListenAt, open: OpenPorts | undefined): OpenWay {
  return {
    collector,
    port: portOf(collector, listen, open),
    is_open: openPort(collector, open) !== undefined,
    // Of IPFIX only what comes by TCP.
    is_tls:
      collector === 'syslog-tls' ||
      (collector !== 'ipfix' && listen.streams.secured.has(collector)),
    install: collector === 'kafka' && !hasKafkaPlugIn() ? installKafka : null,
  }
}

function openPort(collector: CollectorKind, open: OpenPorts | undefined): number | undefined {
  const name = places[collector]
  return name && open?.[name]
}

function configuredPort(collector: CollectorKind, listen: ListenAt): number | undefined {
  const ports: Record<keyof OpenPorts, number> = { ...listen, ...listen.streams }
  const name = places[collector]
  return name && ports[name]
}

/** Kinds with a port of their own, by its name in the settings. */
const places: Partial<Record<CollectorKind, keyof OpenPorts>> = {
  'syslog-udp': 'syslogUdp',
  'syslog-tcp': 'syslogTcp',
  'syslog-tls': 'syslogTls',
  lumberjack: 'lumberjack',
  'fluent-forward': 'fluent',
  'elastic-bulk': 'elastic',
  'splunk-hec': 'hec',
  'otlp-http': 'otlp',
  netflow: 'netflow',
  ipfix: 'ipfix',
  sflow: 'sflow',
}

function addressesOfMachine(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const reached = all.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
  const addresses = reached.toSorted(byFamily).map(({ address }) => address)
  return addresses.length > 0 ? addresses : ['127.0.0.1']
}

/** IPv4 first: equipment that takes no other is common. */
function byFamily(a: NetworkInterfaceInfo, b: NetworkInterfaceInfo): number {
  return a.family < b.family ? -1 : Number(a.family > b.family)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
