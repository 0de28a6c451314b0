import type { FieldValue } from '../sigma/fields.ts'
import type { Witness } from '../sigma/witness.ts'
import { LiteralAutomaton } from './literal-automaton.ts'
import { ValueMemory } from './value-memory.ts'

const none: readonly number[] = []
const longestRemembered = 400
const longestShort = 32

interface Pattern {
  readonly literal: string
  readonly position: Witness['position']
  readonly rules: number[]
}

/**
 * Which rules a field's value speaks for: whole values by hash, file names at the end of a path by their
 * last part, everything else in one pass over the value. Values seen before are remembered.
 */
export class FieldProbe {
  readonly #exact = new Map<string, readonly number[]>()
  /** Endings that begin at the last separator of a path. */
  readonly #lastParts = new Map<string, readonly number[]>()
  readonly #scanned: readonly Pattern[]
  readonly #automaton: LiteralAutomaton | undefined
  /** When each pattern was met last: a text may hold the same one a million times. */
  readonly #metAt: Float64Array
  #turn = 0
  /** Short values recur where long ones do not, so each kind earns its memory by itself. */
  readonly #short = new ValueMemory((value) => this.#compute(value))
  readonly #long = new ValueMemory((value) => this.#compute(value))

  /** `witnesses` with the rule each speaks for; all of one field. */
  constructor(witnesses: readonly (readonly [witness: Witness, rule: number])[]) {
    const patterns = new Map<string, Pattern>()
    for (const [{ literal, position }, rule] of witnesses) {
      const key = `${position} ${literal}`
      const pattern = patterns.get(key) ?? { literal, position, rules: [] }
      patterns.set(key, pattern)
      if (pattern.rules.at(-1) !== rule) pattern.rules.push(rule)
    }
    const scanned: Pattern[] = []
    for (const pattern of patterns.values()) {
      if (pattern.position === 'whole') this.#exact.set(pattern.literal, pattern.rules)
      else if (isLastPart(pattern)) this.#lastParts.set(pattern.literal, pattern.rules)
      else scanned.push(pattern)
    }
    this.#scanned = scanned
    this.#metAt = new Float64Array(scanned.length)
    const literals = scanned.map(({ literal }) => literal)
    this.#automaton = literals.length > 0 ? new LiteralAutomaton(literals) : undefined
  }

  /** Calls back with every rule a value of this field speaks for, possibly more than once with the same. */
  visit(value: FieldValue, found: (rule: number) => void): void {
    if (typeof value === 'string') {
      for (const rule of this.#rulesOf(value)) found(rule)
    } else if (value) {
      for (const each of value) for (const rule of this.#rulesOf(each)) found(rule)
    }
  }

  #rulesOf(value: string): readonly number[] {
    if (value.length <= longestShort) return this.#short.get(value)
    return value.length <= longestRemembered ? this.#long.get(value) : this.#compute(value)
  }

  #compute(value: string): readonly number[] {
    const rules: number[] = []
    if (this.#exact.size > 0 || this.#lastParts.size > 0) this.#lookUp(value.toLowerCase(), rules)
    this.#turn += 1
    this.#automaton?.search(value, (index, end, length) => {
      if (this.#metAt[index] === this.#turn) return
      const pattern = this.#scanned[index]
      if (pattern === undefined || !stands(pattern, end, length)) return
      this.#metAt[index] = this.#turn
      rules.push(...pattern.rules)
    })
    if (rules.length === 0) return none
    return rules.length === 1 ? rules : [...new Set(rules)]
  }

  #lookUp(lower: string, rules: number[]): void {
    const exact = this.#exact.get(lower)
    if (exact !== undefined) rules.push(...exact)
    if (this.#lastParts.size === 0) return
    const separator = Math.max(lower.lastIndexOf('\\'), lower.lastIndexOf('/'))
    if (separator < 0) return
    const last = this.#lastParts.get(lower.slice(separator))
    if (last !== undefined) rules.push(...last)
  }
}

function isLastPart({ literal, position }: Pattern): boolean {
  return (
    position === 'endswith' && Math.max(literal.lastIndexOf('\\'), literal.lastIndexOf('/')) === 0
  )
}

function stands({ literal, position }: Pattern, end: number, length: number): boolean {
  if (position === 'startswith') return end === literal.length
  return position !== 'endswith' || end === length
}
