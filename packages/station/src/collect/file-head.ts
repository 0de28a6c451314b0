import type { LineSource } from '../line.ts'
import { columnsMark } from '../parse/csv-record.ts'

const mark = '#'.charCodeAt(0)
const lineFeed = Buffer.from('\n')
const space = 0x20
const longestHead = 16_384
/** Lines that name the columns of what follows, and the log they are of (W3C, Exchange, Zeek). */
const naming = /^#(?:Fields:|fields\t|path\t|types\t)/

/** Whether the first line of the files of a source names their columns. */
export function namesColumns({ format, reading }: Pick<LineSource, 'format' | 'reading'>): boolean {
  return format === 'csv' && (reading?.csv?.columns ?? []).length === 0
}

/**
 * The lines of a file that name its columns, as far as it was read: each line below them goes into the spool
 * with them before it (parse/headed-line.ts), so that it can be read by itself.
 */
export class FileHead {
  readonly #lines = new Map<string, Buffer>()
  /** The first line that says something names the columns, without a mark of its own. */
  #awaitsNames: boolean

  constructor(firstLineNames = false) {
    this.#awaitsNames = firstLineNames
  }

  /** The line that named the columns of values, its mark aside; undefined: none did yet. */
  get columns(): string | undefined {
    return this.#lines.get(columnsMark)?.subarray(columnsMark.length).toString()
  }

  /** The record of a line: with the head in force, or as it is where the file has none. */
  take(line: Uint8Array): Uint8Array {
    if (line[0] !== mark) return this.#awaitsNames ? this.#named(line) : this.#headed(line)
    const text = Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, longestHead))
    const name = naming.exec(text.toString('latin1'))?.[0]
    if (name !== undefined && line.length < longestHead) this.#lines.set(name, Buffer.from(line))
    return line
  }

  #named(line: Uint8Array): Uint8Array {
    this.#awaitsNames = false
    const hasMark = line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf
    const names = Buffer.concat([Buffer.from(columnsMark), line.subarray(hasMark ? 3 : 0)])
    // A head is a line for the parser, also where a quoted name holds the end of one.
    for (const [at, byte] of names.entries()) if (byte === lineFeed[0]) names[at] = space
    if (names.length < longestHead) this.#lines.set(columnsMark, names)
    return names
  }

  #headed(line: Uint8Array): Uint8Array {
    if (this.#lines.size === 0) return line
    const parts: Uint8Array[] = []
    for (const each of this.#lines.values()) parts.push(each, lineFeed)
    return Buffer.concat([...parts, line])
  }
}
