import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RuleDocument } from '@haidang/detection/sigma/rule-set'

/** A directory of rules or indicators. */
export interface WatchedDirectory {
  /** Put before the path of its files where they are shown; may be empty. */
  readonly label: string
  readonly path: string
  /** Whether it is a failure that it does not exist. */
  readonly required: boolean
}

/** A file named by itself. */
export interface NamedFile {
  /** As shown. */
  readonly label: string
  readonly path: string
}

/** A file found in a watched directory. */
export interface FoundFile {
  /** As shown: label and path below the directory, with slashes. */
  readonly shown: string
  readonly path: string
  /** In bytes. */
  readonly size: number
  /** Changes whenever the file may have changed. */
  readonly mark: string
}

/** Endings of rule files. */
export const ruleEndings = ['.yml', '.yaml']

const deepest = 16
const mostFiles = 20_000
const largestTotal = 128 * 1_048_576
/** Files read at the same time. */
const atOnce = 64
const largestPipeline = 1_048_576

/** Files with one of the endings below the directories, and files that are named themselves, sorted as shown. Throws if one cannot be read. */
export async function findFiles(
  directories: readonly WatchedDirectory[],
  endings: readonly string[],
): Promise<FoundFile[]> {
  const files: FoundFile[] = []
  for (const { label, path, required } of directories) {
    if (!required && !(await isThere(path))) continue
    if ((await stat(path)).isDirectory()) await collect(path, label, endings, files, 0)
    else files.push(await found(label, path))
  }
  return files.sort((a, b) => (a.shown < b.shown ? -1 : 1))
}

/** Files named one by one, in their order. Throws if one is not there. */
export function findNamedFiles(files: readonly NamedFile[]): Promise<FoundFile[]> {
  return Promise.all(files.map(({ label, path }) => found(label, path)))
}

/** One word for the state of all files: equal words, equal content. */
export function fingerprintOf(files: readonly FoundFile[]): string {
  const hash = createHash('sha256')
  for (const { shown, mark } of files) hash.update(`${shown}\u0000${mark}\n`)
  return hash.digest('hex')
}

/**
 * Reads rule files; together at most 128 MiB. A text that stands in two places, such as one that ships and
 * comes from the parent too, is read once. Throws if one cannot be read.
 */
export async function readRuleFiles(files: readonly FoundFile[]): Promise<RuleDocument[]> {
  const total = files.reduce((sum, { size }) => sum + size, 0)
  if (total > largestTotal) throw new Error('the rule files exceed 128 MiB')
  const documents = new Map<string, RuleDocument>()
  for (let from = 0; from < files.length; from += atOnce) {
    const some = files.slice(from, from + atOnce)
    const texts = await Promise.all(some.map(({ path }) => readFile(path, 'utf8')))
    for (const [i, text] of texts.entries()) {
      const path = some[i]?.shown ?? ''
      if (!documents.has(text)) documents.set(text, { path, text })
    }
  }
  return [...documents.values()]
}

/** Reads pipelines, each at most 1 MiB. Throws if one cannot be read. */
export async function readPipelineFiles(files: readonly FoundFile[]): Promise<RuleDocument[]> {
  const large = files.find(({ size }) => size > largestPipeline)
  if (large !== undefined) throw new Error(`the pipeline ${large.shown} exceeds 1 MiB`)
  return Promise.all(
    files.map(async ({ shown, path }) => ({ path: shown, text: await readFile(path, 'utf8') })),
  )
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch {
    return false
  }
}

async function found(shown: string, path: string): Promise<FoundFile> {
  const { size, mtimeMs, ino } = await stat(path)
  return { shown, path, size, mark: `${size} ${mtimeMs} ${ino}` }
}

async function collect(
  directory: string,
  shown: string,
  endings: readonly string[],
  files: FoundFile[],
  depth: number,
): Promise<void> {
  if (depth > deepest) return
  const names: [shown: string, path: string][] = []
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    const name = shown === '' ? entry.name : `${shown}/${entry.name}`
    if (entry.isDirectory()) await collect(path, name, endings, files, depth + 1)
    else if (endings.some((ending) => entry.name.endsWith(ending))) names.push([name, path])
  }
  if (files.length + names.length > mostFiles) {
    throw new Error(`more than ${mostFiles} files in ${directory}`)
  }
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce)
    files.push(...(await Promise.all(some.map(([name, path]) => found(name, path)))))
  }
}
