import { writeFile } from 'node:fs/promises'

/** Packets of a file, and their octets as flows count them. */
export interface Traffic {
  readonly flows: number
  readonly bytes: number
}

const packetHeader = 16
const ethernetHeader = 14
const ipHeader = 20
const udpHeader = 8
const perSecond = 1000

/**
 * Writes a capture of single UDP packets, each a flow of its own: from 10.0.0.0/8, numbered by its source
 * address, to a documentation address.
 */
export async function writeTraffic(
  path: string,
  { first, flows }: { first: number; flows: number },
): Promise<Traffic> {
  const began = Math.floor(Date.now() / 1000) - Math.ceil(flows / perSecond) - 1
  let bytes = 0
  const packets = Array.from({ length: flows }, (_, index) => {
    const size = ipHeader + udpHeader + (index % 300)
    bytes += size
    const seconds = began + Math.floor(index / perSecond)
    return packetOf(first + index, size, seconds, (index % perSecond) * 1000)
  })
  await writeFile(path, Buffer.concat([fileHeader(), ...packets]))
  return { flows, bytes }
}

function fileHeader(): Buffer {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(65_535, 16)
  header.writeUInt32LE(1, 20)
  return header
}

function packetOf(number: number, size: number, seconds: number, microseconds: number): Buffer {
  const bytes = Buffer.alloc(packetHeader + ethernetHeader + size)
  bytes.writeUInt32LE(seconds, 0)
  bytes.writeUInt32LE(microseconds, 4)
  bytes.writeUInt32LE(ethernetHeader + size, 8)
  bytes.writeUInt32LE(ethernetHeader + size, 12)
  bytes.write('00005e00530200005e0053010800', packetHeader, 'hex')
  const ip = bytes.subarray(packetHeader + ethernetHeader)
  ip.set([0x45, 0, size >> 8, size & 0xff, 0, 0, 0, 0, 64, 17])
  ip.set([10, (number >> 16) & 0xff, (number >> 8) & 0xff, number & 0xff], 12)
  ip.set([198, 51, 100, 2], 16)
  ip.writeUInt16BE(checksumOf(ip.subarray(0, ipHeader)), 10)
  ip.writeUInt16BE(40_000, ipHeader)
  ip.writeUInt16BE(53, ipHeader + 2)
  ip.writeUInt16BE(size - ipHeader, ipHeader + 4)
  return bytes
}

/** The Internet checksum (RFC 1071). */
function checksumOf(header: Buffer): number {
  let sum = 0
  for (let at = 0; at < header.length; at += 2) sum += header.readUInt16BE(at)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
