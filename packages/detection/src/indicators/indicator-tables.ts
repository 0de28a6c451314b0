import { hashOf, IndicatorSet, type IndicatorTables } from './indicator-set.ts'
import { type CanonicalIndicator, indicatorKinds, readIndicator } from './indicator-text.ts'

/** A file of indicators. */
export interface IndicatorDocument {
  readonly path: string
  readonly text: string
}

const mostIndicators = 4_000_000
const mostProblems = 100
const mostSources = 65_535
const longestLine = 8_192
const defaultConfidence = 50

/**
 * Reads lists of indicators: one a line, or CSV whose first line names its columns (`value`, and any of
 * `confidence` 0–100, `source`, `comment`). Lines beginning with # are remarks. A line that is no
 * indicator is reported and skipped; of repeated ones the first stands. `version` names the content.
 */
export function buildIndicatorTables(
  documents: readonly IndicatorDocument[],
  version: string,
): IndicatorTables {
  const builder = new TablesBuilder()
  for (const document of documents) builder.read(document)
  return builder.finish(version)
}

/** A set in which nothing is known. */
export function noIndicators(): IndicatorSet {
  return new IndicatorSet(buildIndicatorTables([], ''))
}

interface Columns {
  readonly value: number
  readonly confidence: number
  readonly source: number
  readonly comment: number
}

class TablesBuilder {
  readonly #encoder = new TextEncoder()
  readonly #problems: string[] = []
  readonly #sources = new Map<string, number>()
  readonly #bits = new Set<number>()
  readonly #keys: CanonicalIndicator['kind'][] = []
  #texts = new Uint8Array(65_536)
  #used = 0
  #ends = new Uint32Array(3_072)
  #confidences = new Uint8Array(1_024)
  #sourceOf = new Uint16Array(1_024)

  read({ path, text }: IndicatorDocument): void {
    let columns: Columns | undefined
    let first = true
    for (const [number, content] of linesOf(text)) {
      if (content === '' || content.startsWith('#')) continue
      const header = first ? columnsOf(content) : undefined
      first = false
      if (header === undefined) this.#line(`${path}:${number}`, content, path, columns)
      else columns = header
    }
  }

  finish(version: string): IndicatorTables {
    const count = this.#keys.length
    return {
      version,
      count,
      problems: this.#problems,
      texts: shared(Uint8Array, this.#texts.subarray(0, this.#used)),
      ends: shared(Uint32Array, this.#ends.subarray(0, count * 3)),
      kinds: shared(
        Uint8Array,
        Uint8Array.from(this.#keys, (kind) => indicatorKinds.indexOf(kind)),
      ),
      confidences: shared(Uint8Array, this.#confidences.subarray(0, count)),
      sourceOf: shared(Uint16Array, this.#sourceOf.subarray(0, count)),
      sources: [...this.#sources.keys()],
      table: this.#table(),
      bits: [...this.#bits].sort((a, b) => b - a),
      present: indicatorKinds.map((kind) => this.#keys.includes(kind)),
    }
  }

  #line(place: string, content: string, path: string, columns: Columns | undefined): void {
    const fields = columns === undefined ? [content] : csvFields(content)
    const written = fields[columns?.value ?? 0]?.trim() ?? ''
    const indicator = content.length > longestLine ? undefined : readIndicator(written)
    if (indicator === undefined) {
      this.#problem(`${place}: no address, range, domain, URL or hash`)
    } else if (this.#keys.length >= mostIndicators) {
      this.#problem(`${place}: more than ${mostIndicators} indicators`)
    } else {
      const confidence = confidenceOf(fields[columns?.confidence ?? -1])
      const source = fields[columns?.source ?? -1]?.trim() || path
      const comment = fields[columns?.comment ?? -1]?.trim() ?? ''
      this.#add(indicator, written, { confidence, source, comment })
    }
  }

  #add(
    { kind, key, bits }: CanonicalIndicator,
    written: string,
    { confidence, source, comment }: { confidence: number; source: string; comment: string },
  ): void {
    const entry = this.#keys.length
    this.#keys.push(kind)
    if (kind === 'address') this.#bits.add(bits)
    if (entry >= this.#confidences.length) this.#growEntries()
    this.#ends[entry * 3] = this.#append(key)
    this.#ends[entry * 3 + 1] = this.#append(written)
    this.#ends[entry * 3 + 2] = this.#append(comment.slice(0, 500))
    this.#confidences[entry] = confidence
    this.#sourceOf[entry] = this.#sourceNumber(source.slice(0, 200))
  }

  #append(text: string): number {
    while (this.#used + text.length * 3 > this.#texts.length) {
      this.#texts = grown(this.#texts, new Uint8Array(this.#texts.length * 2))
    }
    this.#used += this.#encoder.encodeInto(text, this.#texts.subarray(this.#used)).written
    return this.#used
  }

  #growEntries(): void {
    this.#ends = grown(this.#ends, new Uint32Array(this.#ends.length * 2))
    this.#confidences = grown(this.#confidences, new Uint8Array(this.#confidences.length * 2))
    this.#sourceOf = grown(this.#sourceOf, new Uint16Array(this.#sourceOf.length * 2))
  }

  #sourceNumber(source: string): number {
    const known = this.#sources.get(source)
    if (known !== undefined) return known
    if (this.#sources.size >= mostSources) return 0
    this.#sources.set(source, this.#sources.size)
    return this.#sources.size - 1
  }

  #table(): Uint32Array {
    const count = this.#keys.length
    if (count === 0) return shared(Uint32Array, new Uint32Array(0))
    const table = shared(Uint32Array, new Uint32Array(2 ** Math.ceil(Math.log2(count * 2))))
    const decoder = new TextDecoder()
    const mask = table.length - 1
    for (let entry = 0; entry < count; entry++) {
      const start = entry === 0 ? 0 : this.#ends[entry * 3 - 1]
      const key = decoder.decode(this.#texts.subarray(start, this.#ends[entry * 3]))
      const kind = indicatorKinds.indexOf(this.#keys[entry] ?? 'address')
      let at = hashOf(kind, key, 0) & mask
      while (table[at] !== 0) at = (at + 1) & mask
      table[at] = entry + 1
    }
    return table
  }

  #problem(problem: string): void {
    if (this.#problems.length < mostProblems) this.#problems.push(problem)
  }
}

/** Numbered lines without surrounding space; an over-long one is cut just beyond its bound. */
function* linesOf(text: string): Generator<[number, string]> {
  let number = 0
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from)
    const end = newline < 0 ? text.length : newline
    number += 1
    yield [number, text.slice(from, Math.min(end, from + longestLine + 1)).trim()]
    from = end + 1
  }
}

function grown<T extends Uint8Array | Uint16Array | Uint32Array>(old: T, larger: T): T {
  larger.set(old)
  return larger
}

type Column = Uint8Array | Uint16Array | Uint32Array

function shared<T extends Column>(make: new (buffer: SharedArrayBuffer) => T, content: T): T {
  const copy = new make(new SharedArrayBuffer(content.byteLength))
  copy.set(content)
  return copy
}

function columnsOf(line: string): Columns | undefined {
  const names = csvFields(line.toLowerCase()).map((name) => name.trim())
  const value = names.findIndex((name) => name === 'value' || name === 'indicator')
  if (value < 0) return undefined
  const at = (name: string) => names.indexOf(name)
  return { value, confidence: at('confidence'), source: at('source'), comment: at('comment') }
}

/** RFC 4180 fields of one line. */
function csvFields(line: string): string[] {
  const fields: string[] = []
  for (const [, quotedField, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(quotedField === undefined ? (plain ?? '') : quotedField.replaceAll('""', '"'))
  }
  return fields
}

function confidenceOf(text: string | undefined): number {
  const number = text === undefined || text.trim() === '' ? defaultConfidence : Number(text)
  return Number.isFinite(number)
    ? Math.round(Math.min(Math.max(number, 0), 100))
    : defaultConfidence
}
