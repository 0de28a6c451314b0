import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BackupShelf } from '@haidang/runtime/backup/backup-shelf'
import { DirectoryPlace } from '@haidang/runtime/backup/directory-place'
import { systemClock } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import type { BackupConfiguration } from './backup-configuration.ts'
import { configuredPlace } from './node-place.ts'

interface Given {
  /** A directory or `s3://…`; that of the configuration unless told. */
  readonly from: string | undefined
  /** Whose backups, where several nodes have some there. */
  readonly node: string | undefined
  readonly configuration: BackupConfiguration
}

/** The backups a person means. Throws Problem backup.not-found where it is not clear which. */
export async function openGivenShelf({ from, node, configuration }: Given): Promise<BackupShelf> {
  const place = from ?? configuration.directory ?? configuration.url
  if (place === undefined)
    throw new Problem('backup.not-configured', 'name the place with --from, or backup.directory')
  if (!place.startsWith('s3://'))
    return await BackupShelf.open(new DirectoryPlace(await nodeDirectory(place, node)))
  if (node === undefined)
    throw new Problem('backup.not-found', 'a bucket may hold several nodes: name one with --node')
  const { directory: _, ...rest } = configuration
  const bucket = await configuredPlace({ ...rest, url: place }, node, systemClock)
  if (!bucket) throw new Problem('backup.not-configured')
  return await BackupShelf.open(bucket)
}

/** The directory itself, or that of the node below it. */
async function nodeDirectory(directory: string, node: string | undefined): Promise<string> {
  if (node !== undefined) return join(directory, node)
  if (existsSync(join(directory, 'index.json'))) return directory
  const names = await readdir(directory)
  const nodes = names.filter((name) => existsSync(join(directory, name, 'index.json')))
  const [only] = nodes
  if (only !== undefined && nodes.length === 1) return join(directory, only)
  const cause =
    nodes.length === 0
      ? `${directory} holds no backups`
      : `${directory} holds backups of ${nodes.join(', ')}: name one with --node`
  throw new Problem('backup.not-found', cause)
}
