import { ipv4At, ipv6At, macAt } from './addresses.ts'
import type { Kind } from './elements.ts'

export type FieldValue = string | number | boolean

/** Octets shown of a field that nobody knows to read. */
const longestOctets = 512
const longestText = 4096
const ntpEpochSeconds = 2_208_988_800
const epochSize = 2 ** 32

/**
 * The value of a field: times in milliseconds since the epoch, numbers beyond 2⁵³ as decimal text, octets in
 * hexadecimal. A length the kind cannot have is read as octets. Never throws inside the bounds of `bytes`.
 */
export function valueAt(kind: Kind, bytes: Buffer, at: number, length: number): FieldValue {
  const read = readers[kind](bytes, at, length)
  return read ?? bytes.toString('hex', at, at + Math.min(length, longestOctets))
}

type Reader = (bytes: Buffer, at: number, length: number) => FieldValue | undefined

const readers: Record<Kind, Reader> = {
  unsigned: unsignedAt,
  signed: (bytes, at, length) =>
    length > 0 && length <= 6 ? bytes.readIntBE(at, length) : undefined,
  float: floatAt,
  boolean: (bytes, at, length) => (length === 1 ? bytes[at] === 1 : undefined),
  ip: (bytes, at, length) => {
    if (length === 4) return ipv4At(bytes, at)
    return length === 16 ? ipv6At(bytes, at) : undefined
  },
  mac: (bytes, at, length) => (length === 6 ? macAt(bytes, at) : undefined),
  text: textAt,
  octets: () => undefined,
  seconds: (bytes, at, length) => (length === 4 ? bytes.readUInt32BE(at) * 1000 : undefined),
  milliseconds: (bytes, at, length) => (length === 8 ? unsignedAt(bytes, at, 8) : undefined),
  microseconds: ntpAt,
  nanoseconds: ntpAt,
}

function unsignedAt(bytes: Buffer, at: number, length: number): FieldValue | undefined {
  if (length === 4) return bytes.readUInt32BE(at)
  if (length > 0 && length <= 6) return bytes.readUIntBE(at, length)
  if (length !== 8) return undefined
  const high = bytes.readUInt32BE(at)
  if (high < 0x20_0000) return high * epochSize + bytes.readUInt32BE(at + 4)
  return bytes.readBigUInt64BE(at).toString()
}

function floatAt(bytes: Buffer, at: number, length: number): FieldValue | undefined {
  if (length !== 4 && length !== 8) return undefined
  const value = length === 4 ? bytes.readFloatBE(at) : bytes.readDoubleBE(at)
  return Number.isFinite(value) ? value : undefined
}

/** UTF-8, padded with zeros where its length is fixed. */
function textAt(bytes: Buffer, at: number, length: number): string {
  const end = bytes.subarray(at, at + Math.min(length, longestText)).indexOf(0)
  return bytes.toString('utf8', at, at + (end < 0 ? Math.min(length, longestText) : end))
}

/** Seconds since 1900 and their fraction (RFC 7011, 6.1.9). */
function ntpAt(bytes: Buffer, at: number, length: number): number | undefined {
  if (length !== 8) return undefined
  const seconds = bytes.readUInt32BE(at)
  // The era that began in 2036 continues the one of 1900.
  const era = seconds < ntpEpochSeconds ? seconds + epochSize : seconds
  const fraction = bytes.readUInt32BE(at + 4) / epochSize
  return (era - ntpEpochSeconds) * 1000 + Math.floor(fraction * 1000)
}
