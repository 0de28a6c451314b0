import { createReadStream } from 'node:fs'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

const newline = 10
export const chunkBytes = 1_048_576
export const longestLine = 64 * 1_048_576

/** The lines of a file in chunks of about 1 MiB of whole lines, each with memory of its own, so that it can be handed to a thread. */
export async function* lineChunks(
  file: string,
  input: Readable,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytesOf(file, input)) {
    const end = piece.lastIndexOf(newline) + 1
    if (size + end < chunkBytes || end === 0) {
      pieces.push(piece)
      size += piece.length
      if (size > longestLine) throw new Error(tooLong(file))
      continue
    }
    yield joined([...pieces, piece.subarray(0, end)])
    pieces = end < piece.length ? [piece.subarray(end)] : []
    size = piece.length - end
  }
  if (size > 0) yield joined(pieces)
}

export function tooLong(file: string): string {
  return `${file}: a line exceeds ${longestLine / 1_048_576} MiB`
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

/** Bytes of a file, `-` for the input; unpacked if they are gzip (RFC 1952: they start with 1f 8b). */
export async function* bytesOf(file: string, input: Readable): AsyncGenerator<Buffer> {
  const source = file === '-' ? input : createReadStream(file, { highWaterMark: chunkBytes / 4 })
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]()
  const first = await firstBytes(chunks)
  const all = startingWith(first, chunks)
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* all
    return
  }
  const gunzip = createGunzip({ chunkSize: chunkBytes / 4 })
  // What goes wrong on the way is thrown where the unpacked bytes are read.
  pipeline(all, gunzip, () => undefined)
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new Error(`${file}: the gzip data cannot be unpacked: ${cause}`)
  }
}

/** The first chunk, or the first few if it is too short to tell gzip by. */
async function firstBytes(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let first = Buffer.alloc(0)
  while (first.length < 2) {
    const next = await chunks.next()
    if (next.done) break
    first = Buffer.concat([first, next.value])
  }
  return first
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}
