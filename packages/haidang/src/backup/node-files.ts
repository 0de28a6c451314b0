import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

export interface NodeFile {
  /** In the backup, `/` between its parts. */
  readonly path: string
  readonly file: string
  /** Its name says what it holds: the same name needs no reading again. */
  readonly named: boolean
}

/** Saved otherwise, made anew at the start, or of one run alone. */
const notCopied = new Set([
  'postgres',
  'events',
  'spool',
  'backups',
  'backup-stage',
  'archive',
  'lock',
  'owner',
  'local-access.json',
  'node.log',
  'compiled-rules',
  'indicator-details',
  'restored.json',
  'restore-incomplete',
])

/** Files of the data directory and of the archive, in order. What appears meanwhile may be missing. */
export async function* nodeFiles(
  dataDirectory: string,
  archiveDirectory: string | undefined,
): AsyncGenerator<NodeFile> {
  for (const entry of await entriesOf(dataDirectory)) {
    if (notCopied.has(entry.name) || entry.name.startsWith('.disk-')) continue
    const named = entry.name === 'blobs'
    yield* below(join(dataDirectory, entry.name), `data/${entry.name}`, entry, named)
  }
  if (archiveDirectory === undefined) return
  for (const entry of await entriesOf(archiveDirectory))
    yield* below(join(archiveDirectory, entry.name), `archive/${entry.name}`, entry, true)
}

type Entry = Awaited<ReturnType<typeof entriesOf>>[number]

async function* below(
  file: string,
  path: string,
  entry: Entry,
  named: boolean,
): AsyncGenerator<NodeFile> {
  if (entry.isFile() && !entry.name.endsWith('.new')) yield { path, file, named }
  if (!entry.isDirectory()) return
  for (const inner of await entriesOf(file))
    yield* below(join(file, inner.name), `${path}/${inner.name}`, inner, named)
}

async function entriesOf(directory: string) {
  const entries = await readdir(directory, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return []
    },
  )
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}
