import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeDurably } from '../../write-durably.ts'
import type { ServerPlace } from './server-place.ts'

const run = promisify(execFile)

/** What every process of PostgreSQL runs under; nothing of our own environment leaks in. */
export const serverEnvironment = { LC_ALL: 'C.UTF-8', TZ: 'UTC' }

/** A database cluster on disk and the password of its owner, `haidang`. */
export interface Cluster {
  readonly directory: string
  readonly password: string
}

/**
 * Opens the cluster in `place.home`, made by initdb on first use. It is built beside and renamed,
 * so a kill in between leaves nothing half made.
 */
export async function openCluster(place: ServerPlace): Promise<Cluster> {
  const directory = join(place.home, 'cluster')
  const secret = join(place.home, 'password')
  if (!existsSync(directory)) await initialise(place, directory, secret)
  return { directory, password: (await readFile(secret, 'utf8')).trim() }
}

async function initialise(place: ServerPlace, directory: string, secret: string): Promise<void> {
  const { account } = place
  const fresh = `${directory}.new`
  await rm(fresh, { recursive: true, force: true })
  // The cluster is of no use without it.
  await writeDurably(secret, randomBytes(32).toString('base64url'))
  if (account) await chown(secret, account.uid, account.gid)
  const identity = account ? { uid: account.uid, gid: account.gid } : {}
  await run(
    join(place.bin, 'initdb'),
    [
      `--pgdata=${fresh}`,
      '--username=haidang',
      `--pwfile=${secret}`,
      '--auth=scram-sha-256',
      '--locale=C.UTF-8',
      '--encoding=UTF8',
      '--data-checksums',
    ],
    { ...identity, cwd: place.home, env: serverEnvironment },
  )
  await rename(fresh, directory)
}
