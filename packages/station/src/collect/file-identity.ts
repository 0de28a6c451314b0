import { hash as digestOf } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

/** Bytes of the beginning that make a fingerprint; fewer while the file is shorter. */
export const wholeFingerprint = 1024
const summedAtOnce = 1_048_576

/** Who a file is, whatever its name: device, inode, and a hash of how it begins. */
export interface FileIdentity {
  readonly device: number
  readonly inode: number
  /** Bytes hashed. */
  readonly length: number
  readonly hash: string
}

/** Identity of an open file of at least one byte; undefined while it is empty. */
export async function identityOf(handle: FileHandle): Promise<FileIdentity | undefined> {
  const { dev, ino, size } = await handle.stat()
  const length = Math.min(size, wholeFingerprint)
  const hash = length === 0 ? undefined : await hashOf(handle, length)
  return hash === undefined ? undefined : { device: dev, inode: ino, length, hash }
}

/** Whether the file still begins as it did: false after it was truncated or written anew. */
export async function beginsAs(
  handle: FileHandle,
  { length, hash }: FileIdentity,
): Promise<boolean> {
  return (await hashOf(handle, length)) === hash
}

/** Whether the file has grown enough for a longer fingerprint than it has. */
export function isShort({ length }: FileIdentity): boolean {
  return length < wholeFingerprint
}

/** The fingerprint of bytes that begin a file. */
export function fingerprint(beginning: Uint8Array): string {
  return digestOf('sha256', beginning).slice(0, 24)
}

/** CRC-32 of a file to `to`, where that to `from` is known; undefined where it is not, or the file ends before. */
export async function sumTo(
  handle: FileHandle,
  to: number,
  known: { from: number; sum: number | undefined },
): Promise<number | undefined> {
  let { from, sum } = known
  if (sum === undefined) return undefined
  const buffer = Buffer.allocUnsafe(Math.min(summedAtOnce, to - from))
  while (from < to) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, to - from), from)
    if (bytesRead === 0) return undefined
    sum = crc32(buffer.subarray(0, bytesRead), sum)
    from += bytesRead
  }
  return sum
}

async function hashOf(handle: FileHandle, length: number): Promise<string | undefined> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, 0)
  return bytesRead < length ? undefined : fingerprint(buffer)
}
