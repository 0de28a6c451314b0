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
    at = (bytes[at] ?? 0) & 3 ? copied(bytes, at, output) : literal(bytes, at, output)
    if (output.bytes.length - before > said) throw new ProtocolError('snappy: longer than said')
  }
  if (output.bytes.length - before !== said) throw new ProtocolError('snappy: shorter than said')
}

/** Takes what stands there; answers where the next element begins. */
function literal(bytes: Buffer, from: number, output: GrowingOutput): number {
  const said = (bytes[from] ?? 0) >> 2
  const extra = Math.max(0, said - 59)
  const at = from + 1 + extra
  const length = (extra > 0 ? word(bytes, from + 1, extra) : said) + 1
  if (length > bytes.length - at) throw new ProtocolError('snappy: a literal passes the end')
  output.add(bytes.subarray(at, at + length))
  return at + length
}

/** Repeats what was unpacked before; answers where the next element begins. */
function copied(bytes: Buffer, from: number, output: GrowingOutput): number {
  const tag = bytes[from] ?? 0
  const octets = [0, 1, 2, 4][tag & 3] ?? 0
  const offset = word(bytes, from + 1, octets)
  if (octets === 1) output.repeat(((tag >> 5) << 8) | offset, ((tag >> 2) & 7) + 4)
  else output.repeat(offset, (tag >> 2) + 1)
  return from + 1 + octets
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
