/** What one source says of one indicator, as kept among the details of a layer. */
export interface IndicatorRecord {
  /** Fingerprint of the indicator's key. */
  readonly lo: number
  readonly hi: number
  /** As its list writes it. */
  readonly written: string
  /** Number of the source in the layer. */
  readonly source: number
  /** 0 to 100. */
  readonly confidence: number
  /** Seconds since the epoch from which on it no longer counts; 0 for never. */
  readonly validUntil: number
  readonly comment: string
  /** Whether it takes back what older layers say instead of saying something. */
  readonly removal: boolean
}

/** Stands for every source in what takes back. */
export const everySource = 0xffff

/** A record no part of which exceeds its bound takes at most so many bytes. */
export const longestRecord = 8_192

const header = 20
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Records that so many bytes hold at most. */
export function recordsIn(bytes: number): number {
  return Math.floor(bytes / header)
}

/** Writes a record at `offset`, where `longestRecord` bytes must be free; answers its size, a multiple of four. */
export function writeRecord(bytes: Uint8Array, offset: number, record: IndicatorRecord): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset)
  const written = putText(bytes, offset + header, record.written)
  const comment = putText(bytes, offset + header + written, record.comment)
  view.setInt32(0, record.lo)
  view.setInt32(4, record.hi)
  view.setUint32(8, record.validUntil)
  view.setUint16(12, record.source)
  view.setUint8(14, record.confidence)
  view.setUint8(15, record.removal ? 1 : 0)
  view.setUint16(16, written)
  view.setUint16(18, comment)
  return padded(header + written + comment)
}

/** The record at `offset`, or undefined where its bytes do not reach. */
export function readRecord(bytes: Uint8Array, offset: number): IndicatorRecord | undefined {
  if (offset + header > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset)
  const texts = offset + header
  const comment = texts + view.getUint16(16)
  const end = comment + view.getUint16(18)
  if (end > bytes.length) return undefined
  return {
    lo: view.getInt32(0),
    hi: view.getInt32(4),
    validUntil: view.getUint32(8),
    source: view.getUint16(12),
    confidence: view.getUint8(14),
    removal: view.getUint8(15) === 1,
    written: textOf(bytes, texts, comment),
    comment: textOf(bytes, comment, end),
  }
}

/** Bytes a record at `offset` takes. */
export function sizeOfRecord(bytes: Uint8Array, offset: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset)
  return padded(header + view.getUint16(16) + view.getUint16(18))
}

/** Writes UTF-8; answers its length. Plain ASCII, which is nearly all of it, without the encoder. */
function putText(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) return encoder.encodeInto(text, bytes.subarray(at)).written
    bytes[at + i] = code
  }
  return text.length
}

function padded(size: number): number {
  return (size + 3) & ~3
}

/** A copy is decoded because the decoder refuses shared memory. */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  return from === to ? '' : decoder.decode(new Uint8Array(bytes.subarray(from, to)))
}
