import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Problem } from './problem.ts'
import { writeDurably } from './write-durably.ts'

/** Others may pass through (PostgreSQL does, as another user, when we are root), but not look around. */
const passable = 0o711

/**
 * Makes the directory if there is none and takes it for this process alone, until disposed of. Throws
 * Problem data-directory.in-use naming the process that has it. The lock is the operating system's, held
 * through SQLite, which Node brings: it goes with the process, however that dies, so no stale one remains.
 */
export async function lockDataDirectory(directory: string): Promise<AsyncDisposable> {
  await mkdir(directory, { recursive: true, mode: passable })
  const owner = join(directory, 'owner')
  const lock = new DatabaseSync(join(directory, 'lock'))
  try {
    lock.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    lock.close()
    if (!/locked/.test(String(error))) throw error
    const process = await readFile(owner, 'utf8').catch(() => 'unknown')
    throw new Problem(
      'data-directory.in-use',
      `Process ${process.trim()} uses ${resolve(directory)}; stop it, or choose another data directory`,
    )
  }
  await writeDurably(owner, `${process.pid}\n`, 0o644)
  return {
    [Symbol.asyncDispose]: async () => {
      await rm(owner, { force: true })
      lock.close()
    },
  }
}
