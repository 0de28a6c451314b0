import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOf, newSecret, sameHash } from '../../secret.ts'

/**
 * The one-time token of first-run set-up. Only its hash lies in the data directory, so a token that was lost
 * is not found again but replaced: by every start, or by the command line.
 */
export class SetupStore {
  readonly #directory: string
  readonly #file: string

  constructor(dataDirectory: string) {
    this.#directory = dataDirectory
    this.#file = join(dataDirectory, 'setup-token.sha256')
  }

  /** A new token; the one before opens nothing any more. */
  async issue(): Promise<string> {
    const token = newSecret('hds_')
    await mkdir(this.#directory, { recursive: true })
    await writeFile(`${this.#file}.new`, hashOf(token), { mode: 0o600 })
    await rename(`${this.#file}.new`, this.#file)
    return token
  }

  async matches(token: string): Promise<boolean> {
    const kept = await readFile(this.#file, 'utf8').catch(() => undefined)
    return kept !== undefined && sameHash(kept.trim(), hashOf(token))
  }

  async discard(): Promise<void> {
    await rm(this.#file, { force: true })
  }
}
