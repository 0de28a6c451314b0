import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
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
  const account = await accountForServer()
  await mkdir(directory, { recursive: true })
  const home = await homeFor(resolve(directory), refuge, account)
  await mkdir(home, { recursive: true })
  if (account) await chown(home, account.uid, account.gid)
  await chmod(home, 0o700)
  return { bin: await binFor(refuge, account), home, account }
}

async function homeFor(
  directory: string,
  refuge: string,
  account: SystemAccount | undefined,
): Promise<string> {
  const pointer = join(directory, 'location')
  if (existsSync(pointer)) return followed(pointer)
  const home = join(directory, 'server')
  if (existsSync(home) || (await canReach(directory, account))) return home
  const digest = createHash('sha256').update(directory).digest('hex').slice(0, 16)
  const elsewhere = join(refuge, digest)
  await mkdir(elsewhere, { recursive: true, mode: 0o755 })
  await writeFile(pointer, `${elsewhere}\n`)
  return elsewhere
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
