/** Payloads of the UDP datagrams of a capture (libpcap, microseconds, little-endian, Ethernet or loopback). */
export function* udpPayloads(capture: Buffer): Generator<Buffer> {
  const link = capture.readUInt32LE(20)
  const skip = link === 0 ? 4 : 14
  for (let at = 24; at + 16 <= capture.length; ) {
    const length = capture.readUInt32LE(at + 8)
    const packet = capture.subarray(at + 16 + skip, at + 16 + length)
    at += 16 + length
    if (packet.readUInt8(0) >> 4 !== 4 || packet.readUInt8(9) !== 17) continue
    const header = (packet.readUInt8(0) & 0xf) * 4
    yield packet.subarray(header + 8, header + packet.readUInt16BE(header + 4))
  }
}
