import type { FileIdentity } from './file-identity.ts'

/** Why the rest of a packed file was not read. */
export const unpackFaults = ['truncated', 'corrupt', 'ratio', 'size', 'unknown'] as const
export type UnpackFaultKind = (typeof unpackFaults)[number]

/** A packed file read to its end: as it was then, and what was wrong with it. */
export interface FinishedPacked {
  /** Bytes, packed. */
  readonly size: number
  /** Milliseconds since the epoch. */
  readonly modified: number
  readonly fault?: UnpackFaultKind | undefined
}

/** Who a file is, as its checkpoint says. */
export interface FileMark {
  /** Of a packed file: its device and inode, and how begins what it holds. */
  readonly identity: FileIdentity
  /** CRC-32 of all that was read; undefined: not known. */
  readonly sum: number | undefined
  readonly isPacked?: boolean
  readonly finished?: FinishedPacked | undefined
}

/** The text `readMark` reads. */
export function printMark({ identity, sum, isPacked, finished }: FileMark): string {
  const { device, inode, length, hash } = identity
  const parts = [device, inode, length, hash, sum?.toString(16) ?? '']
  if (isPacked) parts.push('packed')
  if (finished) parts.push(finished.size, finished.modified, finished.fault ?? '')
  return parts.join('-')
}

/** Undefined if the text is none of `printMark`; one without a sum is of an older program. */
export function readMark(text: string): FileMark | undefined {
  const [device, inode, length, hash, sum, packed, ...finished] = text.split('-')
  if (hash === undefined) return undefined
  return {
    identity: { device: Number(device), inode: Number(inode), length: Number(length), hash },
    sum: sum ? Number.parseInt(sum, 16) : undefined,
    isPacked: packed === 'packed',
    finished: readFinished(finished),
  }
}

function readFinished([size, modified, fault]: readonly string[]): FinishedPacked | undefined {
  if (modified === undefined) return undefined
  const kind = unpackFaults.find((each) => each === fault)
  return { size: Number(size), modified: Number(modified), fault: kind }
}
