import { promisify } from 'node:util'
import { gunzip, gzip, zstdCompress, zstdDecompress } from 'node:zlib'
import { Problem } from '@haidang/runtime/problem'
import { limits } from './limits.ts'

const inflate = { gzip: promisify(gunzip), zstd: promisify(zstdDecompress) } as const
const pack = promisify(gzip)
const press = promisify(zstdCompress)

/**
 * The body a `Content-Encoding` stands for (RFC 9110 section 8.4.1, RFC 8878), at most `limits.batch` bytes.
 * Throws Problem request.unsupported-media, request.too-large or link.batch-invalid.
 */
export async function decompressed(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return body
  if (encoding !== 'gzip' && encoding !== 'zstd') {
    throw new Problem('request.unsupported-media', `content-encoding ${encoding}: use gzip or zstd`)
  }
  try {
    return await inflate[encoding](body, { maxOutputLength: limits.batch })
  } catch (error) {
    const tooLarge =
      error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    if (tooLarge) throw new Problem('request.too-large', `over ${limits.batch} bytes once unpacked`)
    throw new Problem('link.batch-invalid', `the body is not ${encoding}`)
  }
}

/** Gzip of a batch, fast rather than small: the link is rarely the bottleneck, the processor is. */
export function compressed(body: Buffer): Promise<Buffer> {
  return pack(body, { level: 1 })
}

/** Zstandard of a batch of the bulk lane, where every byte counts against a budget. */
export function pressed(body: Buffer): Promise<Buffer> {
  return press(body)
}
