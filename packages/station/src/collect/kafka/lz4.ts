import { ProtocolError } from '../protocol-error.ts'
import { GrowingOutput } from './growing-output.ts'

const magic = 0x184d2204
const hasDictionary = 0x01
const hasChecksum = 0x04
const hasSize = 0x08
const hasBlockChecksums = 0x10
const isPlain = 0x80000000
const shortestMatch = 4

/** LZ4 frames; checksums are not looked at, the batch has its own. Throws ProtocolError. */
export function unpackLz4(bytes: Buffer, most: number): Buffer {
  const output = new GrowingOutput(3 * bytes.length, most)
  const input = new Input(bytes)
  while (input.left > 0) unpackFrame(input, output)
  return output.bytes
}

function unpackFrame(input: Input, output: GrowingOutput): void {
  if (input.word(4) !== magic) throw new ProtocolError('lz4: no frame')
  const flags = input.word(1)
  if (flags >> 6 !== 1) throw new ProtocolError(`lz4: frame version ${flags >> 6}`)
  if (flags & hasDictionary) throw new ProtocolError('lz4: a dictionary of its own')
  // Largest block, size of the content, checksum of the header.
  input.take(1 + (flags & hasSize ? 8 : 0) + 1)
  for (;;) {
    const said = input.word(4)
    if (said === 0) break
    const block = input.take(said % isPlain)
    if (said >= isPlain) output.add(block)
    else unpackBlock(new Input(block), output)
    if (flags & hasBlockChecksums) input.take(4)
  }
  if (flags & hasChecksum) input.take(4)
}

function unpackBlock(input: Input, output: GrowingOutput): void {
  while (input.left > 0) {
    const token = input.word(1)
    output.add(input.take(input.length(token >> 4)))
    // The last sequence is literals alone.
    if (input.left === 0) return
    const distance = input.word(2)
    output.repeat(distance, input.length(token & 15) + shortestMatch)
  }
}

class Input {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  take(length: number): Buffer {
    if (length > this.left) throw new ProtocolError('lz4: cut')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  word(octets: 1 | 2 | 4): number {
    return this.take(octets).readUIntLE(0, octets)
  }

  /** A length that goes on in further octets where it begins with fifteen. */
  length(begun: number): number {
    let length = begun
    for (let more = begun === 15 ? 255 : 0; more === 255; length += more) more = this.word(1)
    return length
  }
}
