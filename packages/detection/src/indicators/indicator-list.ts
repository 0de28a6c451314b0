import { millisecondsOf } from '@haidang/contracts/instant'
import type { LayerBuilder, Refusal } from './indicator-layer.ts'

const mostProblems = 100
const longestLine = 8_192
const defaultConfidence = 50
const furthest = 0xffff_ffff

interface Columns {
  readonly value: number
  readonly confidence: number
  readonly source: number
  readonly comment: number
  readonly validUntil: number
}

/** Lines that are no indicator, as file:line: cause; the first 100. */
export class ListProblems {
  readonly lines: string[] = []

  add(problem: string): void {
    if (this.lines.length < mostProblems) this.lines.push(problem)
  }
}

/**
 * Reads a list of indicators as its text arrives: one a line, or CSV whose first line names its columns
 * (`value`, and any of `confidence` 0–100, `source`, `comment`, `valid_until`). Lines beginning with # are
 * remarks. A line that is no indicator is reported and skipped.
 */
export class IndicatorListReader {
  readonly #path: string
  readonly #builder: LayerBuilder
  readonly #problems: ListProblems
  #columns: Columns | undefined
  #begun = false
  #number = 0
  #rest = ''

  constructor(path: string, builder: LayerBuilder, problems: ListProblems) {
    this.#path = path
    this.#builder = builder
    this.#problems = problems
  }

  /** Any piece of the text; the pieces one after the other are the list. */
  read(text: string): void {
    let from = 0
    for (;;) {
      const newline = text.indexOf('\n', from)
      if (newline < 0) break
      this.#line(this.#rest + text.slice(from, Math.min(newline, from + longestLine + 1)))
      this.#rest = ''
      from = newline + 1
    }
    // Of an over-long line no more is kept than shows that it is one.
    if (this.#rest.length <= longestLine) this.#rest += text.slice(from, from + longestLine + 1)
  }

  /** Reads the last line, which may have no end. */
  end(): void {
    if (this.#rest !== '') this.#line(this.#rest)
    this.#rest = ''
  }

  #line(line: string): void {
    this.#number += 1
    const content = (this.#number === 1 ? line.replace(/^\uFEFF/, '') : line).trim()
    if (content === '' || content.startsWith('#')) return
    const header = this.#begun ? undefined : columnsOf(content)
    this.#begun = true
    if (header !== undefined) {
      this.#columns = header
      return
    }
    const cause = line.length > longestLine ? 'the line is too long' : this.#take(content)
    if (cause !== undefined) this.#problems.add(`${this.#path}:${this.#number}: ${cause}`)
  }

  #take(content: string): string | undefined {
    const columns = this.#columns ?? plain
    const fields = columns === plain ? [content] : csvFields(content)
    const field = (column: number) => fields[column]?.trim() ?? ''
    const validUntil = secondsOf(field(columns.validUntil))
    if (validUntil === undefined) return causes['no-time']
    const refusal = this.#builder.add({
      written: field(columns.value),
      source: field(columns.source) || this.#path,
      confidence: confidenceOf(field(columns.confidence)),
      validUntil,
      comment: field(columns.comment),
    })
    return refusal && causes[refusal]
  }
}

/** Of a list without columns the whole line is the indicator. */
const plain: Columns = { value: 0, confidence: -1, source: -1, comment: -1, validUntil: -1 }

/** Why a statement was not taken, for people. */
export const causes: Readonly<Record<Refusal | 'no-time', string>> = {
  'unknown-form': 'no address, range, domain, URL, hash or e-mail address',
  full: 'more indicators than there is room for',
  'too-many-sources': 'more than 65,535 sources',
  'no-time': 'valid_until is no time of RFC 3339',
}

/** Seconds of an RFC 3339 instant, or of the end of an RFC 3339 day in UTC; 0 for none, undefined for anything else. */
export function secondsOf(text: string): number | undefined {
  if (text === '') return 0
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text)
  if (!day && !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i.test(text)) {
    return undefined
  }
  const seconds = Math.ceil(millisecondsOf(text) / 1_000) + (day ? 86_400 : 0)
  if (Number.isNaN(seconds)) return undefined
  return Math.min(Math.max(seconds, 1), furthest)
}

/** 0 to 100; 50 for what is no number. */
export function confidenceOf(text: string | number | undefined): number {
  const number = text === undefined || text === '' ? defaultConfidence : Number(text)
  return Number.isFinite(number)
    ? Math.round(Math.min(Math.max(number, 0), 100))
    : defaultConfidence
}

function columnsOf(line: string): Columns | undefined {
  const names = csvFields(line.toLowerCase()).map((name) => name.trim())
  const value = names.findIndex((name) => name === 'value' || name === 'indicator')
  if (value < 0) return undefined
  const at = (name: string) => names.indexOf(name)
  return {
    value,
    confidence: at('confidence'),
    source: at('source'),
    comment: at('comment'),
    validUntil: at('valid_until'),
  }
}

/** RFC 4180 fields of one line. */
function csvFields(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  const fields: string[] = []
  for (const [, quotedField, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(quotedField === undefined ? (plain ?? '') : quotedField.replaceAll('""', '"'))
  }
  return fields
}
