import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { Problem } from '../../problem.ts'

const run = promisify(execFile)

/** An account of the operating system. */
export interface SystemAccount {
  readonly uid: number
  readonly gid: number
}

/**
 * The account PostgreSQL runs under: it refuses to run as root. Undefined means our own;
 * as root it is `postgres` if there is one, else `haidang`, made if missing.
 * Throws Problem database.unavailable when it cannot be made.
 */
export async function accountForServer(): Promise<SystemAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const known = (await findAccount('postgres')) ?? (await findAccount('haidang'))
  if (known) return known
  await createAccount('haidang')
  const made = await findAccount('haidang')
  if (!made) throw new Problem('database.unavailable', 'The OS user haidang could not be created')
  return made
}

async function findAccount(name: string): Promise<SystemAccount | undefined> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n')
  const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
  return fields && { uid: Number(fields[2]), gid: Number(fields[3]) }
}

async function createAccount(name: string): Promise<void> {
  const shell = '/usr/sbin/nologin'
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', shell, name])
  } catch (error) {
    throw new Problem(
      'database.unavailable',
      `PostgreSQL must not run as root and the OS user ${name} could not be created (${error}); ` +
        'create it, start as an ordinary user, or set database.url',
    )
  }
}

/** Whether `account` may pass through every directory above `path` and into it. Undefined: ourselves. */
export async function canReach(path: string, account: SystemAccount | undefined): Promise<boolean> {
  if (!account) return true
  const { uid, gid, mode } = await stat(path)
  if ((mode & executeBit(uid === account.uid, gid === account.gid)) === 0) return false
  const parent = dirname(path)
  return parent === path || canReach(parent, account)
}

function executeBit(owner: boolean, group: boolean): number {
  if (owner) return 0o100
  return group ? 0o010 : 0o001
}
