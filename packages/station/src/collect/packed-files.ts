import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FilePosition } from '../keep/file-store.ts'
import type { FileReading } from './file-cutter.ts'
import { readMark, type UnpackFaultKind } from './file-mark.ts'
import { type PackedReaderParts, readPacked } from './packed-reader.ts'
import { requireReadable } from './readable-path.ts'
import type { KnownFile } from './tail-reader.ts'

export interface PackedFilesParts extends Omit<PackedReaderParts, 'path' | 'reading' | 'isFinal'> {
  readonly dataDirectory: string
  /** As what the source's records are read now. */
  readonly currentReading: () => FileReading | undefined
}

interface PackedFile {
  readonly size: number
  readonly modified: number
  /** Looks in a row that found it so. */
  looks: number
  /** Read to its end. */
  position?: FilePosition
  waitsFor?: KnownFile
  /** Why it could not be read, when that was last tried. */
  failure?: string
}

/** More are passed over, the newest. */
const mostPacked = 4096
/** Looks that must find a packed file unchanged before it is read, and before one that breaks off is taken as it is. */
const settled = 2
const final = 12
/** Looks between two times that the checkpoint of a packed file that still lies there is written anew: about a day. */
const renewal = 17_280

const faults: Readonly<Record<UnpackFaultKind, string>> = {
  truncated: 'the packed file ends before its end',
  corrupt: 'the packed file is damaged',
  ratio: 'the packed file unpacks to more than 1000 times its size',
  size: 'the packed file unpacks to more than 32 GiB',
  unknown: 'not packed by gzip, zstd, xz or bzip2: unpack it',
}

/** The packed files of a pattern: each is read once, when it no longer changes. */
export class PackedFiles {
  readonly #parts: PackedFilesParts
  readonly #files = new Map<string, PackedFile>()
  #isResumed = false
  /** What cannot be read, in words; undefined: nothing. */
  problem: string | undefined

  constructor(parts: PackedFilesParts) {
    this.#parts = parts
  }

  /** Reads what has settled. One that cannot be read does not keep the others waiting. */
  async look(paths: readonly string[]): Promise<void> {
    if (!this.#isResumed) await this.#resume()
    const found = await Promise.all(paths.map(statOf))
    const files = found
      .flatMap((each) => (each?.stats.isFile() ? [each] : []))
      .toSorted((a, b) => a.stats.mtimeMs - b.stats.mtimeMs)
    const present = new Set(files.map(({ stats }) => nameOf(stats)))
    for (const name of this.#files.keys()) if (!present.has(name)) this.#files.delete(name)
    const words: string[] = []
    if (files.length > mostPacked) words.push(`more than ${mostPacked} packed files`)
    for (const { path, stats } of files.slice(0, mostPacked)) {
      if (this.#parts.signal.aborted) return
      const file = this.#packed(stats)
      const said = await this.#settle(path, file).catch((error: unknown) => {
        file.failure = error instanceof Error ? error.message : String(error)
        return file.failure
      })
      if (said !== undefined) words.push(`${path}: ${said}`)
    }
    this.problem = summary(words)
  }

  /** Packed files that earlier lives read. */
  async #resume(): Promise<void> {
    for (const position of await this.#parts.store.positions()) {
      const mark = readMark(position.file)
      if (!mark?.finished) continue
      const { device: dev, inode: ino } = mark.identity
      this.#files.set(nameOf({ dev, ino }), { ...mark.finished, looks: 0, position })
    }
    this.#isResumed = true
  }

  async #settle(path: string, file: PackedFile): Promise<string | undefined> {
    file.looks++
    if (file.position) return this.#finished(file, file.position)
    const { waitsFor, looks } = file
    if (looks < settled || file.size === 0) return undefined
    if (waitsFor && this.#parts.isFollowed(waitsFor)) return undefined
    // Between, nothing has changed that would make it readable.
    if (!waitsFor && looks > settled && looks < final) return file.failure
    delete file.failure
    return this.#read(path, file)
  }

  #packed(stats: Stats): PackedFile {
    const name = nameOf(stats)
    const known = this.#files.get(name)
    const modified = Math.max(0, Math.floor(stats.mtimeMs))
    if (known && known.size === stats.size && known.modified === modified) return known
    const file = { size: stats.size, modified, looks: 0 }
    this.#files.set(name, file)
    return file
  }

  async #read(path: string, file: PackedFile): Promise<string | undefined> {
    const parts = this.#parts
    await requireReadable(path, parts.dataDirectory)
    const reading = await readPacked({
      ...parts,
      path,
      reading: parts.currentReading(),
      isFinal: file.looks >= final,
    })
    delete file.waitsFor
    if (reading.state === 'waits') file.waitsFor = reading.for
    // Looked at again at once; what was read so far is passed over.
    if (reading.state === 'stopped') file.looks = settled - 1
    if (reading.state !== 'finished') return undefined
    file.position = reading.position
    const fault = readMark(reading.position.file)?.finished?.fault
    // How many records the rest held nobody knows: it counts as one.
    if (fault) parts.intake.drop(parts.sourceId, 1)
    return faultWords(reading.position)
  }

  /** A checkpoint that is not renewed is forgotten. */
  async #finished(file: PackedFile, position: FilePosition): Promise<string | undefined> {
    if (file.looks % renewal === 1) await this.#parts.store.save(position, undefined)
    return faultWords(position)
  }
}

function faultWords({ file, offset }: FilePosition): string | undefined {
  const fault = readMark(file)?.finished?.fault
  return fault && `${faults[fault]}; ${offset} bytes of what it holds were read`
}

function summary(words: readonly string[]): string | undefined {
  const [first, ...others] = words
  return others.length === 0 ? first : `${first} (and ${others.length} more)`
}

async function statOf(path: string): Promise<{ path: string; stats: Stats } | undefined> {
  const stats = await stat(path).catch(() => undefined)
  return stats && { path, stats }
}

function nameOf({ dev, ino }: Pick<Stats, 'dev' | 'ino'>): string {
  return `${dev}-${ino}`
}

/** By its name, as those are who pack logs; what it really is shows when it is read. */
export function isPacked(name: string): boolean {
  return /\.(?:gz|bz2|xz|zst|zip)$/i.test(basename(name))
}
