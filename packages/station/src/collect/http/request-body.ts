import type { Readable } from 'node:stream'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyInstance } from 'fastify'

/** What one request may hold, unpacked, and who is told of every byte of it. */
export interface BodyBound {
  readonly bytes: number
  /** Throws Problem ingest.overloaded when all requests together hold too much. */
  readonly spend: (bytes: number) => void
}

/** What of a request its body is read from. */
interface RequestBody {
  readonly body: unknown
  /** Where the body still is of a request that names no type. */
  readonly raw: Readable
  readonly headers: { readonly 'content-encoding'?: string | undefined }
}

const unpackers = new Map<string, () => NodeJS.ReadWriteStream>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
])

/** Leaves bodies of every type as they come, for `bodyBytes` to read within bounds. */
export function leaveBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload))
}

/**
 * The bytes of a request body, unpacked as they come. Throws Problem request.too-large beyond the bound
 * (a decompression bomb ends there), request.unsupported-media for an unknown coding, request.invalid for
 * bytes that are not of the coding named and for a body that ends early, and what `spend` throws.
 */
export async function* bodyBytes(
  { body, raw, headers }: RequestBody,
  { bytes, spend }: BodyBound,
): AsyncGenerator<Buffer, void, undefined> {
  let taken = 0
  for await (const chunk of unpacked((body ?? raw) as Readable, headers['content-encoding'])) {
    taken += chunk.length
    if (taken > bytes) throw new Problem('request.too-large', `more than ${bytes} bytes`)
    spend(chunk.length)
    yield chunk
  }
}

/** The whole body in one piece; throws as `bodyBytes` does. */
export async function wholeBody(request: RequestBody, bound: BodyBound): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of bodyBytes(request, bound)) chunks.push(chunk)
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
