import { ipv4At, ipv6At, macAt } from './addresses.ts'
import type { FlowFields } from './template.ts'

const ethernetHeader = 14
const vlanTags = new Set([0x8100, 0x88a8, 0x9100])
const ipv4Type = 0x0800
const ipv6Type = 0x86dd
const mostTags = 4
/** Extension headers of IPv6 that say what follows: hop-by-hop, routing, fragment, destination. */
const extensions = new Set([0, 43, 44, 60])
const mostExtensions = 8

/** What the first octets of an Ethernet frame say, as far as they reach. Never throws. */
export function ethernetFields(frame: Buffer): FlowFields {
  if (frame.length < ethernetHeader) return {}
  const fields: FlowFields = {
    destinationMacAddress: macAt(frame, 0),
    sourceMacAddress: macAt(frame, 6),
  }
  let at = 12
  for (let tags = 0; tags < mostTags && at + 6 <= frame.length; tags++) {
    if (!vlanTags.has(frame.readUInt16BE(at))) break
    const vlan = frame.readUInt16BE(at + 2) & 0xfff
    if (tags === 0) fields['vlanId'] = vlan
    else fields['dot1qCustomerVlanId'] = vlan
    at += 4
  }
  if (at + 2 > frame.length) return fields
  const type = frame.readUInt16BE(at)
  fields['ethernetType'] = type
  const isIp = type === ipv4Type || type === ipv6Type
  return isIp ? { ...fields, ...ipFields(frame.subarray(at + 2)) } : fields
}

/** What the first octets of an IP packet say, as far as they reach. Never throws. */
export function ipFields(packet: Buffer): FlowFields {
  const version = packet.length > 0 ? packet.readUInt8(0) >> 4 : 0
  if (version === 4 && packet.length >= 20) return ipv4Fields(packet)
  return version === 6 && packet.length >= 40 ? ipv6Fields(packet) : {}
}

function ipv4Fields(packet: Buffer): FlowFields {
  const header = (packet.readUInt8(0) & 0xf) * 4
  const protocol = packet.readUInt8(9)
  const fields = {
    sourceIPv4Address: ipv4At(packet, 12),
    destinationIPv4Address: ipv4At(packet, 16),
    protocolIdentifier: protocol,
    ipClassOfService: packet.readUInt8(1),
    ipTTL: packet.readUInt8(8),
  }
  // Only a packet's first fragment has ports.
  const isFirst = (packet.readUInt16BE(6) & 0x1fff) === 0
  const isWhole = header >= 20 && isFirst
  return isWhole ? { ...fields, ...transportFields(protocol, packet.subarray(header)) } : fields
}

function ipv6Fields(packet: Buffer): FlowFields {
  let protocol = packet.readUInt8(6)
  let at = 40
  let isFirst = true
  for (let step = 0; step < mostExtensions && extensions.has(protocol); step++) {
    if (at + 8 > packet.length) break
    if (protocol === 44) isFirst &&= packet.readUInt16BE(at + 2) >> 3 === 0
    const length = protocol === 44 ? 8 : (packet.readUInt8(at + 1) + 1) * 8
    protocol = packet.readUInt8(at)
    at += length
  }
  const fields = {
    sourceIPv6Address: ipv6At(packet, 8),
    destinationIPv6Address: ipv6At(packet, 24),
    protocolIdentifier: protocol,
    ipClassOfService: (packet.readUInt16BE(0) >> 4) & 0xff,
    ipTTL: packet.readUInt8(7),
  }
  return isFirst ? { ...fields, ...transportFields(protocol, packet.subarray(at)) } : fields
}

const icmp = 1
const tcp = 6
const icmp6 = 58
/** TCP, UDP, DCCP, SCTP, UDP-Lite begin with two ports. */
const withPorts = new Set([tcp, 17, 33, 132, 136])

function transportFields(protocol: number, segment: Buffer): FlowFields {
  if ((protocol === icmp || protocol === icmp6) && segment.length >= 2) {
    const name = protocol === icmp ? 'icmpTypeCodeIPv4' : 'icmpTypeCodeIPv6'
    return { [name]: segment.readUInt16BE(0) }
  }
  if (!withPorts.has(protocol) || segment.length < 4) return {}
  return {
    sourceTransportPort: segment.readUInt16BE(0),
    destinationTransportPort: segment.readUInt16BE(2),
    ...(protocol === tcp && segment.length >= 14 && { tcpControlBits: segment.readUInt8(13) }),
  }
}
