import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupPlace } from '@haidang/runtime/backup/backup-place'
import { BucketPlace } from '@haidang/runtime/backup/bucket-place'
import { DirectoryPlace } from '@haidang/runtime/backup/directory-place'
import { readS3Address } from '@haidang/runtime/blobs/s3/s3-address'
import { S3Client } from '@haidang/runtime/blobs/s3/s3-client'
import type { Clock } from '@haidang/runtime/clock'
import type { BackupConfiguration } from './backup-configuration.ts'

/** Milliseconds for which a service that does not answer is asked again. */
const patience = 60_000

/** The place of a node's backups as its configuration names it; undefined: none is configured. */
export async function configuredPlace(
  configuration: BackupConfiguration,
  node: string,
  clock: Clock,
): Promise<BackupPlace | undefined> {
  const { directory, url } = configuration
  if (directory !== undefined) return new DirectoryPlace(join(directory, node))
  return url === undefined ? undefined : await bucketPlace(configuration, url, node, clock)
}

async function bucketPlace(
  { access_key, secret_key, authority }: BackupConfiguration,
  url: string,
  node: string,
  clock: Clock,
): Promise<BackupPlace> {
  const client = new S3Client({
    address: readS3Address(url),
    clock,
    patience,
    accessKey: access_key ?? '',
    secretKey: secret_key ?? '',
    authority: authority === undefined ? undefined : await readFile(authority, 'utf8'),
  })
  return new BucketPlace(client, url, node)
}

/** Backups of the records made by the node itself, before an upgrade. */
export function upgradePlace(dataDirectory: string): BackupPlace {
  return new DirectoryPlace(join(dataDirectory, 'backups'))
}
