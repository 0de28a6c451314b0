import type { Readable } from 'node:stream'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib'
import { Problem } from '@haidang/runtime/problem'

/** What one request may hold, unpacked, and who is told of every byte of it. */
export interface BodyBound {
  readonly bytes: number
  /** Throws Problem ingest.overloaded when all requests together hold too much. */
  readonly spend: (bytes: number) => void
}

const unpackers = new Map<string, () => NodeJS.ReadWriteStream>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
])

/**
 * The bytes of a request body, unpacked as they come. Throws Problem request.too-large beyond the bound
 * (a decompression bomb ends there), request.unsupported-media for an unknown coding, request.invalid for
 * bytes that are not of the coding named and for a body that ends early, and what `spend` throws.
 */
export async function* bodyBytes(
  body: Readable,
  encoding: string | undefined,
  { bytes, spend }: BodyBound,
): AsyncGenerator<Buffer, void, undefined> {
  let taken = 0
  for await (const chunk of unpacked(body, encoding)) {
    taken += chunk.length
    if (taken > bytes) throw new Problem('request.too-large', `more than ${bytes} bytes`)
    spend(chunk.length)
    yield chunk
  }
}

/** The whole body in one piece; throws as `bodyBytes` does. */
export async function wholeBody(
  body: Readable,
  encoding: string | undefined,
  bound: BodyBound,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of bodyBytes(body, encoding, bound)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* unpacked(
  body: Readable,
  encoding: string | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  const coding = encoding?.trim().toLowerCase() ?? ''
  if (coding === 'identity' || coding === '') return yield* plain(body)
  const unpacker = unpackers.get(coding)
  if (!unpacker) {
    throw new Problem('request.unsupported-media', `content-encoding ${coding.slice(0, 40)}`)
  }
  const stream = unpacker() as NodeJS.ReadWriteStream & { destroy: (error?: Error) => void }
  body.once('error', (error) => stream.destroy(error))
  body.once('aborted', () => stream.destroy(new Error('the sender went away')))
  body.pipe(stream)
  try {
    yield* stream as unknown as AsyncIterable<Buffer>
  } catch (error) {
    throw new Problem('request.invalid', `cannot unpack ${coding}: ${String(error)}`)
  } finally {
    body.unpipe(stream)
    stream.destroy()
  }
}

async function* plain(body: Readable): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* body as AsyncIterable<Buffer>
  } catch (error) {
    throw new Problem('request.invalid', `the body ended early: ${String(error)}`)
  }
}
