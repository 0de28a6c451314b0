import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

/** Bytes of the beginning that make a fingerprint; fewer while the file is shorter. */
const wholeFingerprint = 256

/** Who a file is, whatever its name: device, inode, and a hash of how it begins. */
export interface FileIdentity {
  readonly device: number
  readonly inode: number
  /** Bytes hashed. */
  readonly length: number
  readonly hash: string
}

export function printIdentity({ device, inode, length, hash }: FileIdentity): string {
  return `${device}-${inode}-${length}-${hash}`
}

export function readIdentity(text: string): FileIdentity | undefined {
  const [device, inode, length, hash] = text.split('-')
  if (hash === undefined) return undefined
  return { device: Number(device), inode: Number(inode), length: Number(length), hash }
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

async function hashOf(handle: FileHandle, length: number): Promise<string | undefined> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, 0)
  if (bytesRead < length) return undefined
  return createHash('sha256').update(buffer).digest('hex').slice(0, 24)
}
