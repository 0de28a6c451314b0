import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Problem } from '../../problem.ts'
import { findBinaries } from './postgres-binaries.ts'
import { accountForServer, canReach, type SystemAccount } from './system-account.ts'

/** Where the server runs, and as whom. */
export interface ServerPlace {
  /** Directory with `initdb` and `postgres`. */
  readonly bin: string
  /** Holds the cluster; belongs to the account alone. */
  readonly home: string
  readonly account: SystemAccount | undefined
}

/**
 * Settles where binaries and cluster lie. Normally: npm's own directory and `directory`.
 * When the server's account cannot get there (say, a checkout below a private home and started by
 * root), binaries and cluster go below `refuge`, and the file `location` in `directory` says so.
 */
export async function settle(directory: string, refuge = '/var/lib/haidang'): Promise<ServerPlace> {
  await mkdir(directory, { recursive: true })
  const known = await knownHome(resolve(directory))
  const account = known ? await ownerOf(known) : await accountForServer()
  const home = known ?? (await newHome(resolve(directory), refuge, account))
  return { bin: await binFor(refuge, account), home, account }
}

/** Where an earlier start put the cluster. */
async function knownHome(directory: string): Promise<string | undefined> {
  const pointer = join(directory, 'location')
  if (existsSync(pointer)) return followed(pointer)
  const home = join(directory, 'server')
  return existsSync(home) ? home : undefined
}

/** A cluster keeps its owner: as root we become that user, as anybody else it must be ours. */
async function ownerOf(home: string): Promise<SystemAccount | undefined> {
  const { uid, gid } = await stat(home)
  const ours = process.getuid?.()
  if (ours === 0) return { uid, gid }
  if (ours === undefined || ours === uid) return undefined
  throw new Problem(
    'database.unavailable',
    `The records in ${home} belong to another user (id ${uid}); start as that user or as root`,
  )
}

async function newHome(
  directory: string,
  refuge: string,
  account: SystemAccount | undefined,
): Promise<string> {
  const reachable = await canReach(directory, account)
  const home = reachable ? join(directory, 'server') : join(refuge, randomUUID())
  await mkdir(home, { recursive: true })
  await chmod(home, 0o700)
  if (account) await chown(home, account.uid, account.gid)
  if (!reachable) await writeFile(join(directory, 'location'), `${home}\n`)
  return home
}

async function followed(pointer: string): Promise<string> {
  const home = (await readFile(pointer, 'utf8')).trim()
  if (existsSync(home)) return home
  throw new Problem(
    'database.unavailable',
    `The records lie in ${home} (so says ${pointer}) but that directory is gone; restore it, ` +
      'or remove the pointer to begin anew',
  )
}

async function binFor(refuge: string, account: SystemAccount | undefined): Promise<string> {
  const { directory, version } = await findBinaries()
  if (await canReach(directory, account)) return join(directory, 'bin')
  const copy = join(refuge, `postgres-${version}`)
  if (!existsSync(copy)) {
    const fresh = `${copy}.${randomUUID()}`
    await mkdir(refuge, { recursive: true, mode: 0o755 })
    await cp(directory, fresh, { recursive: true, verbatimSymlinks: true })
    await rename(fresh, copy).catch(() => rm(fresh, { recursive: true }))
  }
  return join(copy, 'bin')
}
