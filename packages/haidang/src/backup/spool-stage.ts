import { copyFile, link, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A file of the spool as it was: its bytes up to `size`. */
interface StagedFile {
  readonly name: string
  readonly file: string
  readonly size: number
}

/**
 * Holds the files of a spool while a backup is made, as second names of the same files: the line goes on, and
 * what it gives back stays until the backup has it.
 */
export class SpoolStage implements AsyncDisposable {
  readonly #spool: string
  readonly #stage: string

  private constructor(spool: string, stage: string) {
    this.#spool = spool
    this.#stage = stage
  }

  static async open(dataDirectory: string): Promise<SpoolStage> {
    const stage = join(dataDirectory, 'backup-stage')
    await rm(stage, { recursive: true, force: true })
    await mkdir(stage, { recursive: true, mode: 0o700 })
    const held = new SpoolStage(join(dataDirectory, 'spool'), stage)
    await held.hold()
    return held
  }

  /** Holds what there is now beside what is held already. */
  async hold(): Promise<void> {
    for (const name of await readdir(this.#spool).catch(() => [])) {
      if (!name.endsWith('.segment')) continue
      await link(join(this.#spool, name), join(this.#stage, name)).catch(ignore('EEXIST', 'ENOENT'))
    }
    // Written anew now and then, not only added to: a name of its own would not keep it.
    await copyFile(join(this.#spool, 'cuts'), join(this.#stage, 'cuts')).catch(ignore('ENOENT'))
  }

  async files(): Promise<StagedFile[]> {
    const names = (await readdir(this.#stage)).sort()
    return Promise.all(
      names.map(async (name) => {
        const file = join(this.#stage, name)
        return { name, file, size: (await stat(file)).size }
      }),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#stage, { recursive: true, force: true })
  }
}

function ignore(...codes: string[]) {
  return (error: NodeJS.ErrnoException): void => {
    if (!codes.includes(error.code ?? '')) throw error
  }
}
