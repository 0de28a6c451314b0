import { type Parsed, parsed, unreadable } from '../parsed.ts'
import { ipv4At } from './addresses.ts'
import type { FlowFields } from './template.ts'

/** A datagram of NetFlow version 5. */
export interface Netflow5 {
  /** Engine type and number. */
  readonly domain: number
  /** Flows exported before this datagram. */
  readonly sequence: number
  readonly exportTime: number
  readonly bootTime: number
  readonly flows: readonly FlowFields[]
}

const headerSize = 24
const recordSize = 48
const mostRecords = 30

/** Reads a datagram whose first octets say version 5; fields are named as in IPFIX. Reason: `flow.malformed`. */
export function parseNetflow5(bytes: Buffer): Parsed<Netflow5> {
  const count = bytes.length < headerSize ? 0 : bytes.readUInt16BE(2)
  if (count === 0 || count > mostRecords || bytes.length < headerSize + count * recordSize) {
    return unreadable('flow.malformed', `${bytes.length} octets, ${count} records said`)
  }
  const exportTime = bytes.readUInt32BE(8) * 1000 + Math.floor(bytes.readUInt32BE(12) / 1e6)
  const sampling = bytes.readUInt16BE(22) & 0x3fff
  const sampled = sampling > 1 ? { samplingInterval: sampling } : {}
  return parsed({
    domain: bytes.readUInt16BE(20),
    sequence: bytes.readUInt32BE(16),
    exportTime,
    bootTime: exportTime - bytes.readUInt32BE(4),
    flows: Array.from({ length: count }, (_, index) => ({
      ...flowAt(bytes, headerSize + index * recordSize),
      ...sampled,
    })),
  })
}

function flowAt(bytes: Buffer, at: number): FlowFields {
  return {
    sourceIPv4Address: ipv4At(bytes, at),
    destinationIPv4Address: ipv4At(bytes, at + 4),
    ipNextHopIPv4Address: ipv4At(bytes, at + 8),
    ingressInterface: bytes.readUInt16BE(at + 12),
    egressInterface: bytes.readUInt16BE(at + 14),
    packetDeltaCount: bytes.readUInt32BE(at + 16),
    octetDeltaCount: bytes.readUInt32BE(at + 20),
    flowStartSysUpTime: bytes.readUInt32BE(at + 24),
    flowEndSysUpTime: bytes.readUInt32BE(at + 28),
    sourceTransportPort: bytes.readUInt16BE(at + 32),
    destinationTransportPort: bytes.readUInt16BE(at + 34),
    tcpControlBits: bytes.readUInt8(at + 37),
    protocolIdentifier: bytes.readUInt8(at + 38),
    ipClassOfService: bytes.readUInt8(at + 39),
    bgpSourceAsNumber: bytes.readUInt16BE(at + 40),
    bgpDestinationAsNumber: bytes.readUInt16BE(at + 42),
    sourceIPv4PrefixLength: bytes.readUInt8(at + 44),
    destinationIPv4PrefixLength: bytes.readUInt8(at + 45),
  }
}
