import type { JournalEntry } from '@haidang/contracts/journal'
import type { ChainBreak, ChainReport } from '@haidang/contracts/journal-check'
import { chainStart, cutAt, entryHash, explainBreak, follows } from './journal-chain.ts'

/** Where a check reads the journal from. */
export interface ChainSource {
  /** Position of the newest entry, and the furthest position a reader of the journal has reached. */
  ends(): Promise<{ readonly last: number; readonly furthest: number }>
  /** At most `limit` entries above `after` up to and including `upTo`, in order of position. */
  read(after: number, upTo: number, limit: number): Promise<JournalEntry[]>
}

/** What somebody else signed or kept: the hash that stood at a position. */
export interface ChainAnchor {
  readonly seq: number
  readonly hash: string
}

export interface CheckOptions {
  /** First position to check; 1 unless told. What lies before is taken as it stands. */
  readonly from?: number
  readonly anchors?: readonly ChainAnchor[]
  /** Told after every batch how far the check is. */
  readonly progress?: (checked: number, entries: number) => void
  /** Ends the check early; it then throws the reason of the abort. */
  readonly signal?: AbortSignal
}

/** Bytes of entries held at a time, roughly; two batches are. */
const batchBytes = 4_194_304
const firstBatch = 200
const largestBatch = 2_000
/** Entries looked at around a break. */
const windowSize = 500

/** Reads the chain once, in batches, and says whether it is as it was written or where it first is not. */
export function verifyChain(source: ChainSource, options: CheckOptions = {}): Promise<ChainReport> {
  return new ChainVerifier(source, options).run()
}

class ChainVerifier {
  readonly #source: ChainSource
  readonly #options: CheckOptions
  readonly #anchors: readonly ChainAnchor[]
  readonly #from: number
  #before = chainStart
  #head = chainStart
  #anchor = 0
  #anchored = 0
  #checked = 0
  #limit = firstBatch

  constructor(source: ChainSource, options: CheckOptions) {
    this.#source = source
    this.#options = options
    this.#from = Math.max(1, Math.trunc(options.from ?? 1))
    this.#anchors = (options.anchors ?? [])
      .filter(({ seq }) => seq >= this.#from)
      .toSorted((a, b) => a.seq - b.seq)
  }

  async run(): Promise<ChainReport> {
    const { last, furthest } = await this.#source.ends()
    const broken = (await this.#begin()) ?? (await this.#walk(last)) ?? this.#end(furthest)
    return {
      entries: last,
      from: this.#from,
      checked: this.#checked,
      anchors: this.#anchors.length,
      intact: broken === undefined,
      broken_at: broken?.seq ?? null,
      broken: broken ?? null,
      head: this.#head.hash,
    }
  }

  /** Takes the entry before the first one checked as it stands, if its content gives its hash. */
  async #begin(): Promise<ChainBreak | undefined> {
    if (this.#from === 1) return undefined
    const [entry, next] = await this.#source.read(this.#from - 2, this.#from, 2)
    if (!entry) return cutAt(this.#from - 2, this.#from - 1)
    const { hash, ...rest } = entry
    this.#before = { seq: entry.seq - 1, hash: entry.previous_hash }
    this.#head = entry
    if (entryHash(rest) === hash) return undefined
    return explainBreak(this.#before, chainStart, next ? [entry, next] : [entry])
  }

  async #walk(last: number): Promise<ChainBreak | undefined> {
    // The database reads the next batch while this one is recomputed.
    let coming = this.#read(this.#head.seq, last)
    while (this.#head.seq < last) {
      this.#options.signal?.throwIfAborted()
      const entries = await coming
      const end = entries.at(-1)
      if (end === undefined) return this.#explain([])
      this.#fit(entries)
      coming = this.#read(end.seq, last)
      for (const entry of entries) {
        const broken = await this.#take(entry)
        if (broken) return broken
      }
      this.#options.progress?.(this.#checked, last - this.#from + 1)
    }
    return undefined
  }

  async #take(entry: JournalEntry): Promise<ChainBreak | undefined> {
    if (!follows(entry, this.#head)) {
      const window = await this.#source.read(this.#head.seq, Number.MAX_SAFE_INTEGER, windowSize)
      return this.#explain(window)
    }
    this.#before = this.#head
    this.#head = { seq: entry.seq, hash: entry.hash }
    this.#checked++
    return this.#compare()
  }

  /** Whether the signed digests of this position say the same. */
  #compare(): ChainBreak | undefined {
    let anchor = this.#anchors[this.#anchor]
    while (anchor?.seq === this.#head.seq) {
      if (anchor.hash !== this.#head.hash) {
        return {
          fault: 'rewritten',
          seq: Math.max(this.#anchored + 1, this.#from),
          until: anchor.seq,
          entry_id: null,
          expected: anchor.hash,
          found: this.#head.hash,
        }
      }
      this.#anchored = anchor.seq
      anchor = this.#anchors[++this.#anchor]
    }
    return undefined
  }

  /** Whoever cut off the end has left readers, or signed digests, standing beyond it. */
  #end(furthest: number): ChainBreak | undefined {
    const known = Math.max(furthest, this.#anchors.at(-1)?.seq ?? 0)
    return known > this.#head.seq ? cutAt(this.#head.seq, known) : undefined
  }

  #explain(window: readonly JournalEntry[]): ChainBreak {
    return explainBreak(this.#head, this.#before, window)
  }

  /** Begun before it is wanted: a check that ends earlier leaves its failure to nobody. */
  #read(after: number, last: number): Promise<JournalEntry[]> {
    if (after >= last) return Promise.resolve([])
    const coming = this.#source.read(after, last, this.#limit)
    coming.catch(() => undefined)
    return coming
  }

  /** So many entries next time as are about `batchBytes`, judged by a few of these. */
  #fit(entries: readonly JournalEntry[]): void {
    const seen = entries.filter((_, n) => n % 50 === 0)
    const size = seen.reduce((sum, entry) => sum + JSON.stringify(entry).length, 0) / seen.length
    this.#limit = Math.min(largestBatch, Math.max(1, Math.floor(batchBytes / size)))
  }
}
