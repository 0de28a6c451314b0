import { Instant } from '@haidang/contracts/instant'
import { z } from 'zod'
import { blobNameOf } from '../blobs/blob-name.ts'
import { Problem } from '../problem.ts'
import { type BackupManifest, readManifest } from './backup-manifest.ts'
import type { BackupPlace } from './backup-place.ts'

const ShelvedBackup = z.strictObject({
  id: z.string(),
  kind: z.enum(['whole', 'records']),
  node: z.string(),
  version: z.string(),
  created_at: Instant,
  finished_at: Instant,
  bytes: z.int(),
  files: z.int(),
  events: z.int(),
  manifest_sha256: z.string(),
})
export type ShelvedBackup = z.infer<typeof ShelvedBackup>

const Index = z.strictObject({
  format: z.literal(1),
  backups: z.array(ShelvedBackup),
  /** A backup under way: pieces up to this number may lie there without belonging to anything. */
  open: z.strictObject({ id: z.string(), pieces: z.int() }).nullable(),
})
type Index = z.infer<typeof Index>

const indexName = 'index.json'
/** Pieces that are noted before they are written. */
const noted = 64

/**
 * The backups of one node in one place. A backup stands in the index from the moment its manifest is there;
 * what an interrupted one left is known by number and removed before the next.
 */
export class BackupShelf {
  readonly #place: BackupPlace
  #index: Index
  #pieces = 0

  private constructor(place: BackupPlace, index: Index) {
    this.#place = place
    this.#index = index
  }

  /** Throws Problem backup.damaged where the index cannot be read. */
  static async open(place: BackupPlace): Promise<BackupShelf> {
    const bytes = await place.read(indexName)
    if (!bytes) return new BackupShelf(place, { format: 1, backups: [], open: null })
    try {
      const index = Index.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
      return new BackupShelf(place, index)
    } catch {
      throw new Problem('backup.damaged', `${place.label}/${indexName} is no index of backups`)
    }
  }

  get place(): BackupPlace {
    return this.#place
  }

  /** Newest first. */
  get backups(): readonly ShelvedBackup[] {
    return this.#index.backups.toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1))
  }

  /** Removes what an interrupted backup left, and notes the one that begins. */
  async begin(id: string): Promise<void> {
    await this.#sweep()
    this.#pieces = 0
    await this.#write({ ...this.#index, open: { id, pieces: noted } })
  }

  /** The name of the next piece of the backup under way. */
  async nextPiece(): Promise<string> {
    const { open } = this.#index
    if (!open) throw new Error('no backup is under way')
    if (this.#pieces >= open.pieces)
      await this.#write({ ...this.#index, open: { ...open, pieces: open.pieces + noted } })
    this.#pieces += 1
    return pieceName(open.id, this.#pieces)
  }

  /** From here on the backup is there. */
  async commit(manifest: BackupManifest): Promise<ShelvedBackup> {
    const bytes = Buffer.from(JSON.stringify(manifest))
    await this.#place.write(manifestName(manifest.id), bytes)
    const { id, kind, node, version, created_at, finished_at, files, events } = manifest
    const backup = {
      id,
      kind,
      node,
      version,
      created_at,
      finished_at,
      events,
      files: files.length,
      bytes: sumOf(files.flatMap(({ chunks }) => chunks.map((chunk) => chunk.bytes))),
      manifest_sha256: blobNameOf(bytes),
    }
    await this.#write({ ...this.#index, backups: [...this.#index.backups, backup], open: null })
    return backup
  }

  /** Throws Problem backup.not-found, or backup.damaged where it is not the manifest that was written. */
  async manifest(id: string): Promise<BackupManifest> {
    const known = this.#index.backups.find((backup) => backup.id === id)
    if (!known) throw new Problem('backup.not-found', `${this.#place.label} has no backup ${id}`)
    const bytes = await this.#place.read(manifestName(id))
    if (!bytes) throw new Problem('backup.damaged', `the manifest of ${id} is missing`)
    if (blobNameOf(bytes) !== known.manifest_sha256)
      throw new Problem('backup.damaged', `the manifest of ${id} was changed`)
    return readManifest(bytes, manifestName(id))
  }

  /** Lets backups beyond the newest `keep` of a kind go, with the pieces no other needs. */
  async thin(kind: ShelvedBackup['kind'], keep: number): Promise<string[]> {
    const old = this.backups.filter((backup) => backup.kind === kind).slice(keep)
    for (const { id } of old) await this.remove(id)
    return old.map(({ id }) => id)
  }

  /** Removes one backup and the pieces no other needs. */
  async remove(id: string): Promise<void> {
    const gone = await this.manifest(id)
    const others = this.#index.backups.filter((backup) => backup.id !== id)
    const needed = new Set<string>()
    for (const other of others)
      for (const name of piecesOf(await this.manifest(other.id))) needed.add(name)
    await this.#write({ ...this.#index, backups: others })
    for (const name of piecesOf(gone)) if (!needed.has(name)) await this.#place.remove(name)
    await this.#place.remove(manifestName(id))
  }

  async #sweep(): Promise<void> {
    const { open } = this.#index
    if (!open) return
    for (let piece = 1; piece <= open.pieces; piece++)
      await this.#place.remove(pieceName(open.id, piece))
    await this.#place.remove(manifestName(open.id))
    await this.#write({ ...this.#index, open: null })
  }

  async #write(index: Index): Promise<void> {
    await this.#place.write(indexName, Buffer.from(JSON.stringify(index)))
    this.#index = index
  }
}

function piecesOf({ files }: BackupManifest): string[] {
  return files.flatMap(({ chunks }) => chunks.map(({ name }) => name))
}

function pieceName(id: string, piece: number): string {
  return `${id}/${String(piece).padStart(7, '0')}`
}

function manifestName(id: string): string {
  return `${id}/manifest.json`
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0)
}
