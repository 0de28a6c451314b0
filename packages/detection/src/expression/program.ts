import { type CharacterClasses, classesOf } from './character-classes.ts'
import { type CharacterSet, holds } from './character-set.ts'
import { isBoundTo } from './extent.ts'
import { lineFeed, wordUnits } from './named-sets.ts'
import { canOverlap, type Prior, priorAfter } from './overlap.ts'
import type { Assertion, SyntaxTree } from './syntax-tree.ts'

/** What an instruction does: `x` and `y` are instructions unless said otherwise. */
export const operations = {
  /** Takes a unit of set `y`, goes on at `x`. */
  take: 0,
  /** Goes on at `x` and at `y`. */
  fork: 1,
  /** Goes on at `x` where assertion `y` of `assertionCodes` holds. */
  assert: 2,
  /** Starts counter `y`; the counter goes on at `x`. */
  count: 3,
  match: 4,
  /** Goes nowhere. */
  fail: 5,
} as const

/** Number of each assertion in a program. */
export const assertionCodes: Readonly<Record<Assertion, number>> = {
  'text start': 0,
  'text end': 1,
  'line start': 2,
  'line end': 3,
  'word boundary': 4,
  'no word boundary': 5,
}

/** A long run of one set, counted instead of unrolled: `least` to `most` units, then `next`. */
export interface Counter {
  readonly set: number
  readonly least: number
  readonly most: number
  readonly next: number
}

/** An expression as a non-deterministic automaton over classes of units. */
export interface Program {
  readonly operation: Uint8Array
  readonly x: Int32Array
  readonly y: Int32Array
  readonly start: number
  readonly counters: readonly Counter[]
  readonly classes: CharacterClasses
  /** Whether set s holds class c: `accepts[s * classes.count + c]`. */
  readonly accepts: Uint8Array
  /** Numbers of the sets of words and line feeds, by which assertions look; -1 if none does. */
  readonly wordSet: number
  readonly lineFeedSet: number
  /** Whether a match can begin at the start of the text only. */
  readonly bound: boolean
}

const mostInstructions = 2_000
/** Runs of this length are written out in any case, and those of which no two overlap while room is left. */
const shortRun = 16
const longRun = 256
const roomForRuns = 1_000
/** Counters of one program: a small integer holds two bits for each. */
export const mostCounters = 12

/** Makes the automaton of a tree. Throws Error where it would be too large. */
export function programOf(tree: SyntaxTree): Program {
  return new ProgramBuilder().build(tree)
}

interface Repetition {
  readonly least: number
  readonly most: number
}

class ProgramBuilder {
  readonly #operation: number[] = []
  readonly #x: number[] = []
  readonly #y: number[] = []
  readonly #sets: CharacterSet[] = []
  readonly #setNumbers = new Map<string, number>()
  readonly #counters: Counter[] = []
  #wordSet = -1
  #lineFeedSet = -1

  build(tree: SyntaxTree): Program {
    const start = this.#emit(tree, this.#add(operations.match, 0, 0), 'start')
    const classes = classesOf(this.#sets)
    return {
      operation: Uint8Array.from(this.#operation),
      x: Int32Array.from(this.#x),
      y: Int32Array.from(this.#y),
      start,
      counters: this.#counters,
      classes,
      accepts: Uint8Array.from(
        this.#sets.flatMap((set) => classes.samples.map((unit) => Number(holds(set, unit)))),
      ),
      wordSet: this.#wordSet,
      lineFeedSet: this.#lineFeedSet,
      bound: isBoundTo(tree, 'text start'),
    }
  }

  /** Adds what accepts the tree and then goes on at `next`; returns where it begins. */
  #emit(tree: SyntaxTree, next: number, prior: Prior): number {
    switch (tree.kind) {
      case 'set':
        return this.#add(operations.take, next, this.#setNumber(tree.set))
      case 'assertion':
        return this.#assertion(tree.assertion, next)
      case 'sequence':
        return this.#sequence(tree.parts, next, prior)
      case 'choice':
        return this.#choice(tree.parts, next, prior)
      case 'repeat':
        return tree.part.kind === 'set' && this.#isWorthCounting(tree.part.set, tree, prior)
          ? this.#count(tree.part.set, tree, next, prior)
          : this.#repeat(tree.part, tree.least, tree.most, next)
    }
  }

  #sequence(parts: readonly SyntaxTree[], next: number, prior: Prior): number {
    const priors: Prior[] = []
    let before = prior
    for (const part of parts) {
      priors.push(before)
      before = priorAfter(part, before)
    }
    return parts.reduceRight((after, part, i) => this.#emit(part, after, priors[i]), next)
  }

  #assertion(assertion: Assertion, next: number): number {
    if (assertion.includes('word')) this.#wordSet = this.#setNumber(wordUnits)
    if (assertion.startsWith('line')) this.#lineFeedSet = this.#setNumber(lineFeed)
    return this.#add(operations.assert, next, assertionCodes[assertion])
  }

  #choice(parts: readonly SyntaxTree[], next: number, prior: Prior): number {
    const [first, ...rest] = parts.map((part) => this.#emit(part, next, prior))
    if (first === undefined) return this.#add(operations.fail, 0, 0)
    return rest.reduce((all, one) => this.#add(operations.fork, all, one), first)
  }

  #count(set: CharacterSet, { least, most }: Repetition, next: number, prior: Prior): number {
    const counter = {
      set: this.#setNumber(set),
      least: Math.max(1, least),
      // Where a run may begin at any place, one that is too long holds one that is not.
      most: prior === 'start' ? Number.POSITIVE_INFINITY : most,
      next,
    }
    const start = this.#add(operations.count, next, this.#counters.push(counter) - 1)
    return least === 0 ? this.#add(operations.fork, start, next) : start
  }

  #repeat(part: SyntaxTree, least: number, most: number, next: number): number {
    let after = next
    if (most === Number.POSITIVE_INFINITY) {
      const loop = this.#add(operations.fork, next, next)
      const body = this.#emit(part, loop, undefined)
      this.#x[loop] = body
      after = least === 0 ? loop : body
    } else {
      for (let i = least; i < most; i++) {
        after = this.#add(operations.fork, this.#emit(part, after, undefined), next)
      }
    }
    const unrolled = most === Number.POSITIVE_INFINITY ? least - 1 : least
    for (let i = 0; i < unrolled; i++) after = this.#emit(part, after, undefined)
    return after
  }

  #isWorthCounting(set: CharacterSet, { least, most }: Repetition, prior: Prior): boolean {
    const length = most === Number.POSITIVE_INFINITY ? least : most
    if (length <= shortRun || this.#counters.length >= mostCounters) return false
    const room = length <= longRun && this.#operation.length + 2 * length < roomForRuns
    return !room || canOverlap(set, prior)
  }

  #setNumber(set: CharacterSet): number {
    const key = set.join()
    const known = this.#setNumbers.get(key)
    if (known !== undefined) return known
    const number = this.#sets.push(set) - 1
    this.#setNumbers.set(key, number)
    return number
  }

  #add(operation: number, x: number, y: number): number {
    if (this.#operation.length >= mostInstructions) {
      throw new Error(
        `too large: more than ${mostInstructions} steps when its repetitions are written out`,
      )
    }
    this.#operation.push(operation)
    this.#x.push(x)
    this.#y.push(y)
    return this.#operation.length - 1
  }
}
