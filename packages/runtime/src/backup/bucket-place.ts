import type { S3Client } from '../blobs/s3/s3-client.ts'
import { Problem } from '../problem.ts'
import type { BackupPlace } from './backup-place.ts'

/** Bytes of a file at most; manifests of nodes with millions of files are the largest. */
const largest = 536_870_912

/** Keeps backups as objects `backups/…` of a bucket. */
export class BucketPlace implements BackupPlace {
  readonly label: string
  readonly #client: S3Client
  readonly #below: string

  /** `below` keeps the backups of several nodes in one bucket apart. */
  constructor(client: S3Client, label: string, below: string) {
    this.#client = client
    this.label = label
    this.#below = below
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    const answer = await this.#client.ask({ method: 'GET', key: this.#keyOf(name), largest })
    return answer?.body
  }

  async write(name: string, body: Uint8Array): Promise<void> {
    const answer = await this.#client.ask({ method: 'PUT', key: this.#keyOf(name), body })
    if (!answer)
      throw new Problem('blobs.unavailable', 'the file store did not take a part of the backup')
  }

  async remove(name: string): Promise<void> {
    await this.#client.ask({ method: 'DELETE', key: this.#keyOf(name) })
  }

  close(): void {
    this.#client.close()
  }

  #keyOf(name: string): string {
    return ['backups', this.#below, name].filter((part) => part !== '').join('/')
  }
}
