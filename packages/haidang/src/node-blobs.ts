import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RemovableBlobs } from '@haidang/runtime/blobs/blobs'
import { DirectoryBlobs } from '@haidang/runtime/blobs/directory-blobs'
import { readS3Address } from '@haidang/runtime/blobs/s3/s3-address'
import { S3Blobs } from '@haidang/runtime/blobs/s3/s3-blobs'
import { S3Client } from '@haidang/runtime/blobs/s3/s3-client'
import { s3Health } from '@haidang/runtime/blobs/s3/s3-health'
import type { Clock } from '@haidang/runtime/clock'
import type { HealthFinding } from '@haidang/runtime/health'
import { Problem } from '@haidang/runtime/problem'
import type { NodeConfiguration } from './node-configuration.ts'

interface NodeBlobsParts {
  readonly dataDirectory: string
  readonly configuration: Pick<NodeConfiguration, 'blobs' | 'archive'>
  readonly clock: Clock
}

export interface NodeBlobs {
  /** Evidence and large rejects. */
  readonly blobs: RemovableBlobs
  /** Files of archived events, a place of their own. */
  readonly archiveFiles: RemovableBlobs
  /** How the service stands; absent where blobs are files of this machine. */
  readonly health?: () => Promise<HealthFinding>
  close(): void
}

/** Milliseconds for which a service that does not answer is asked again. */
const patience = 30_000

/** Where this node keeps files: directories, or a bucket of a service that speaks S3. Throws Problem configuration.invalid. */
export async function openNodeBlobs(parts: NodeBlobsParts): Promise<NodeBlobs> {
  const { dataDirectory, configuration, clock } = parts
  const { url, access_key, secret_key, authority } = configuration.blobs
  const { directory } = configuration.archive
  if (url === undefined)
    return {
      blobs: new DirectoryBlobs(join(dataDirectory, 'blobs')),
      archiveFiles: new DirectoryBlobs(directory ?? join(dataDirectory, 'archive')),
      close: () => undefined,
    }
  const address = readS3Address(url)
  const client = new S3Client({
    address,
    clock,
    patience,
    accessKey: access_key ?? '',
    secretKey: secret_key ?? '',
    authority: authority === undefined ? undefined : await certificatesIn(authority),
  })
  const blobs = new S3Blobs(client, 'blobs')
  return {
    blobs,
    archiveFiles:
      directory === undefined ? new S3Blobs(client, 'archive') : new DirectoryBlobs(directory),
    health: () => s3Health(blobs, address),
    close: () => client.close(),
  }
}

async function certificatesIn(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: Error) => error)
  if (typeof text === 'string' && text.includes('-----BEGIN CERTIFICATE-----')) return text
  const cause = typeof text === 'string' ? `${file} holds no certificate` : text.message
  const remedy = 'name a PEM file this process may read'
  const refusal = { field: 'blobs.authority', cause, remedy }
  throw new Problem('configuration.invalid', `blobs.authority: ${cause}; ${remedy}`, [refusal])
}
