/** A value of a MaxMind DB: maps as Map, so that no key of a file is a name of ours. Bytes and 128-bit numbers are left out. */
export type MmdbValue = string | number | bigint | boolean | undefined | MmdbMap | MmdbValue[]
export type MmdbMap = Map<string, MmdbValue>

const deepest = 32
/** Values one record may hold, far above any database in use. */
const mostValues = 10_000
const longestText = 65_536

/**
 * Reads values of the data section that begins at `start`. Throws RangeError for what lies outside of it, nests
 * deeper than 32 levels or holds more than 10,000 values, so that no file can hold its reader up.
 * MaxMind DB File Format Specification 2.0, "Output Data Section".
 */
export class MmdbValues {
  readonly #bytes: Buffer
  readonly #start: number
  #at = 0
  #left = 0

  constructor(bytes: Buffer, start: number) {
    this.#bytes = bytes
    this.#start = start
  }

  /** The value at an offset from the start of the section. */
  read(offset: number): MmdbValue {
    this.#at = this.#start + offset
    this.#left = mostValues
    return this.#value(0)
  }

  #value(depth: number): MmdbValue {
    this.#left -= 1
    if (depth > deepest || this.#left < 0) throw new RangeError('the record is too large')
    const control = this.#unsigned(1)
    if (control >> 5 === kinds.pointer) return this.#pointed(control, depth)
    const kind = control >> 5 === kinds.extended ? this.#unsigned(1) + 7 : control >> 5
    const size = this.#size(control & 31)
    return this.#valueOf(kind, size, depth)
  }

  #valueOf(kind: number, size: number, depth: number): MmdbValue {
    switch (kind) {
      case kinds.text:
        return this.#text(size)
      case kinds.double:
        return this.#fixed(size, 8).readDoubleBE()
      case kinds.float:
        return this.#fixed(size, 4).readFloatBE()
      case kinds.boolean:
        return size !== 0
      case kinds.map:
        return this.#map(size, depth)
      case kinds.array:
        return this.#array(size, depth)
      default:
        return this.#number(kind, size)
    }
  }

  #number(kind: number, size: number): MmdbValue {
    if (kind === kinds.int32) return this.#unsigned(size) | 0
    if (kind === kinds.uint16 || kind === kinds.uint32) return this.#unsigned(size)
    if (kind === kinds.uint64) return this.#long(size)
    if (kind !== kinds.bytes && kind !== kinds.uint128)
      throw new RangeError('no such kind of value')
    this.#take(size)
    return undefined
  }

  /** A pointer names a value elsewhere in the section, which may not be a pointer itself. */
  #pointed(control: number, depth: number): MmdbValue {
    const bytes = (control >> 3) & 3
    const high = bytes === 3 ? 0 : control & 7
    const base = [0, 2_048, 526_336, 0][bytes] ?? 0
    const offset = high * 256 ** (bytes + 1) + this.#unsigned(bytes + 1) + base
    const back = this.#at
    this.#at = this.#start + offset
    if ((this.#bytes[this.#at] ?? 0) >> 5 === kinds.pointer)
      throw new RangeError('a pointer to a pointer')
    const value = this.#value(depth + 1)
    this.#at = back
    return value
  }

  #map(size: number, depth: number): MmdbMap {
    const map: MmdbMap = new Map()
    for (let i = 0; i < size; i++) {
      const key = this.#value(depth + 1)
      if (typeof key !== 'string') throw new RangeError('a key is no text')
      map.set(key, this.#value(depth + 1))
    }
    return map
  }

  #array(size: number, depth: number): MmdbValue[] {
    const values: MmdbValue[] = []
    for (let i = 0; i < size; i++) values.push(this.#value(depth + 1))
    return values
  }

  #text(size: number): string {
    if (size > longestText) throw new RangeError('a text is too long')
    const from = this.#take(size)
    return this.#bytes.toString('utf8', from, from + size)
  }

  #size(short: number): number {
    if (short < 29) return short
    if (short === 29) return 29 + this.#unsigned(1)
    return short === 30 ? 285 + this.#unsigned(2) : 65_821 + this.#unsigned(3)
  }

  #fixed(size: number, wanted: number): Buffer {
    if (size !== wanted) throw new RangeError('a number has another length')
    const from = this.#take(size)
    return this.#bytes.subarray(from, from + size)
  }

  #unsigned(size: number): number {
    if (size > 4) throw new RangeError('a number is too long')
    const from = this.#take(size)
    return size === 0 ? 0 : this.#bytes.readUIntBE(from, size)
  }

  #long(size: number): bigint {
    if (size > 8) throw new RangeError('a number is too long')
    const from = this.#take(size)
    return size === 0 ? 0n : BigInt(`0x${this.#bytes.toString('hex', from, from + size)}`)
  }

  #take(size: number): number {
    const from = this.#at
    this.#at += size
    if (this.#at > this.#bytes.length) throw new RangeError('a value ends outside of the file')
    return from
  }
}

const kinds = {
  extended: 0,
  pointer: 1,
  text: 2,
  double: 3,
  bytes: 4,
  uint16: 5,
  uint32: 6,
  map: 7,
  int32: 8,
  uint64: 9,
  uint128: 10,
  array: 11,
  boolean: 14,
  float: 15,
} as const
