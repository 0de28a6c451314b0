import { BackupShelf } from '@haidang/runtime/backup/backup-shelf'
import type { Clock } from '@haidang/runtime/clock'
import { type MigrationSet, pendingMigrations } from '@haidang/runtime/database/migrator'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import type { BackupConfiguration } from './backup-configuration.ts'
import { backupKey } from './backup-key-file.ts'
import { makeBackup } from './backup-maker.ts'
import { upgradePlace } from './node-place.ts'

interface UpgradeParts {
  readonly url: string
  readonly sets: readonly MigrationSet[]
  readonly dataDirectory: string
  readonly node: string
  readonly readers: Pick<BackupConfiguration, 'recipient' | 'passphrase'>
  readonly clock: Clock
  readonly log: Log
}

const kept = 3

/**
 * Saves the records of a database this version is about to change, so that `haidang backup restore` can go back.
 * Throws Problem backup.before-upgrade where that fails: nothing is changed then.
 */
export async function backUpBeforeUpgrade(parts: UpgradeParts): Promise<void> {
  const { url, sets, dataDirectory, log } = parts
  const pending = await pendingMigrations(url, sets).catch((error: unknown) => {
    if (error instanceof Problem) throw error
    // Who opens the database says why it does not answer.
    return []
  })
  if (pending.length === 0) return
  log.info({ migrations: pending.length }, 'the database is upgraded; its records are saved before')
  const place = upgradePlace(dataDirectory)
  try {
    const shelf = await BackupShelf.open(place)
    const { id } = await makeBackup({
      shelf,
      node: parts.node,
      databaseUrl: url,
      readers: parts.readers,
      key: await backupKey(dataDirectory),
      clock: parts.clock,
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    await shelf.thin('records', kept)
    log.info({ backup: id, place: place.label }, 'the records of before the upgrade are saved')
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new Problem(
      'backup.before-upgrade',
      `the records could not be saved in ${place.label} before the upgrade: ${cause}; nothing was changed`,
    )
  }
}
