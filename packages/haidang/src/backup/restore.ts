import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { centreMigrations } from '@haidang/centre/migrations'
import { linkMigrations } from '@haidang/link/migrations'
import type { BackupOpener } from '@haidang/runtime/backup/backup-key'
import type { BackupFile, BackupManifest } from '@haidang/runtime/backup/backup-manifest'
import { BackupReader } from '@haidang/runtime/backup/backup-reader'
import type { BackupShelf } from '@haidang/runtime/backup/backup-shelf'
import { loadRecords, requireEmpty } from '@haidang/runtime/backup/records-load'
import type { Clock } from '@haidang/runtime/clock'
import { lockDataDirectory } from '@haidang/runtime/data-directory'
import { EmbeddedPostgres } from '@haidang/runtime/database/embedded/embedded-postgres'
import { ClickhouseEventStore } from '@haidang/runtime/event-store/clickhouse-event-store'
import { openEmbeddedEventStore } from '@haidang/runtime/event-store/embedded-event-store'
import type { ParquetEvents } from '@haidang/runtime/event-store/parquet-events'
import { parquetRows } from '@haidang/runtime/event-store/parquet-footer'
import type { Log } from '@haidang/runtime/log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { Problem } from '@haidang/runtime/problem'
import { daysHeld } from '@haidang/station/archive/archive-queries'
import { eventTableStatements } from '@haidang/station/keep/event-table'
import { stationMigrations } from '@haidang/station/migrations'
import type { NodeConfiguration } from '../node-configuration.ts'
import { checkBackup, genuineKey } from './backup-check.ts'
import { recordsPath } from './backup-maker.ts'
import { putBack } from './event-slices.ts'
import { beginRestore, endRestore, leapSpool, newLifeStatements } from './new-life.ts'

export interface RestoreParts {
  readonly shelf: BackupShelf
  readonly manifest: BackupManifest
  readonly opener: BackupOpener
  readonly dataDirectory: string
  readonly configuration: NodeConfiguration
  readonly clock: Clock
  readonly log: Log
  readonly progress: (step: string) => void
}

const sets = [runtimeMigrations, linkMigrations, stationMigrations, centreMigrations]

/**
 * Brings a node back on an empty host. Everything is read and checked before anything is written. Throws
 * Problem backup.not-empty where the data directory or the engines of the configuration hold anything.
 */
export async function restoreNode(parts: RestoreParts): Promise<void> {
  const { dataDirectory, manifest, configuration, clock } = parts
  if (manifest.kind === 'records') return await restoreRecords(parts)
  const found = await readdir(dataDirectory).catch(() => [])
  if (found.length > 0)
    throw new Problem(
      'backup.not-empty',
      `${dataDirectory} is not empty (${found[0]}); a node is restored into a directory of its own`,
    )
  const reader = await checkedReader(parts)
  await using _ = await lockDataDirectory(dataDirectory)
  if (configuration.database.url !== undefined) await requireEmpty(configuration.database.url)
  await beginRestore(dataDirectory)
  await restoreFiles(parts, reader)
  await restoreEvents(parts, reader)
  await withDatabase(parts, (url) => fillDatabase(parts, reader, url))
  await leapSpool(dataDirectory, manifest.segment)
  await endRestore(dataDirectory, restoredOf(manifest, clock))
}

/** Puts the records of before an upgrade back, beside the files and events the node has. */
async function restoreRecords(parts: RestoreParts): Promise<void> {
  const { dataDirectory, manifest, configuration, clock } = parts
  const identity = await readFile(join(dataDirectory, 'node.json'), 'utf8').catch(() => '{}')
  if (!identity.includes(`"${manifest.node}"`))
    throw new Problem(
      'backup.not-found',
      `the backup holds the records of ${manifest.node} alone, and ${dataDirectory} is not that node; name its data directory with --data`,
    )
  const reader = await checkedReader(parts)
  await using _ = await lockDataDirectory(dataDirectory)
  if (configuration.database.url !== undefined) await requireEmpty(configuration.database.url)
  await beginRestore(dataDirectory)
  if (configuration.database.url === undefined) {
    const aside = `postgres-before-${clock.iso().replaceAll(/[:.]/g, '-')}`
    await rename(join(dataDirectory, 'postgres'), join(dataDirectory, aside))
  }
  await withDatabase(parts, (url) => fillDatabase(parts, reader, url))
  await leapSpool(dataDirectory, manifest.segment)
  await endRestore(dataDirectory, restoredOf(manifest, clock))
}

async function checkedReader(parts: RestoreParts): Promise<BackupReader> {
  const { shelf, manifest, opener, progress } = parts
  await checkBackup(shelf, manifest, opener, (files, of) => progress(`${files} of ${of} checked`))
  return new BackupReader(shelf.place, genuineKey(manifest, opener))
}

async function restoreFiles(parts: RestoreParts, reader: BackupReader): Promise<void> {
  const { manifest, progress } = parts
  for (const file of manifest.files) {
    const target = targetOf(file.path, parts)
    if (target === undefined) continue
    progress(file.path)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    const { mode } = file
    await pipeline(reader.read(file), createWriteStream(target, { flags: 'wx', mode, flush: true }))
  }
}

/** Where a file of a backup belongs; undefined: it is no file of the node. */
function targetOf(
  path: string,
  { dataDirectory, configuration }: RestoreParts,
): string | undefined {
  const [kind = '', ...rest] = path.split('/')
  if (rest.some((part) => part === '' || part === '.' || part === '..')) return undefined
  if (kind === 'data') return join(dataDirectory, ...rest)
  if (kind === 'spool') return join(dataDirectory, 'spool', ...rest)
  if (kind === 'archive')
    return join(configuration.archive.directory ?? join(dataDirectory, 'archive'), ...rest)
  if (kind === 'configuration') return join(dataDirectory, `restored-${rest.join('-')}`)
  return undefined
}

async function restoreEvents(parts: RestoreParts, reader: BackupReader): Promise<void> {
  const { manifest, progress } = parts
  const files = manifest.files.filter(({ path }) => path.startsWith('events/'))
  const events = await openEvents(parts)
  try {
    await events.define(eventTableStatements())
    if ((await daysHeld(events)).length > 0)
      throw new Problem('backup.not-empty', 'the event store holds events; name an empty one')
    for (const file of files) {
      progress(file.path)
      await eventsOf(file, reader, events)
    }
  } finally {
    await events.close()
  }
}

async function eventsOf(
  file: BackupFile,
  reader: BackupReader,
  events: ParquetEvents,
): Promise<void> {
  const bytes = await buffer(reader.read(file))
  await putBack(events, { bytes, rows: parquetRows(bytes), sha256: file.sha256 })
}

async function openEvents(parts: RestoreParts): Promise<ParquetEvents> {
  const { configuration, dataDirectory, clock, log } = parts
  const { url } = configuration.events
  if (url !== undefined) return new ClickhouseEventStore({ url, clock, patience: 30_000 })
  return await openEmbeddedEventStore({ directory: join(dataDirectory, 'events'), clock, log })
}

async function withDatabase(
  { configuration, dataDirectory, log }: RestoreParts,
  work: (url: string) => Promise<void>,
): Promise<void> {
  if (configuration.database.url !== undefined) return await work(configuration.database.url)
  const server = await EmbeddedPostgres.start({ directory: join(dataDirectory, 'postgres'), log })
  try {
    await work(server.url)
  } finally {
    await server.stop()
  }
}

async function fillDatabase(
  { manifest, progress, log }: RestoreParts,
  reader: BackupReader,
  url: string,
): Promise<void> {
  const files = new Map(manifest.files.map((file) => [file.path, file]))
  await loadRecords({
    url,
    sets,
    manifest,
    log,
    progress,
    after: newLifeStatements,
    open: (table) => {
      const file = files.get(recordsPath(table))
      if (!file) throw new Problem('backup.damaged', `the rows of ${table.name} are missing`)
      return reader.read(file)
    },
  })
}

function restoredOf({ id, kind, created_at, journal }: BackupManifest, clock: Clock) {
  return { backup: id, kind, created_at, restored_at: clock.iso(), entries: journal.entries }
}
