import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { RuleDocumentDraft } from '@haidang/contracts/rule-library'
import { Problem } from '@haidang/runtime/problem'
import { unzipSync } from 'fflate'

const mostFiles = 5000
const largestFile = 1_048_576
/** Bytes of everything, unpacked. */
const largestTotal = 64 * 1_048_576
const block = 512

const unzipped = promisify(gunzip)

interface PackedFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/**
 * The rule files of a tar, tar.gz or zip, at most 5,000 files of 1 MB. What is packed is only read, never
 * written under its name. Throws Problem rule.archive-unreadable.
 */
export async function readArchive(bytes: Uint8Array): Promise<RuleDocumentDraft[]> {
  try {
    const files = isZip(bytes) ? zipped(bytes) : tarred(await plain(bytes))
    return files.map(({ path, bytes: content }) => ({
      path: path.replace(/^(\.?\/)+/, '').slice(-300) || 'rule.yml',
      text: new TextDecoder('utf-8', { fatal: true }).decode(content),
    }))
  } catch (error) {
    if (error instanceof Problem) throw error
    throw refusal(error instanceof Error ? error.message : String(error))
  }
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}

async function plain(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  return unzipped(bytes, { maxOutputLength: largestTotal })
}

function zipped(bytes: Uint8Array): PackedFile[] {
  const bound = new Bound()
  // Sizes are what the archive claims: what unpacks to more is cut off there and then is no rule.
  const found = unzipSync(bytes, {
    filter: ({ name, originalSize }) => isRule(name) && bound.take(name, originalSize),
  })
  return Object.entries(found).map(([path, content]) => ({ path, bytes: content }))
}

function tarred(bytes: Uint8Array): PackedFile[] {
  const bound = new Bound()
  const files: PackedFile[] = []
  let longName: string | undefined
  for (const { type, name, content } of tarEntries(bytes)) {
    const path: string = longName ?? name
    longName = longNameIn(type, content)
    if (type === '0' && isRule(path) && bound.take(path, content.length)) {
      files.push({ path, bytes: content })
    }
  }
  return files
}

interface TarEntry {
  readonly type: string
  readonly name: string
  readonly content: Uint8Array
}

/** Reads ustar (POSIX.1-1988). */
function* tarEntries(bytes: Uint8Array): Iterable<TarEntry> {
  for (let at = 0; at + block <= bytes.length; ) {
    const header = bytes.subarray(at, at + block)
    if (header.every((byte) => byte === 0)) return
    const { size, type, name } = readHeader(header)
    const content = bytes.subarray(at + block, at + block + size)
    if (content.length < size) throw refusal('the archive is cut off')
    yield { type, name, content }
    at += block + Math.ceil(size / block) * block
  }
}

/** The name of the entry that follows, where GNU (`L`) or pax (`x`, POSIX.1-2001) write it. */
function longNameIn(type: string, content: Uint8Array): string | undefined {
  if (type === 'L') return textOf(content)
  return type === 'x' ? /\d+ path=([^\n]*)\n/.exec(textOf(content))?.[1] : undefined
}

function readHeader(header: Uint8Array): { size: number; type: string; name: string } {
  if (textOf(header.subarray(257, 262)) !== 'ustar') throw refusal('it is neither tar nor zip')
  const digits = textOf(header.subarray(124, 136)).trim()
  if (!/^[0-7]{1,11}$/.test(digits)) throw refusal('a size cannot be read')
  const prefix = textOf(header.subarray(345, 500))
  const own = textOf(header.subarray(0, 100))
  const type = textOf(header.subarray(156, 157)) || '0'
  return { size: Number.parseInt(digits, 8), type, name: prefix ? `${prefix}/${own}` : own }
}

/** Text up to the first NUL. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end))
}

function isRule(path: string): boolean {
  return /\.ya?ml$/i.test(path) && !/(^|\/)\./.test(path.replace(/^\.\//, ''))
}

class Bound {
  #files = 0
  #bytes = 0

  take(path: string, size: number): boolean {
    this.#files += 1
    this.#bytes += size
    if (size > largestFile) throw refusal(`${path.slice(0, 200)} exceeds 1 MB`)
    if (this.#files > mostFiles) throw refusal(`more than ${mostFiles} files`)
    if (this.#bytes > largestTotal) throw refusal('more than 64 MB unpacked')
    return true
  }
}

function refusal(cause: string): Problem {
  return new Problem('rule.archive-unreadable', cause)
}
