import { UdpListener, type UdpListenerParts } from './udp-listener.ts'

/** Syslog datagrams (RFC 5426): each is a record. */
export function syslogUdp(parts: Omit<UdpListenerParts, 'kind' | 'name' | 'reader'>): UdpListener {
  return new UdpListener({
    ...parts,
    kind: 'syslog-udp',
    name: 'syslog UDP',
    reader: { read: (bytes) => [bytes] },
  })
}
