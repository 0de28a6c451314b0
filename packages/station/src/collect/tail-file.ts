import type { Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '@haidang/runtime/log'
import type { FilePosition } from '../keep/file-store.ts'
import type { Collector } from './collector.ts'
import { readMark } from './file-mark.ts'
import type { Intake } from './intake.ts'
import { isPacked, PackedFiles } from './packed-files.ts'
import { requireReadable } from './readable-path.ts'
import type { SourceBook } from './source-book.ts'
import { type KnownFile, TailReader, type TailStore } from './tail-reader.ts'

export interface TailFileParts {
  readonly sourceId: string
  /** A file, or a pattern with `*` in its last part. */
  readonly pattern: string
  /** Of this node: what lies in it is never read. */
  readonly dataDirectory: string
  readonly book: SourceBook
  readonly intake: Intake
  readonly log: Log
  readonly store: TailStore & { readonly positions: () => Promise<FilePosition[]> }
  /** Milliseconds between looks. */
  readonly interval?: number
}

const mostFiles = 256
/** Looks for each at packed files. */
const packedEvery = 20

/**
 * Follows a file, or all files of a pattern, through rotation by rename and by copy and truncate. A file
 * that was renamed is read to its end before it is let go; one first seen is read from its beginning.
 */
export class TailFile implements Collector {
  readonly #parts: TailFileParts
  readonly #stopping = new AbortController()
  readonly #readers = new Map<string, TailReader>()
  /** Files as checkpoints knew them at start, until they are found. */
  #known: KnownFile[] = []
  #running: Promise<void> = Promise.resolve()
  #problem: string | undefined
  readonly #packed: PackedFiles
  #packing: Promise<void> | undefined
  #looks = 0

  constructor(parts: TailFileParts) {
    this.#parts = parts
    const { signal } = this.#stopping
    this.#packed = new PackedFiles({
      ...parts,
      signal,
      currentReading: () => parts.book.get(parts.sourceId),
      isPaused: () => this.#isPaused(),
      isFollowed: ({ identity: { device, inode } }) =>
        [...this.#readers.values()].some((reader) => reader.isFile(device, inode)),
    })
  }

  async start(): Promise<void> {
    const positions = await this.#parts.store.positions()
    this.#known = positions.flatMap((position) => {
      const mark = readMark(position.file)
      return mark && !mark.isPacked ? [{ ...position, ...mark }] : []
    })
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    await this.#packing
    for (const reader of this.#readers.values()) await reader.close()
    this.#readers.clear()
  }

  problem(sourceId: string): string | undefined {
    return sourceId === this.#parts.sourceId ? (this.#problem ?? this.#packed.problem) : undefined
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    await this.#attempt(() => this.#openRenamed())
    while (!signal.aborted) {
      if (!this.#isPaused()) await this.#attempt(() => this.#look())
      await pause(this.#parts.interval ?? 250, undefined, { signal }).catch(() => undefined)
    }
  }

  /** A failure is shown, and the next look tries again. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      if (words !== this.#problem) this.#parts.log.warn({ error }, 'a file cannot be read')
      this.#problem = words
    }
  }

  async #look(): Promise<void> {
    const all = await this.#matching()
    const paths = all.filter((path) => !isPacked(path)).slice(0, mostFiles)
    const failures: unknown[] = []
    // One file that cannot be read does not keep the others waiting.
    for (const path of paths)
      await this.#follow(path).catch((error: unknown) => failures.push(error))
    for (const [path, reader] of this.#readers)
      if (!paths.includes(path)) await this.#retire(path, reader)
    this.#lookAtPacked(all.filter(isPacked))
    if (failures.length > 0) throw failures[0]
    this.#problem = all.length === 0 ? await this.#missing() : undefined
  }

  /** Beside the rest: a packed file may take long. After it: what a file brought before it was packed is known then. */
  #lookAtPacked(paths: readonly string[]): void {
    if (this.#packing || this.#looks++ % packedEvery > 0) return
    this.#packing = this.#attempt(() => this.#packed.look(paths)).finally(() => {
      this.#packing = undefined
    })
  }

  #isPaused(): boolean {
    return this.#parts.book.get(this.#parts.sourceId)?.paused === true
  }

  async #missing(): Promise<string> {
    const directory = dirname(this.#parts.pattern)
    return (await found(directory)) ? `no file ${this.#parts.pattern}` : `no directory ${directory}`
  }

  async #follow(path: string): Promise<void> {
    const reader = this.#readers.get(path)
    const found = await stat(path)
    // A pattern also finds directories and pipes; opening a pipe would wait for its writer.
    if (!found.isFile()) return
    const { dev, ino } = found
    if (!reader) return this.#open(path)
    if (!reader.isFile(dev, ino)) {
      await this.#retire(path, reader)
      return this.#open(path)
    }
    if (await reader.read()) return
    // Truncated or written anew under the same inode: what it was is gone.
    await reader.close()
    this.#readers.delete(path)
    await this.#open(path)
  }

  async #open(path: string): Promise<void> {
    const reader = await this.#reader(path, this.#known)
    if (!reader) return
    this.#known = this.#known.filter(
      ({ identity }) => !reader.isFile(identity.device, identity.inode),
    )
    this.#readers.set(path, reader)
    await reader.read()
  }

  async #reader(path: string, known: readonly KnownFile[]): Promise<TailReader | undefined> {
    const { sourceId, intake, store, book, dataDirectory } = this.#parts
    await requireReadable(path, dataDirectory)
    const reading = book.get(sourceId)
    const parts = { sourceId, path, reading, intake, store, signal: this.#stopping.signal }
    return TailReader.open(parts, known)
  }

  /** The name now means another file, or none: reads the rest of the old one. */
  async #retire(path: string, reader: TailReader): Promise<void> {
    if (await reader.read()) await reader.finish()
    if (this.#stopping.signal.aborted) return
    await reader.close()
    this.#readers.delete(path)
  }

  /** Files put aside while the station was down still hold lines not read: found by device and inode. */
  async #openRenamed(): Promise<void> {
    const directory = dirname(this.#parts.pattern)
    const current = new Set(await this.#matching())
    for (const name of (await readdir(directory)).slice(0, 10_000)) {
      const path = join(directory, name)
      const known = current.has(path) ? undefined : await this.#knownAt(path)
      if (!known) continue
      const reader = await this.#reader(path, [known])
      if (!reader) continue
      if (reader.identityAtOpen === known.identity) await this.#retire(path, reader)
      else await reader.close()
    }
  }

  async #knownAt(path: string) {
    const found = await stat(path).catch(() => undefined)
    if (!found?.isFile()) return undefined
    return this.#known.find(
      ({ identity, offset }) =>
        identity.device === found.dev && identity.inode === found.ino && found.size > offset,
    )
  }

  async #matching(): Promise<string[]> {
    const { pattern } = this.#parts
    const name = basename(pattern)
    if (!name.includes('*')) {
      return (await found(pattern))?.isFile() ? [pattern] : []
    }
    const matches = wildcard(name)
    const directory = dirname(pattern)
    const names = (await readdir(directory)).filter(matches).sort()
    return names.map((each) => join(directory, each))
  }
}

/** What a path names; undefined: nothing. Throws where one may not look. */
function found(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
}

/** Matches names with `*` for any characters, in linear time. */
export function wildcard(pattern: string): (name: string) => boolean {
  const [first = '', ...parts] = pattern.split('*')
  const last = parts.pop() ?? ''
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last)) return false
    let at = first.length
    for (const part of parts) {
      const found = name.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return at + last.length <= name.length
  }
}
