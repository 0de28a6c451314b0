import { isIpv4 } from '@haidang/detection/ip-address'
import { type MmdbMap, type MmdbValue, MmdbValues } from './mmdb-values.ts'

/** What a MaxMind DB says of itself. */
export interface MmdbFacts {
  /** As its maker calls it, such as `GeoLite2-Country`. */
  readonly type: string
  /** Milliseconds since the epoch. */
  readonly builtAt: number
}

const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
/** The metadata stand in the last 128 KiB. */
const metadataBytes = 131_072
/** Zeros between tree and data. */
const separatorBytes = 16

/**
 * A MaxMind DB in memory: finds what is said of an address. Reads the bytes where they are, so that threads may
 * share them. MaxMind DB File Format Specification 2.0.
 */
export class Mmdb {
  readonly facts: MmdbFacts
  readonly #bytes: Buffer
  readonly #values: MmdbValues
  readonly #nodes: number
  /** Bits of one record; a node has two. */
  readonly #recordBits: number
  readonly #isV6: boolean
  /** Node under which IPv4 addresses stand in a tree of IPv6. */
  readonly #v4Start: number

  /** Throws RangeError, with the reason, for bytes that are no such database. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const metadata = metadataOf(this.#bytes)
    this.#nodes = numberIn(metadata, 'node_count')
    this.#recordBits = numberIn(metadata, 'record_size')
    const version = numberIn(metadata, 'ip_version')
    const treeBytes = (this.#nodes * this.#recordBits) / 4
    if (![24, 28, 32].includes(this.#recordBits) || (version !== 4 && version !== 6)) {
      throw new RangeError('of an unknown record size or IP version')
    }
    if (numberIn(metadata, 'binary_format_major_version') !== 2) {
      throw new RangeError('of another version of the format than 2')
    }
    if (treeBytes + separatorBytes > this.#bytes.length) throw new RangeError('the tree is cut off')
    this.#values = new MmdbValues(this.#bytes, treeBytes + separatorBytes)
    this.#isV6 = version === 6
    this.#v4Start = this.#isV6 ? this.#zeros(96) : 0
    const type = metadata.get('database_type')
    const builtAt = Number(metadata.get('build_epoch')) * 1_000
    this.facts = {
      type: typeof type === 'string' ? type.slice(0, 100) : '',
      builtAt: Number.isSafeInteger(builtAt) ? builtAt : 0,
    }
  }

  /** Where the record of an address stands, or -1. Allocates nothing. IPv4 stands as ::ffff:a.b.c.d. */
  find(words: Uint32Array): number {
    const isV4 = isIpv4(words)
    if (!(isV4 || this.#isV6)) return -1
    let node = isV4 ? this.#v4Start : 0
    for (let bit = isV4 ? 96 : 0; bit < 128 && node < this.#nodes; bit++) {
      const word = words[bit >> 5] ?? 0
      node = this.#child(node, (word >>> (31 - (bit & 31))) & 1)
    }
    // Below the first record lie the zeros that separate it from the tree: a damaged tree may point there.
    return Math.max(node - this.#nodes - separatorBytes, -1)
  }

  /** The record at a place that `find` answered; undefined if it cannot be read. */
  read(place: number): MmdbValue {
    try {
      return this.#values.read(place)
    } catch (error) {
      if (error instanceof RangeError) return undefined
      throw error
    }
  }

  #zeros(bits: number): number {
    let node = 0
    for (let bit = 0; bit < bits && node < this.#nodes; bit++) node = this.#child(node, 0)
    return node
  }

  #child(node: number, side: number): number {
    const bytes = this.#bytes
    if (this.#recordBits === 24) return bytes.readUIntBE(node * 6 + side * 3, 3)
    if (this.#recordBits === 32) return bytes.readUInt32BE(node * 8 + side * 4)
    const at = node * 7
    const middle = bytes[at + 3] ?? 0
    if (side === 0) return (middle >> 4) * 0x100_0000 + bytes.readUIntBE(at, 3)
    return (middle & 15) * 0x100_0000 + bytes.readUIntBE(at + 4, 3)
  }
}

function metadataOf(bytes: Buffer): MmdbMap {
  const from = Math.max(bytes.length - metadataBytes, 0)
  const at = bytes.subarray(from).lastIndexOf(marker)
  if (at < 0) throw new RangeError('not a MaxMind DB')
  const metadata = new MmdbValues(bytes, from + at + marker.length).read(0)
  if (metadata instanceof Map) return metadata
  throw new RangeError('the metadata cannot be read')
}

function numberIn(metadata: MmdbMap, name: string): number {
  const value = metadata.get(name)
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new RangeError(`the metadata lack ${name}`)
}
