import { crc32 } from 'node:zlib'
import type { SpoolEntry } from './spool.ts'

/*
 * A frame holds one entry:
 *   length  u32   bytes of the payload
 *   crc     u32   CRC-32 of the payload
 *   payload: version u8 · received u48 (ms) · origin u8+bytes · key u8+bytes (255: none) · count u32,
 *            then `count` records, each u32 length and bytes.
 * All numbers are little-endian.
 */
const version = 1
const noKey = 255
const nameLimit = 200
export const frameHead = 8
/** An entry is read back whole, so its size is bounded. */
export const frameLimit = 64 * 1024 * 1024

export interface FrameHeader {
  readonly receivedAt: number
  readonly origin: string
  readonly key: string | undefined
  readonly count: number
  /** Where the first record starts, counted from the start of the frame. */
  readonly recordsAt: number
}

/** Bytes of an entry as they go to disk. Throws RangeError for an entry beyond the bounds of the port. */
export function encodeFrame(entry: SpoolEntry, receivedAt: number): Buffer {
  const origin = Buffer.from(entry.origin)
  const key = entry.key === undefined ? undefined : Buffer.from(entry.key)
  if (origin.length > nameLimit || (key?.length ?? 0) > nameLimit)
    throw new RangeError(`origin and key have at most ${nameLimit} bytes`)
  let size = 1 + 6 + 1 + origin.length + 1 + (key?.length ?? 0) + 4
  for (const record of entry.records) size += 4 + record.length
  if (size > frameLimit) throw new RangeError(`an entry has at most ${frameLimit} bytes`)
  const frame = Buffer.allocUnsafe(frameHead + size)
  let at = frame.writeUInt8(version, frameHead)
  at = frame.writeUIntLE(receivedAt, at, 6)
  at = frame.writeUInt8(origin.length, at)
  at += origin.copy(frame, at)
  at = frame.writeUInt8(key?.length ?? noKey, at)
  at += key?.copy(frame, at) ?? 0
  at = frame.writeUInt32LE(entry.records.length, at)
  for (const record of entry.records) {
    at = frame.writeUInt32LE(record.length, at)
    frame.set(record, at)
    at += record.length
  }
  frame.writeUInt32LE(size, 0)
  frame.writeUInt32LE(crc32(frame.subarray(frameHead)), 4)
  return frame
}

/** Bytes of the whole frame that starts at `at`; undefined: no frame can start so. */
export function frameLength(buffer: Buffer, at: number): number | undefined {
  const size = buffer.readUInt32LE(at)
  return size < 13 || size > frameLimit ? undefined : frameHead + size
}

/** Header of a whole frame; undefined: its bytes are not what was written. */
export function decodeFrame(frame: Buffer): FrameHeader | undefined {
  if (frame.readUInt32LE(4) !== crc32(frame.subarray(frameHead))) return undefined
  if (frame.readUInt8(frameHead) !== version) return undefined
  const receivedAt = frame.readUIntLE(frameHead + 1, 6)
  let at = frameHead + 7
  const originEnd = at + 1 + frame.readUInt8(at)
  const origin = frame.toString('utf8', at + 1, originEnd)
  const keyLength = frame.readUInt8(originEnd)
  at = originEnd + 1
  const key = keyLength === noKey ? undefined : frame.toString('utf8', at, at + keyLength)
  if (keyLength !== noKey) at += keyLength
  return { receivedAt, origin, key, count: frame.readUInt32LE(at), recordsAt: at + 4 }
}

/** Records of a decoded frame from the one at `from` (counted from its start), with where each starts and ends. */
export function* recordsOf(
  frame: Buffer,
  from: number,
): Generator<{ at: number; end: number; body: Buffer }> {
  let at = from
  while (at < frame.length) {
    const end = at + 4 + frame.readUInt32LE(at)
    yield { at, end, body: frame.subarray(at + 4, end) }
    at = end
  }
}
