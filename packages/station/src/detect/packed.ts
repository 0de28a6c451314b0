import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Bytes as they are kept. */
export function packed(body: string | Uint8Array): Promise<Uint8Array> {
  return compress(body, fast)
}

/** The bytes again. Rejects for other bytes than `packed` made. */
export function unpacked(body: Uint8Array): Promise<Buffer> {
  return decompress(body)
}

/** The JSON that was packed. */
export async function unpackedJson<T>(body: Uint8Array): Promise<T> {
  return JSON.parse((await unpacked(body)).toString('utf8')) as T
}
