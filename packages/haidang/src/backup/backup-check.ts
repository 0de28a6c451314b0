import { type BackupOpener, unwrapKey } from '@haidang/runtime/backup/backup-key'
import type { BackupManifest } from '@haidang/runtime/backup/backup-manifest'
import { requireGenuine } from '@haidang/runtime/backup/backup-manifest'
import { BackupReader, pieceOf } from '@haidang/runtime/backup/backup-reader'
import type { BackupShelf } from '@haidang/runtime/backup/backup-shelf'

export interface CheckedBackup {
  readonly id: string
  readonly files: number
  readonly bytes: number
  /** `sealed`: every piece is there and unchanged; `opened`: every file was read to its end, too. */
  readonly depth: 'sealed' | 'opened'
}

type Progress = (files: number, of: number) => void

/**
 * Reads a backup to its end. Without an opener, whether every piece is there as it was written; with one, every
 * file is opened and compared as well. Throws Problem backup.damaged naming the first that is not right.
 */
export async function checkBackup(
  shelf: BackupShelf,
  manifest: BackupManifest,
  opener: BackupOpener | undefined,
  progress: Progress,
): Promise<CheckedBackup> {
  const reader = opener && new BackupReader(shelf.place, genuineKey(manifest, opener))
  let bytes = 0
  for (const [number, file] of manifest.files.entries()) {
    progress(number, manifest.files.length)
    if (reader) await reader.check(file)
    else for (const chunk of file.chunks) await pieceOf(shelf.place, chunk, file.path)
    bytes += file.bytes
  }
  const depth = reader ? 'opened' : 'sealed'
  return { id: manifest.id, files: manifest.files.length, bytes, depth }
}

/** The key of a backup that is as its node wrote it. */
export function genuineKey(manifest: BackupManifest, opener: BackupOpener): Buffer {
  const key = unwrapKey(manifest.keys, opener)
  requireGenuine(manifest, key)
  return key
}
