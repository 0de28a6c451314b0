import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { type BackupReaders, wrapKey } from '@haidang/runtime/backup/backup-key'
import {
  type BackedUpTable,
  type BackupFile,
  type BackupManifest,
  requireGenuine,
  sealManifest,
} from '@haidang/runtime/backup/backup-manifest'
import type { BackupShelf, ShelvedBackup } from '@haidang/runtime/backup/backup-shelf'
import { BackupWriter } from '@haidang/runtime/backup/backup-writer'
import { RecordsSnapshot } from '@haidang/runtime/backup/records-snapshot'
import type { Clock } from '@haidang/runtime/clock'
import type { ParquetEvents } from '@haidang/runtime/event-store/parquet-events'
import { parquetRows } from '@haidang/runtime/event-store/parquet-footer'
import { newUuid } from '@haidang/runtime/ids'
import { version } from '../version.ts'
import { eventSlices, type KeptEvents, sliceFile } from './event-slices.ts'
import { nodeFiles } from './node-files.ts'
import { SpoolStage } from './spool-stage.ts'

export interface MakerParts {
  readonly shelf: BackupShelf
  readonly key: Uint8Array
  readonly readers: BackupReaders
  readonly node: string
  /** Of the database's owner. */
  readonly databaseUrl: string
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly progress: (step: string, bytes: number) => void
}

/** What of a running node is saved beside its records. */
export interface WholeNode {
  readonly events: ParquetEvents
  readonly dataDirectory: string
  /** Undefined where the archive lies in a bucket. */
  readonly archiveDirectory: string | undefined
  readonly configurationFile: string
  /** Words about what of the node is not in the backup. */
  readonly leftOut: readonly string[]
}

/** What the snapshot says beside its rows. */
interface Facts extends KeptEvents {
  readonly migrations: Record<string, string>
  readonly journal: { entries: number; head: string }
}

/**
 * Makes one backup of a node that goes on working. The records are those of one moment; the events are exactly
 * those the records count as kept, and the spool holds what comes after, so that nothing stands twice and
 * nothing between them is missing. Without `whole`, the records alone.
 */
export async function makeBackup(parts: MakerParts, whole?: WholeNode): Promise<ShelvedBackup> {
  const { shelf, key, clock, node, readers } = parts
  const id = `backup_${newUuid(clock)}`
  const kind = whole ? 'whole' : 'records'
  const writer = new BackupWriter(shelf, key, await earlierFiles(shelf, kind, key))
  await shelf.begin(id)
  await using stage = whole && (await SpoolStage.open(whole.dataDirectory))
  const records = await saveRecords(parts, writer, stage)
  const events = whole ? await saveEvents(parts, writer, whole.events, records.facts) : 0
  if (whole && stage) await saveFiles(parts, writer, whole, stage)
  const wrapped = wrapKey(key, readers)
  const manifest: Omit<BackupManifest, 'mac'> = {
    format: 1,
    id,
    kind,
    node,
    version,
    events,
    created_at: records.at,
    finished_at: clock.iso(),
    migrations: records.facts.migrations,
    journal: records.facts.journal,
    segment: records.facts.checkpoint?.segment ?? 0,
    tables: records.tables,
    sequences: records.sequences,
    files: writer.files,
    left_out: [...(whole?.leftOut ?? [])],
    keys: whole ? wrapped : [...wrapped, { kind: 'node' }],
  }
  parts.signal.throwIfAborted()
  return await shelf.commit(sealManifest(manifest, key))
}

async function saveRecords(
  { databaseUrl, clock, signal, progress, node }: MakerParts,
  writer: BackupWriter,
  stage: SpoolStage | undefined,
) {
  await using snapshot = await RecordsSnapshot.open(databaseUrl)
  const at = clock.iso()
  await stage?.hold()
  const tables: BackedUpTable[] = []
  for (const table of snapshot.tables) {
    const { schema, name, columns } = table
    progress(`${schema}.${name}`, writer.written)
    const { stream, rows } = snapshot.copy(table)
    await writer.add({ path: recordsPath(table) }, stream, signal)
    tables.push({ schema, name, columns: [...columns], rows: rows() })
  }
  const sequences = await snapshot.sequences()
  return { at, tables, sequences, facts: await factsOf(snapshot, node) }
}

async function factsOf(snapshot: RecordsSnapshot, node: string): Promise<Facts> {
  const applied = await snapshot.rows<{ name: string; checksum: string }>(
    `select "set" || '/' || name as name, checksum from migration`,
  )
  const has = (table: string) => snapshot.tables.some(({ name }) => name === table)
  const [head] = has('journal')
    ? await snapshot.rows<{ seq: number; hash: string }>(
        'select seq, hash from journal order by seq desc limit 1',
      )
    : []
  const [line] = has('line_checkpoint')
    ? await snapshot.rows<{ segment: number; offset: number }>(
        'select segment, "offset" from line_checkpoint where segment >= 0',
      )
    : []
  const waiting = has('event_batch')
    ? await snapshot.rows<{ id: string }>('select id from event_batch')
    : []
  return {
    node,
    migrations: Object.fromEntries(applied.map(({ name, checksum }) => [name, checksum])),
    journal: { entries: Number(head?.seq ?? 0), head: head?.hash ?? '' },
    checkpoint: line && { segment: Number(line.segment), offset: Number(line.offset) },
    waitingBatches: waiting.map(({ id }) => id),
  }
}

async function saveEvents(
  { signal, progress }: MakerParts,
  writer: BackupWriter,
  events: ParquetEvents,
  kept: KeptEvents,
): Promise<number> {
  let saved = 0
  for await (const slice of eventSlices(events, kept)) {
    signal.throwIfAborted()
    progress('events', writer.written)
    const { from, to, rows, print } = slice
    const path = `events/${from}-${to}.parquet`
    if (writer.takeOver(path, print)) {
      saved += rows
      continue
    }
    const bytes = await sliceFile(events, kept, slice, signal)
    const read = parquetRows(bytes)
    saved += read
    // Events of children may have come meanwhile, or retention taken some: the next backup reads this stretch anew.
    const file = { path, print: read === rows ? print : '' }
    await writer.add(file, Readable.from([bytes], { objectMode: false }), signal)
  }
  return saved
}

async function saveFiles(
  { signal, progress }: MakerParts,
  writer: BackupWriter,
  { dataDirectory, archiveDirectory, configurationFile }: WholeNode,
  stage: SpoolStage,
): Promise<void> {
  for (const { name, file, size } of await stage.files()) {
    if (size === 0) continue
    const source = createReadStream(file, { end: size - 1 })
    await writer.add({ path: `spool/${name}` }, source, signal)
  }
  for await (const { path, file, named } of nodeFiles(dataDirectory, archiveDirectory)) {
    progress(path.slice(0, path.indexOf('/')), writer.written)
    const print = named ? 'named by its content' : ''
    if (writer.takeOver(path, print)) continue
    await saveFile(writer, { path, file, print }, signal)
  }
  await saveFile(
    writer,
    { path: 'configuration/haidang.yaml', file: configurationFile, print: '' },
    signal,
  )
}

/** A file that went away meanwhile is not needed any more. */
async function saveFile(
  writer: BackupWriter,
  { path, file, print }: { path: string; file: string; print: string },
  signal: AbortSignal,
): Promise<void> {
  try {
    const mode = (await stat(file)).mode & 0o777
    await writer.add({ path, mode, print }, createReadStream(file), signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

/** Files of the newest backup of the kind, where it was written under the same key. */
async function earlierFiles(
  shelf: BackupShelf,
  kind: 'whole' | 'records',
  key: Uint8Array,
): Promise<readonly BackupFile[]> {
  const newest = shelf.backups.find((backup) => backup.kind === kind)
  if (!newest) return []
  try {
    const manifest = await shelf.manifest(newest.id)
    requireGenuine(manifest, key)
    return manifest.files
  } catch {
    return []
  }
}

/** Where the rows of a table lie in a backup. */
export function recordsPath({ schema, name }: { schema: string; name: string }): string {
  return `records/${schema}.${name}`
}
