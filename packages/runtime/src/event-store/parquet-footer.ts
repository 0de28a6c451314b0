/** Kinds of the compact protocol of Thrift, in which the footer of a Parquet file is written. */
const kind = { yes: 1, no: 2, byte: 3, double: 7, binary: 8, list: 9, set: 10, map: 11, struct: 12 }
const deepest = 16

/**
 * How many rows a Parquet file says it holds: field 3 of the `FileMetaData` in its footer (parquet-format,
 * "File format"). Throws for bytes that are no whole Parquet file.
 */
export function parquetRows(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const marks = [file.subarray(0, 4), file.subarray(-4)].map(String)
  if (file.length < 12 || marks.some((mark) => mark !== 'PAR1')) throw noFile()
  const length = file.readUInt32LE(file.length - 8)
  if (length > file.length - 12) throw noFile()
  const footer = new Footer(file.subarray(file.length - 8 - length, file.length - 8))
  return footer.integer(3)
}

class Footer {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** The integer in a field of the outermost struct; what stands before it is passed over. */
  integer(wanted: number): number {
    for (let field = 0; ; ) {
      const head = this.#byte()
      if (head === 0) throw noFile()
      field = head >> 4 === 0 ? Number(this.#zigzag()) : field + (head >> 4)
      if (field === wanted) return Number(this.#zigzag())
      this.#pass(head & 15, 0)
    }
  }

  #pass(what: number, depth: number): void {
    if (depth > deepest) throw noFile()
    if (what === kind.yes || what === kind.no) return
    if (what === kind.byte) this.#at += 1
    else if (what === kind.double) this.#at += 8
    else if (what === kind.binary) this.#passBytes()
    else if (what === kind.list || what === kind.set) this.#passList(depth)
    else if (what === kind.struct) this.#passStruct(depth)
    else if (what === kind.map) throw noFile()
    else this.#varint()
  }

  #passBytes(): void {
    const length = Number(this.#varint())
    this.#at += length
  }

  #passList(depth: number): void {
    const head = this.#byte()
    const count = head >> 4 === 15 ? Number(this.#varint()) : head >> 4
    const what = head & 15
    for (let n = 0; n < count; n++) {
      // In a list a truth value is a byte.
      if (what === kind.yes || what === kind.no) this.#byte()
      else this.#pass(what, depth + 1)
      if (this.#at > this.#bytes.length) throw noFile()
    }
  }

  #passStruct(depth: number): void {
    for (let head = this.#byte(); head !== 0; head = this.#byte()) {
      if (head >> 4 === 0) this.#varint()
      this.#pass(head & 15, depth + 1)
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw noFile()
    this.#at += 1
    return byte
  }

  #varint(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 64n; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
    throw noFile()
  }

  #zigzag(): bigint {
    const value = this.#varint()
    return (value >> 1n) ^ -(value & 1n)
  }
}

function noFile(): Error {
  return new Error('these bytes are no whole Parquet file')
}
