import { type IndicatorKind, indicatorKinds } from './indicator-text.ts'

/** A known indicator, as found. */
export interface KnownIndicator {
  readonly kind: IndicatorKind
  /** As the list writes it. */
  readonly value: string
  /** 0 to 100. */
  readonly confidence: number
  readonly source: string
  readonly comment: string
}

/** The tables behind an indicator set: plain data over shared memory, so that every worker looks in the same. */
export interface IndicatorTables {
  readonly version: string
  readonly count: number
  /** Lines that are no indicator, as file:line: cause; the first 100. */
  readonly problems: readonly string[]
  /** Texts of all entries, one after the other: key, value as written, comment. */
  readonly texts: Uint8Array
  /** Three ends in `texts` an entry. */
  readonly ends: Uint32Array
  readonly kinds: Uint8Array
  readonly confidences: Uint8Array
  readonly sourceOf: Uint16Array
  readonly sources: readonly string[]
  /** Open addressing: entry number plus one, 0 free; a power of two long. */
  readonly table: Uint32Array
  /** Lengths of address ranges present, longest first. */
  readonly bits: readonly number[]
  /** Which kinds are present at all, by number. */
  readonly present: readonly boolean[]
}

const decoder = new TextDecoder()

/** Looks values up among the indicators of a node. */
export class IndicatorSet {
  readonly #tables: IndicatorTables

  constructor(tables: IndicatorTables) {
    this.#tables = tables
  }

  get version(): string {
    return this.#tables.version
  }

  get count(): number {
    return this.#tables.count
  }

  get bits(): readonly number[] {
    return this.#tables.bits
  }

  has(kind: IndicatorKind): boolean {
    return this.#tables.present[indicatorKinds.indexOf(kind)] ?? false
  }

  /** Number of the entry whose key is `text` from `from` on, or -1. Keys are as indicator-text makes them. */
  find(kind: IndicatorKind, text: string, from = 0): number {
    const { table, kinds } = this.#tables
    if (table.length === 0) return -1
    const number = indicatorKinds.indexOf(kind)
    const mask = table.length - 1
    for (let at = hashOf(number, text, from) & mask; ; at = (at + 1) & mask) {
      const entry = (table[at] ?? 0) - 1
      if (entry < 0) return -1
      if (kinds[entry] === number && this.#isKey(entry, text, from)) return entry
    }
  }

  describe(entry: number): KnownIndicator {
    const { texts, ends, kinds, confidences, sourceOf, sources } = this.#tables
    const slice = (from: number | undefined, to: number | undefined) =>
      decoder.decode(new Uint8Array(texts.subarray(from, to)))
    return {
      kind: indicatorKinds[kinds[entry] ?? 0] ?? 'address',
      value: slice(ends[entry * 3], ends[entry * 3 + 1]),
      confidence: confidences[entry] ?? 0,
      source: sources[sourceOf[entry] ?? 0] ?? '',
      comment: slice(ends[entry * 3 + 1], ends[entry * 3 + 2]),
    }
  }

  #isKey(entry: number, text: string, from: number): boolean {
    const { texts, ends } = this.#tables
    const start = entry === 0 ? 0 : (ends[entry * 3 - 1] ?? 0)
    if ((ends[entry * 3] ?? 0) - start !== text.length - from) return false
    for (let i = from; i < text.length; i++) {
      if (texts[start + i - from] !== text.charCodeAt(i)) return false
    }
    return true
  }
}

/** FNV-1a over kind and characters, finished so that low bits are well mixed. */
export function hashOf(kind: number, text: string, from: number): number {
  let hash = Math.imul(0x811c9dc5 ^ kind, 0x01000193)
  for (let i = from; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
