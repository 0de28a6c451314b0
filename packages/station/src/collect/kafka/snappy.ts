import { ProtocolError } from '../protocol-error.ts'
import { GrowingOutput } from './growing-output.ts'
import { KafkaBytes } from './kafka-bytes.ts'

const framed = Buffer.from('\x82SNAPPY\0', 'latin1')
const frameHeader = 16

/** Snappy, bare or in the frames Java's clients write. Throws ProtocolError. */
export function unpackSnappy(bytes: Buffer, most: number): Buffer {
  const output = new GrowingOutput(2 * bytes.length, most)
  if (!bytes.subarray(0, framed.length).equals(framed)) {
    unpackBlock(bytes, output)
    return output.bytes
  }
  const words = new KafkaBytes(bytes)
  words.take(frameHeader)
  while (words.left > 0) unpackBlock(words.take(words.int32()), output)
  return output.bytes
}

function unpackBlock(bytes: Buffer, output: GrowingOutput): void {
  const before = output.bytes.length
  const { value: said, next } = lengthSaid(bytes)
  let at = next
  while (at < bytes.length) {
    const tag = bytes[at++] ?? 0
    if ((tag & 3) === 0) {
      const extra = (tag >> 2) - 59
      const length = extra > 0 ? word(bytes, at, extra) + 1 : (tag >> 2) + 1
      at += Math.max(0, extra)
      if (length > bytes.length - at) throw new ProtocolError('snappy: a literal passes the end')
      output.add(bytes.subarray(at, at + length))
      at += length
    } else {
      const octets = [0, 1, 2, 4][tag & 3] ?? 0
      const offset = word(bytes, at, octets)
      at += octets
      if (octets === 1) output.repeat(((tag >> 5) << 8) | offset, ((tag >> 2) & 7) + 4)
      else output.repeat(offset, (tag >> 2) + 1)
    }
    if (output.bytes.length - before > said) throw new ProtocolError('snappy: longer than said')
  }
  if (output.bytes.length - before !== said) throw new ProtocolError('snappy: shorter than said')
}

function lengthSaid(bytes: Buffer): { value: number; next: number } {
  let value = 0
  for (let at = 0; at < 5; at++) {
    const byte = bytes[at]
    if (byte === undefined) break
    value += (byte & 0x7f) * 2 ** (7 * at)
    if (byte < 0x80) return { value, next: at + 1 }
  }
  throw new ProtocolError('snappy: no length')
}

function word(bytes: Buffer, at: number, octets: number): number {
  if (octets > bytes.length - at) throw new ProtocolError('snappy: a number passes the end')
  return bytes.readUIntLE(at, octets)
}
