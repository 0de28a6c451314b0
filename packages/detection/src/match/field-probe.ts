import type { FieldValue } from '../sigma/fields.ts'
import type { Witness } from '../sigma/witness.ts'
import { LiteralAutomaton } from './literal-automaton.ts'

const none: readonly number[] = []
const longestRemembered = 400
const mostRemembered = 4_096
/** Lookups after which a memory that seldom knows the answer is given up for a while. */
const trial = 2_048
const fewestKnown = trial / 4
const pause = 8 * trial

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
  #young = new Map<string, readonly number[]>()
  #old = new Map<string, readonly number[]>()
  #asked = 0
  #known = 0
  #paused = 0

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
    if (value.length > longestRemembered) return this.#compute(value)
    if (this.#paused > 0) {
      this.#paused -= 1
      return this.#compute(value)
    }
    this.#asked += 1
    const young = this.#young.get(value)
    if (young !== undefined) {
      this.#known += 1
      return young
    }
    return this.#learn(value)
  }

  #learn(value: string): readonly number[] {
    const old = this.#old.get(value)
    if (old !== undefined) this.#known += 1
    const rules = old ?? this.#compute(value)
    if (this.#young.size >= mostRemembered) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(value, rules)
    if (this.#asked >= trial) this.#judge()
    return rules
  }

  #judge(): void {
    if (this.#known < fewestKnown) {
      this.#paused = pause
      this.#young.clear()
      this.#old.clear()
    }
    this.#asked = 0
    this.#known = 0
  }

  #compute(value: string): readonly number[] {
    const rules: number[] = []
    if (this.#exact.size > 0 || this.#lastParts.size > 0) this.#lookUp(value.toLowerCase(), rules)
    this.#automaton?.search(value, (index, end, length) => {
      const pattern = this.#scanned[index]
      if (pattern !== undefined && stands(pattern, end, length)) rules.push(...pattern.rules)
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
