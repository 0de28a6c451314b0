import type { Readable } from 'node:stream'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib'
import { Problem } from '@haidang/runtime/problem'
import { keptOfLongRecord, longestRecord } from './collector.ts'
import { LineSplitter, type SplitLine } from './line-splitter.ts'

/** What one request may hold, unpacked. It is appended at once, so it lies in memory whole. */
export interface BodyBounds {
  readonly bytes: number
  readonly lines: number
}

const unpackers: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
}

/**
 * Reads a request body as lines, unpacking as it comes. Throws Problem request.too-large beyond the
 * bounds (a decompression bomb ends there), request.unsupported-media for an unknown coding,
 * request.invalid for bytes that are not of the coding named.
 */
export async function readLines(
  body: Readable,
  encoding: string | undefined,
  bounds: BodyBounds,
): Promise<SplitLine[]> {
  const splitter = new LineSplitter(longestRecord, keptOfLongRecord)
  const lines: SplitLine[] = []
  let bytes = 0
  for await (const chunk of unpacked(body, encoding)) {
    bytes += chunk.length
    if (bytes > bounds.bytes)
      throw new Problem('request.too-large', `more than ${bounds.bytes} bytes`)
    take(lines, splitter.push(chunk), bounds)
  }
  const last = splitter.end()
  if (last) take(lines, [last], bounds)
  return lines
}

function take(lines: SplitLine[], more: readonly SplitLine[], bounds: BodyBounds): void {
  for (const line of more) if (line.bytes.length > 0) lines.push(line)
  if (lines.length > bounds.lines) {
    throw new Problem('request.too-large', `more than ${bounds.lines} lines`)
  }
}

async function* unpacked(
  body: Readable,
  encoding: string | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  const coding = encoding?.trim().toLowerCase() ?? 'identity'
  if (coding === 'identity' || coding === '') return yield* body as AsyncIterable<Buffer>
  const unpacker = unpackers[coding]
  if (!unpacker || !Object.hasOwn(unpackers, coding)) {
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
