import { promisify } from 'node:util'
import { gunzip, zstdDecompress } from 'node:zlib'
import { ProtocolError } from '../protocol-error.ts'
import { unpackLz4 } from './lz4.ts'
import { unpackSnappy } from './snappy.ts'

const gunzipped = promisify(gunzip)
const unzstd = promisify(zstdDecompress)

type Unpack = (bytes: Buffer, most: number) => Buffer | Promise<Buffer>

const codecs: readonly Unpack[] = [
  (bytes) => bytes,
  (bytes, most) => gunzipped(bytes, { maxOutputLength: most }),
  unpackSnappy,
  unpackLz4,
  (bytes, most) => unzstd(bytes, { maxOutputLength: most }),
]

/** The records of a batch by their codec, at most so many bytes. Throws ProtocolError. */
export async function unpack(codec: number, bytes: Buffer, most: number): Promise<Buffer> {
  const unpacking = codecs[codec]
  if (unpacking === undefined) throw new ProtocolError(`packed by codec ${codec}`)
  try {
    return await unpacking(bytes, most)
  } catch (error) {
    if (error instanceof ProtocolError) throw error
    throw new ProtocolError(`not unpacked: ${error instanceof Error ? error.message : error}`)
  }
}
