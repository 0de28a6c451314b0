import { Problem } from '../../problem.ts'
import { blobNameOf, blobPath, isBlobName } from '../blob-name.ts'
import type { RemovableBlobs } from '../blobs.ts'
import type { S3Client } from './s3-client.ts'
import { uploadInParts } from './s3-upload.ts'

/** Bytes of a blob at most: it is held in memory. */
const largestBlob = 536_870_912
/** Bytes beyond which a blob goes in parts, so that a break repeats a part and not all of it. */
const inParts = 16_777_216
/** Milliseconds in which a service that stands well answers. */
const probeWithin = 4_000

/**
 * Keeps blobs as objects `kind/ab/cd/abcd…` of a bucket: the same names as in a directory, so files can be
 * copied from one to the other. The service checks the digest of what it is sent, and an object is there whole
 * or not at all; what comes back is checked here.
 */
export class S3Blobs implements RemovableBlobs {
  readonly #client: S3Client
  readonly #kind: string

  /** `kind` is the place below the prefix, so that several users of one bucket remove nothing of each other. */
  constructor(client: S3Client, kind: string) {
    this.#client = client
    this.#kind = kind
  }

  async put(bytes: Uint8Array): Promise<string> {
    if (bytes.length > largestBlob)
      throw new Problem('request.too-large', `${bytes.length} bytes, at most ${largestBlob}`)
    const sha256 = blobNameOf(bytes)
    const key = this.#keyOf(sha256)
    if (bytes.length > inParts)
      await uploadInParts(
        this.#client,
        key,
        bytes,
        async () => (await this.get(sha256)) !== undefined,
      )
    else if (!(await this.#client.ask({ method: 'PUT', key, body: bytes })))
      throw new Problem('blobs.unavailable', 'the file store did not take an object')
    return sha256
  }

  async get(sha256: string): Promise<Uint8Array | undefined> {
    if (!isBlobName(sha256)) return undefined
    const key = this.#keyOf(sha256)
    const answer = await this.#client.ask({ method: 'GET', key, largest: largestBlob })
    if (answer && blobNameOf(answer.body) !== sha256)
      throw new Error(`The file kept as ${sha256} has been changed in the bucket`)
    return answer?.body
  }

  async remove(sha256: string): Promise<void> {
    if (isBlobName(sha256)) await this.#client.ask({ method: 'DELETE', key: this.#keyOf(sha256) })
  }

  /** Asks for a name nothing has. Throws, after one attempt, what keeps blobs from being read. */
  async probe(): Promise<void> {
    const key = this.#keyOf('0'.repeat(64))
    await this.#client.ask({ method: 'GET', key, once: probeWithin })
  }

  #keyOf(sha256: string): string {
    return `${this.#kind}/${blobPath(sha256)}`
  }
}
