import { createHash } from 'node:crypto'
import { globSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
import type { RuleTexts } from '@haidang/detection/sigma/rule-texts'
import { writeDurably } from '@haidang/runtime/write-durably'

/** Images kept; the oldest goes first. */
const mostKept = 4
const ending = '.rules'

/**
 * Keeps compiled rule sets in a directory, named after all they were made from: rules, pipelines and the
 * program. What is missing, damaged or cannot be written costs compiling again, nothing else.
 */
export class CompiledRules {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  /** The image made of these texts; undefined if there is none that is whole. */
  async read(rules: RuleTexts): Promise<string | undefined> {
    try {
      const stored = await readFile(this.#fileOf(rules))
      const end = stored.indexOf('\n')
      const image = stored.subarray(end + 1)
      const isWhole = stored.toString('latin1', 0, end) === sumOf(image)
      return isWhole ? image.toString('utf8') : undefined
    } catch {
      return undefined
    }
  }

  /** Keeps an image. */
  async write(rules: RuleTexts, image: string): Promise<void> {
    const file = this.#fileOf(rules)
    const bytes = Buffer.from(image)
    try {
      await mkdir(this.#directory, { recursive: true, mode: 0o700 })
      await writeDurably(file, Buffer.concat([Buffer.from(`${sumOf(bytes)}\n`), bytes]))
      await this.#tidy(file)
    } catch {
      // The next start compiles again.
    }
  }

  #fileOf(rules: RuleTexts): string {
    return join(this.#directory, `${keyOf(rules)}${ending}`)
  }

  async #tidy(newest: string): Promise<void> {
    const names = await readdir(this.#directory)
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#directory, name)
        return { path, at: (await stat(path)).mtimeMs }
      }),
    )
    const older = files.filter(({ path }) => path !== newest).toSorted((a, b) => b.at - a.at)
    const old = older.slice(mostKept - 1)
    await Promise.all(old.map(({ path }) => rm(path, { force: true })))
  }
}

function sumOf(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0')
}

function keyOf({ documents, pipelines }: RuleTexts): string {
  const hash = createHash('sha256').update(programMark())
  for (const each of [documents, pipelines]) {
    hash.update(`\u0001${each.length}`)
    for (const { path, text } of each) {
      hash.update(`\u0000${path}\u0000${text.length}\u0000`).update(text)
    }
  }
  return hash.digest('hex')
}

let mark: string | undefined

/** Changes whenever a file of the engine may have changed: another program may compile to something else. */
function programMark(): string {
  if (mark !== undefined) return mark
  const file = fileURLToPath(import.meta.resolve('@haidang/detection/sigma/rule-image'))
  const root = join(dirname(file), '..')
  const files = globSync('**/*.ts', { cwd: root }).toSorted()
  mark = files
    .map((name) => {
      const { size, mtimeMs } = statSync(join(root, name))
      return `${name} ${size} ${mtimeMs}`
    })
    .join('\n')
  return mark
}
