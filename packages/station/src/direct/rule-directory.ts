import { createHash, randomUUID } from 'node:crypto'
import {
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'

/** A file of a set with its text. */
export interface DirectedFile {
  /** `rules/name.yml` or `tunings/name.yml`, as the schema of a manifest bounds it. */
  readonly path: string
  readonly sha256: string
  readonly text: string
}

/**
 * One set of rule files on disk, exchanged as a whole: each set is a directory of its own, and the link
 * `current` names the one in force. After a crash `current` names an old set or a new one, never a mixture.
 */
export class RuleDirectory {
  /** What a reader of rules watches. */
  readonly current: string
  readonly #path: string

  constructor(path: string) {
    this.#path = path
    this.current = join(path, 'current')
  }

  /** Puts files into force; answers how to put back what was in force before. */
  async exchange(files: readonly DirectedFile[]): Promise<() => Promise<void>> {
    const before = await this.#target()
    const name = nameOf(files)
    if (name !== before || !(await this.#isWhole(name, files))) {
      await this.#write(name, files)
      await this.#point(name)
    }
    return async () => {
      if (before === undefined) await rm(this.current, { force: true })
      else await this.#point(before)
    }
  }

  /** Whether exactly these files are in force, content compared. */
  async holds(files: readonly DirectedFile[]): Promise<boolean> {
    const name = nameOf(files)
    return (await this.#target()) === name && (await this.#isWhole(name, files))
  }

  /** Removes every set but the one in force. */
  async tidy(): Promise<void> {
    const inForce = await this.#target()
    for (const name of await readdir(this.#path).catch(() => [])) {
      if (name !== 'current' && name !== inForce) {
        await rm(join(this.#path, name), { recursive: true, force: true })
      }
    }
  }

  async #write(name: string, files: readonly DirectedFile[]): Promise<void> {
    const path = join(this.#path, name)
    await rm(path, { recursive: true, force: true })
    for (const folder of ['rules', 'tunings']) {
      await mkdir(join(path, folder), { recursive: true, mode: 0o700 })
    }
    for (const file of files) await writeFile(join(path, file.path), file.text, { mode: 0o600 })
  }

  async #point(name: string): Promise<void> {
    const fresh = join(this.#path, `.${randomUUID()}`)
    await symlink(name, fresh)
    await rename(fresh, this.current)
  }

  async #target(): Promise<string | undefined> {
    return readlink(this.current).catch(() => undefined)
  }

  async #isWhole(name: string, files: readonly DirectedFile[]): Promise<boolean> {
    const path = join(this.#path, name)
    const found = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])
    if (found.filter((entry) => entry.isFile()).length !== files.length) return false
    for (const file of files) {
      const text = await readFile(join(path, file.path), 'utf8').catch(() => undefined)
      if (text === undefined || hashOf(text) !== file.sha256) return false
    }
    return true
  }
}

/** SHA-256 of a text, hexadecimal. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The same files have the same name. */
function nameOf(files: readonly DirectedFile[]): string {
  const lines = files.map(({ path, sha256 }) => `${path} ${sha256}`).sort()
  return `set-${hashOf(lines.join('\n')).slice(0, 32)}`
}
