import { randomInt, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { readCompiledFacts } from './compiled-indicators.ts'

const compiledName = 'compiled'

/** Where tables of indicators and their details are on disk. */
export class IndicatorDirectory {
  readonly #path: string
  readonly #kept: readonly string[]
  /** Enters every fingerprint; that of what is kept. */
  readonly seed: number
  /** Where tables are kept for the next start; undefined: they are not. */
  readonly compiled: string | undefined

  /** Leaves in it only what the next start can use. Without a path, a temporary directory that keeps nothing. */
  static async open(path: string | undefined): Promise<IndicatorDirectory> {
    const fresh = randomInt(2 ** 31)
    if (path === undefined) {
      const temporary = await mkdtemp(join(tmpdir(), 'haidang-indicators-'))
      return new IndicatorDirectory(temporary, fresh, undefined, [])
    }
    await mkdir(path, { recursive: true })
    const compiled = join(path, compiledName)
    const kept = factsOf(compiled)
    const wanted = kept === undefined ? [] : [compiledName, basename(kept.details.name)]
    for (const name of await readdir(path)) {
      if (!wanted.includes(name)) await rm(join(path, name), { recursive: true, force: true })
    }
    const files = wanted.map((name) => join(path, name))
    return new IndicatorDirectory(path, kept?.seed ?? fresh, compiled, files)
  }

  private constructor(
    path: string,
    seed: number,
    compiled: string | undefined,
    kept: readonly string[],
  ) {
    this.#path = path
    this.#kept = kept
    this.seed = seed
    this.compiled = compiled
  }

  /** A path for new details. */
  newPath(): string {
    return join(this.#path, `${randomUUID()}.details`)
  }

  /** Removes what an earlier life kept. */
  async forget(): Promise<void> {
    await Promise.all(this.#kept.map((path) => rm(path, { force: true })))
  }

  async close(): Promise<void> {
    if (this.compiled === undefined) await rm(this.#path, { recursive: true, force: true })
  }
}

function factsOf(compiled: string): ReturnType<typeof readCompiledFacts> | undefined {
  try {
    return readCompiledFacts(compiled)
  } catch {
    // There is none, or it is damaged: the lists are read again.
    return undefined
  }
}
