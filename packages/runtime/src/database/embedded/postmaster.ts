import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Log } from '../../log.ts'
import { Problem } from '../../problem.ts'

const run = promisify(execFile)

/** How often a dying server is looked at, and how long it may take (milliseconds). */
const lookEvery = 20
const stopWithin = 20_000

/**
 * Clears what a killed run left behind in `cluster`: a postmaster that still serves it is stopped in
 * order; a lock file whose process is gone, or is now some other program, is removed.
 */
export async function clearOrphan(cluster: string, log: Log): Promise<void> {
  const lock = join(cluster, 'postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number.parseInt(await readFile(lock, 'utf8'), 10)
  if (await servesCluster(pid, cluster)) {
    log.warn({ pid, cluster }, 'a killed run left its database server behind; stopping it')
    await stopProcess(pid)
  }
  await rm(lock, { force: true })
}

/** Whether the process is a PostgreSQL of this very cluster: its command line names it. */
async function servesCluster(pid: number, cluster: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false
  const command = await commandLine(pid)
  return command.includes('postgres') && command.includes(cluster)
}

async function commandLine(pid: number): Promise<string> {
  try {
    if (existsSync('/proc/self/cmdline')) return await readFile(`/proc/${pid}/cmdline`, 'utf8')
    return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout
  } catch {
    return ''
  }
}

/** Fast shutdown (SIGINT), then an immediate one (SIGQUIT); resolves when the process is gone. */
export async function stopProcess(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!tell(pid, signal)) return
    for (let waited = 0; waited < stopWithin; waited += lookEvery) {
      if (!isAlive(pid)) return
      await pause(lookEvery)
    }
  }
  throw new Problem('database.unavailable', `The database server (process ${pid}) does not stop`)
}

function tell(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** Whether a process has this id; one we may not signal counts too. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
