import { closeSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { chunkBytes, lineChunks, longestLine, tooLong } from './line-chunks.ts'

/** Bytes of a file from which a thread reads the lines that begin there. */
export interface FilePart {
  readonly file: string
  readonly from: number
  readonly to: number
}

/** Whole lines, or where to read them. */
export type LinePart = Uint8Array<ArrayBuffer> | FilePart

const newline = 10

/**
 * A file in parts, in order: a plain file as places in it, which costs the caller nothing; what is gzip or
 * no regular file (`-` is the input) as lines read here.
 */
export async function* partsOf(file: string, input: Readable): AsyncGenerator<LinePart> {
  const size = file === '-' ? undefined : await plainSize(file)
  if (size === undefined) {
    yield* lineChunks(file, input)
    return
  }
  for (let from = 0; from < size; from += chunkBytes) {
    yield { file, from, to: Math.min(from + chunkBytes, size) }
  }
}

/** Length of a regular file that is not gzip; else undefined. */
async function plainSize(file: string): Promise<number | undefined> {
  const handle = await open(file)
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) return undefined
    const { buffer, bytesRead } = await handle.read(new Uint8Array(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b ? undefined : stat.size
  } finally {
    await handle.close()
  }
}

/** Reads parts one after the other into the same memory. */
export class PartReader {
  #bytes = Buffer.allocUnsafeSlow(chunkBytes + 65_536)

  /** The lines that begin in a part, whole: the last may reach beyond it. Valid until the next call. */
  read({ file, from, to }: FilePart): Uint8Array<ArrayBuffer> {
    if (to <= from) return new Uint8Array()
    const handle = openSync(file, 'r')
    try {
      // The byte before says whether a line begins at `from`.
      const first = Math.max(from - 1, 0)
      let length = readSync(handle, this.#bytes, 0, this.#bytes.length, first)
      const start = from === 0 ? 0 : this.#newlineFrom(0, to - first) + 1
      if (start === 0 && from > 0) return new Uint8Array()
      for (let searched = to - 1 - first; ; ) {
        const end = this.#newlineFrom(searched, length)
        if (end >= 0) return this.#lines(start, end + 1)
        if (length - start > longestLine) throw new Error(tooLong(file))
        searched = length
        length += this.#readMore(handle, first, length)
        if (length === searched) return this.#lines(start, length)
      }
    } finally {
      closeSync(handle)
    }
  }

  #readMore(handle: number, first: number, length: number): number {
    if (length === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], length * 2)
    return readSync(handle, this.#bytes, length, this.#bytes.length - length, first + length)
  }

  #newlineFrom(from: number, to: number): number {
    return this.#bytes.subarray(0, to).indexOf(newline, from)
  }

  #lines(start: number, end: number): Uint8Array<ArrayBuffer> {
    const { buffer, byteOffset } = this.#bytes
    return new Uint8Array(buffer, byteOffset + start, Math.max(end - start, 0))
  }
}
