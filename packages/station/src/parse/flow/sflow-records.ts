import { ipv4At, ipv6At, macAt } from './addresses.ts'
import { ethernetFields, ipFields } from './packet-header.ts'
import type { FlowFields } from './template.ts'

const mostRecords = 64

/** An address with its type before it, and where what follows begins; type 0 is an address nobody knows. */
export function addressAt(bytes: Buffer, at: number) {
  if (at + 4 > bytes.length) return undefined
  const size = [0, 4, 16][bytes.readUInt32BE(at)]
  if (size === undefined || at + 4 + size > bytes.length) return undefined
  const next = at + 4 + size
  if (size === 0) return { address: undefined, next }
  return { address: size === 4 ? ipv4At(bytes, at + 4) : ipv6At(bytes, at + 4), next }
}

/** What the records of a flow sample say of its packet; records that are unknown or cut say nothing. Never throws. */
export function sampledFields(body: Buffer, count: number): FlowFields {
  const fields: FlowFields = {}
  let at = 0
  for (let index = 0; index < Math.min(count, mostRecords); index++) {
    if (at + 8 > body.length) break
    const end = at + 8 + body.readUInt32BE(at + 4)
    if (end > body.length) break
    Object.assign(fields, readers.get(body.readUInt32BE(at))?.(body.subarray(at + 8, end)))
    at = end
  }
  return fields
}

type Reader = (record: Buffer) => FlowFields

/** A record by its first words, if it has that many octets. */
function ofSize(size: number, read: Reader): Reader {
  return (record) => (record.length < size ? {} : read(record))
}

const ethernetProtocol = 1
const ipv4Protocol = 11
const ipv6Protocol = 12

/** Formats of flow data in sFlow version 5, by enterprise (0) and number. */
const readers: ReadonlyMap<number, Reader> = new Map([
  [1, ofSize(16, sampledHeader)],
  [2, ofSize(24, sampledEthernet)],
  [3, ofSize(32, sampledIpv4)],
  [4, ofSize(56, sampledIpv6)],
  [1001, ofSize(16, extendedSwitch)],
  [1002, extendedRouter],
  [1003, extendedGateway],
  [1007, extendedNat],
])

function sampledHeader(record: Buffer): FlowFields {
  const protocol = record.readUInt32BE(0)
  const header = record.subarray(16, 16 + Math.min(record.readUInt32BE(12), record.length - 16))
  const length = { dataLinkFrameSize: record.readUInt32BE(4) }
  if (protocol === ethernetProtocol) return { ...length, ...ethernetFields(header) }
  const isIp = protocol === ipv4Protocol || protocol === ipv6Protocol
  return isIp ? { ...length, ...ipFields(header) } : length
}

function sampledEthernet(record: Buffer): FlowFields {
  return {
    dataLinkFrameSize: record.readUInt32BE(0),
    sourceMacAddress: macAt(record, 4),
    destinationMacAddress: macAt(record, 12),
    ethernetType: record.readUInt32BE(20),
  }
}

function sampledIpv4(record: Buffer): FlowFields {
  return {
    sourceIPv4Address: ipv4At(record, 8),
    destinationIPv4Address: ipv4At(record, 12),
    ...sampledIp(record, 16),
  }
}

function sampledIpv6(record: Buffer): FlowFields {
  return {
    sourceIPv6Address: ipv6At(record, 8),
    destinationIPv6Address: ipv6At(record, 24),
    ...sampledIp(record, 40),
  }
}

/** Ports, flags and class of service behind the addresses. */
function sampledIp(record: Buffer, at: number): FlowFields {
  return {
    ipTotalLength: record.readUInt32BE(0),
    protocolIdentifier: record.readUInt32BE(4),
    sourceTransportPort: record.readUInt32BE(at) & 0xffff,
    destinationTransportPort: record.readUInt32BE(at + 4) & 0xffff,
    tcpControlBits: record.readUInt32BE(at + 8) & 0xff,
    ipClassOfService: record.readUInt32BE(at + 12) & 0xff,
  }
}

/** VLAN 0 is none. */
function extendedSwitch(record: Buffer): FlowFields {
  const vlan = record.readUInt32BE(0) & 0xfff
  const after = record.readUInt32BE(8) & 0xfff
  return {
    ...(vlan > 0 && { vlanId: vlan, dot1qPriority: record.readUInt32BE(4) }),
    ...(after > 0 && { postVlanId: after }),
  }
}

function extendedRouter(record: Buffer): FlowFields {
  const hop = addressAt(record, 0)
  if (hop === undefined || hop.next + 8 > record.length) return {}
  const isIpv6 = hop.address?.includes(':')
  return {
    ...(hop.address && { [isIpv6 ? 'ipNextHopIPv6Address' : 'ipNextHopIPv4Address']: hop.address }),
    sourcePrefixLength: record.readUInt32BE(hop.next),
    destinationPrefixLength: record.readUInt32BE(hop.next + 4),
  }
}

/** Autonomous systems of both ends; the destination's is the last of the path. */
function extendedGateway(record: Buffer): FlowFields {
  const hop = addressAt(record, 0)
  if (hop === undefined || hop.next + 16 > record.length) return {}
  const source = record.readUInt32BE(hop.next + 4)
  const last = lastOfPath(record, hop.next + 16, record.readUInt32BE(hop.next + 12))
  return {
    ...(source > 0 && { bgpSourceAsNumber: source }),
    ...(last !== undefined && { bgpDestinationAsNumber: last }),
  }
}

function lastOfPath(record: Buffer, from: number, segments: number): number | undefined {
  let at = from
  let last: number | undefined
  for (let index = 0; index < Math.min(segments, mostRecords); index++) {
    if (at + 8 > record.length) break
    const length = record.readUInt32BE(at + 4)
    at += 8 + 4 * length
    if (at > record.length) break
    if (length > 0) last = record.readUInt32BE(at - 4)
  }
  return last
}

function extendedNat(record: Buffer): FlowFields {
  const source = addressAt(record, 0)
  const destination = source && addressAt(record, source.next)
  if (destination?.address === undefined || source?.address === undefined) return {}
  const version = destination.address.includes(':') ? 'IPv6' : 'IPv4'
  return {
    [`postNATSource${version}Address`]: source.address,
    [`postNATDestination${version}Address`]: destination.address,
  }
}
