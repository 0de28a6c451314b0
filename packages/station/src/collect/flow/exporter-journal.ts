import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Log } from '@haidang/runtime/log'
import { z } from 'zod'

const Definition = z.object({
  id: z.int(),
  scopes: z.int().min(0),
  fields: z
    .array(z.object({ enterprise: z.int().min(0), id: z.int().min(0), length: z.int().min(0) }))
    .max(512)
    .readonly(),
})

/** How a numbered series counts, the number that comes next, and how many are missing. */
const SeriesBefore = z.object({
  sourceId: z.string(),
  style: z.int().min(0).max(3),
  next: z.number().nullable(),
  missing: z.number().min(0),
})
export type SeriesBefore = z.infer<typeof SeriesBefore>

/** What must be known of exporters after a restart; times are milliseconds since the epoch. */
const Note = z.union([
  z.tuple([z.literal('template'), z.string(), z.number(), Definition]),
  z.tuple([z.literal('sampler'), z.string(), z.number(), z.string(), z.number()]),
  /** When an exporter was started. */
  z.tuple([z.literal('boot'), z.string(), z.number(), z.number()]),
  z.tuple([z.literal('series'), z.string(), z.number(), SeriesBefore]),
  /** Sets of a source that wait for their template, which a kill loses. */
  z.tuple([z.literal('held'), z.string(), z.number()]),
])
export type Note = z.infer<typeof Note>

/** Octets after which it is written anew. */
const longest = 4 * 1_048_576
const largestRead = 256 * 1_048_576

/**
 * Notes about exporters in a file: appended as they come, so that a kill of the process loses none, and written
 * anew when there are many. Losing the file costs the flows until the next templates, and no more. Its methods
 * never throw: what goes wrong is said in the log.
 */
export class ExporterJournal {
  readonly #path: string
  readonly #log: Log
  #file: number | undefined
  #size = 0

  constructor(path: string, log: Log) {
    this.#path = path
    this.#log = log
  }

  /** Notes of before, in their order; one that was cut off by a kill is left out. */
  read(): Note[] {
    let text = ''
    try {
      text = readFileSync(this.#path, 'utf8').slice(0, largestRead)
    } catch (error) {
      if (!isAbsent(error)) this.#log.warn({ error }, 'what exporters said before cannot be read')
    }
    return text.split('\n').flatMap((line) => noteOf(line))
  }

  /** Writes everything anew. */
  rewrite(notes: Iterable<Note>): void {
    this.#guarded(() => {
      mkdirSync(dirname(this.#path), { recursive: true })
      const next = `${this.#path}.new`
      const file = openSync(next, 'w', 0o600)
      const text = linesOf(notes)
      writeSync(file, text)
      this.close()
      renameSync(next, this.#path)
      this.#file = file
      this.#size = Buffer.byteLength(text)
    })
  }

  append(notes: readonly Note[]): void {
    if (notes.length === 0 || this.#file === undefined) return
    const file = this.#file
    this.#guarded(() => {
      this.#size += writeSync(file, linesOf(notes))
    })
  }

  /** Whether it has grown so long that it should be written anew. */
  get isLong(): boolean {
    return this.#size > longest
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#log.warn({ error }, 'what exporters said cannot be kept for a restart')
    }
  }
}

function linesOf(notes: Iterable<Note>): string {
  let text = ''
  for (const note of notes) text += `${JSON.stringify(note)}\n`
  return text
}

function noteOf(line: string): Note[] {
  if (line === '') return []
  try {
    const note = Note.safeParse(JSON.parse(line))
    return note.success ? [note.data] : []
  } catch {
    return []
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
