import { EntryList } from './entry-list.ts'
import { type DetailSink, memorySink, type StoredDetails } from './indicator-details.ts'
import { IndicatorKey, type KeyKind, keyKinds } from './indicator-key.ts'
import {
  everySource,
  type IndicatorRecord,
  longestRecord,
  writeRecord,
} from './indicator-record.ts'
import type { IndicatorTable } from './indicator-table.ts'
import { readIndicator } from './indicator-text.ts'
import { fillTable } from './table-filling.ts'

/** Immutable tables of one list or one change: plain data over shared memory. */
export interface IndicatorLayer {
  readonly table: IndicatorTable
  readonly details: StoredDetails
  readonly sources: readonly string[]
  /** Statements, and what takes statements of older layers back. */
  readonly statements: number
  readonly removals: number
  /** Lengths of address ranges present, longest first. */
  readonly bits: readonly number[]
  /** Which kinds of key are present at all, by number. */
  readonly present: readonly boolean[]
}

/** Everything known of indicators: plain data over shared memory, so that every worker looks in the same. */
export interface IndicatorTables {
  /** Names the content. */
  readonly version: string
  /** Statements in force: an indicator told by two sources counts twice. */
  readonly count: number
  /** Lines that are no indicator, as file:line: cause; the first 100. */
  readonly problems: readonly string[]
  /** Enters every fingerprint. */
  readonly seed: number
  /** Oldest first; a newer layer changes what older ones say. */
  readonly layers: readonly IndicatorLayer[]
}

/** What a source says of an indicator. */
export interface IndicatorStatement {
  readonly written: string
  readonly source: string
  readonly confidence: number
  readonly validUntil: number
  readonly comment: string
}

const mostSources = 65_535
const blockBytes = 65_536
const mostDetails = 2 ** 34

/** Why a statement was not taken. */
export type Refusal = 'unknown-form' | 'full' | 'too-many-sources'

/**
 * Makes a layer. Statements come newest first where they come from several layers: of those of one source
 * about one indicator the first stands. Two indicators count as one here if their fingerprints of 64 bits are
 * equal, which can lose one of them (1 in a million for a list of five million) but never invents a match.
 */
export class LayerBuilder {
  readonly #key: IndicatorKey
  readonly #sink: DetailSink
  readonly #entries: EntryList
  readonly #sources = new Map<string, number>()
  readonly #bits = new Set<number>()
  readonly #present = Object.keys(keyKinds).map(() => false)
  readonly #most: number
  readonly #block = new Uint8Array(blockBytes)
  #used = 0
  #written = 0
  /** Entries from here on are of the layer being read. */
  readonly #starts: number[] = []

  constructor({ seed, most, sink }: { seed: number; most: number; sink?: DetailSink }) {
    this.#key = new IndicatorKey(seed)
    this.#most = most
    this.#entries = new EntryList(most)
    this.#sink = sink ?? memorySink()
  }

  get size(): number {
    return this.#entries.length
  }

  /** Adds a statement; answers why not, if it is not taken. */
  add(statement: IndicatorStatement): Refusal | undefined {
    const source = this.#sourceNumber(statement.source)
    return source < 0 ? 'too-many-sources' : this.#put({ ...statement, source, removal: false })
  }

  /** Takes back what older layers say of an indicator: all of it, or what one source says. */
  remove(written: string, from: string | undefined): Refusal | undefined {
    const source = from === undefined ? everySource : this.#sourceNumber(from)
    if (source < 0) return 'too-many-sources'
    const nothing = { confidence: 0, validUntil: 0, comment: '' }
    return this.#put({ written, source, removal: true, ...nothing })
  }

  /** What follows by `copy` is of a layer older than all before. */
  beginOlder(): void {
    this.#starts.push(this.#entries.length)
  }

  /** Adds a record of another layer, its source numbered anew. */
  copy(record: IndicatorRecord): void {
    this.#append(record)
  }

  /** The number here of a source another layer has under `number`; -1 where there are too many. */
  sourceOf(sources: readonly string[], number: number): number {
    return number === everySource ? everySource : this.#sourceNumber(sources[number] ?? '')
  }

  /** Takes over which kinds and ranges another layer holds. */
  inherit({ bits, present }: Pick<IndicatorLayer, 'bits' | 'present'>): void {
    for (const each of bits) this.#bits.add(each)
    present.forEach((is, kind) => {
      if (is) this.#present[kind] = true
    })
  }

  #sourceNumber(source: string): number {
    const name = source.slice(0, 200)
    const known = this.#sources.get(name)
    if (known !== undefined) return known
    if (this.#sources.size >= mostSources) return -1
    this.#sources.set(name, this.#sources.size)
    return this.#sources.size - 1
  }

  finish(): IndicatorLayer {
    this.#flush()
    return {
      ...fillTable(this.#entries, this.#starts),
      details: this.#sink.finish(),
      sources: [...this.#sources.keys()],
      bits: [...this.#bits].sort((a, b) => b - a),
      present: this.#present,
    }
  }

  #put(statement: Omit<IndicatorRecord, 'lo' | 'hi'>): Refusal | undefined {
    const indicator = readIndicator(statement.written)
    const kind = indicator && this.#key.put(indicator)
    if (indicator === undefined || kind === undefined) return 'unknown-form'
    if (this.#entries.length >= this.#most || this.#written > mostDetails) return 'full'
    if (indicator.kind === 'address') this.#bits.add(indicator.network.bits)
    this.#note(kind)
    this.#append({
      ...statement,
      lo: this.#key.lo,
      hi: this.#key.hi,
      comment: statement.comment.slice(0, 500),
    })
    return undefined
  }

  #note(kind: KeyKind): void {
    this.#present[keyKinds[kind]] = true
  }

  #append(record: IndicatorRecord): void {
    if (this.#used + longestRecord > blockBytes) this.#flush()
    this.#entries.push(record, (this.#written + this.#used) / 4)
    this.#used += writeRecord(this.#block, this.#used, record)
  }

  #flush(): void {
    this.#sink.write(this.#block.subarray(0, this.#used))
    this.#written += this.#used
    this.#used = 0
  }
}
