import { mostCounters, type Program } from './program.ts'
import { before, keyOf, type Place, Simulation } from './simulation.ts'

/** What stands in the table instead of a state. */
export const outcomes = {
  /** Not computed yet. */
  unknown: -1,
  /** The expression has matched before this unit. */
  matched: -2,
  /** It cannot match any more. */
  dead: -3,
  /** Down from here: `counting - state`, a state in which counters run. */
  counting: -8,
} as const

const mostEntries = 1 << 17
const mostRows = 2_048
const mostKernelWords = 1 << 17
const firstRows = 8
/** A state that is computed for each unit anew, when the table is full and does not pay. */
const scratch = 0
/** Units a full table must have served for each of its rows to be made anew. */
const unitsForRow = 8

/**
 * A deterministic automaton that is made state by state as texts ask for it. Its memory is bounded:
 * a full table is emptied; where texts fill it faster than they use it, it steps without a table.
 */
export class LazyAutomaton {
  readonly #program: Program
  readonly #simulation: Simulation
  readonly #shift: number
  readonly #mostRows: number
  readonly #numbers = new Map<string, number>()
  readonly #idle: Int32Array
  #places: Place[] = []
  #lastIdle: number = scratch
  #variants: (Map<number, number> | undefined)[] = []
  #kernelWords = 0
  #emptiedAt = Number.NEGATIVE_INFINITY
  /** Up to here the table is left alone: it did not pay. */
  #resumesAt = Number.NEGATIVE_INFINITY
  /** Next state by state and class of the unit: `table[state + class]`; below zero one of `outcomes`. */
  table: Int32Array
  /** Counters started on the way, laid out as `table`; empty without counters. */
  entered: Int32Array

  constructor(program: Program) {
    this.#program = program
    this.#simulation = new Simulation(program)
    this.#idle = new Int32Array(program.classes.count)
    this.#shift = 32 - Math.clz32(program.classes.count)
    this.#mostRows = Math.max(firstRows, Math.min(mostRows, mostEntries >> this.#shift))
    this.table = new Int32Array(0)
    this.entered = new Int32Array(0)
    this.#empty()
  }

  /** To be called before each text. */
  begin(): void {
    this.#emptiedAt = Number.NEGATIVE_INFINITY
    this.#resumesAt = Number.NEGATIVE_INFINITY
  }

  /** The state at the start of a text. */
  initial(at: number): number {
    return this.#numberOf(this.#simulation.idle(undefined), at)
  }

  /** The state where nothing has begun to match, after a unit of the class. */
  idleAfter(unitClass: number): number {
    return this.#idle[unitClass] ?? scratch
  }

  /** Whether it is one of these states. */
  isIdle(state: number): boolean {
    return state > scratch && state <= this.#lastIdle
  }

  /** The greatest number of such a state: they come before all others. */
  get lastIdle(): number {
    return this.#lastIdle
  }

  /** Counters that run in the state, one bit each. */
  active(state: number): number {
    return this.#places[state >> this.#shift]?.active ?? 0
  }

  /** Counters the last `advance` started, one bit each. */
  get lastEntered(): number {
    return this.#simulation.entered
  }

  /** Computes what `table` does not know yet: over a unit, or the end (class `classes.count`), at a place. */
  advance(state: number, unitClass: number, at: number): number {
    const place = this.#places[state >> this.#shift]
    if (place === undefined) return outcomes.dead
    const next = this.#simulation.step(place, unitClass)
    const table = this.table
    const number = next === undefined ? outcomes.matched : this.#outcomeOf(next, at)
    const lasts = number !== scratch && number !== outcomes.counting - scratch
    if (state !== scratch && lasts && this.table === table) {
      table[state + unitClass] = number
      if (this.entered.length > 0) this.entered[state + unitClass] = this.#simulation.entered
    }
    return number
  }

  /** The same state with some counters at a possible end and some ended for good. */
  variant(state: number, exits: number, expired: number, at: number): number {
    const row = state >> this.#shift
    const key = exits | (expired << mostCounters)
    const known = this.#variants[row]?.get(key)
    if (known !== undefined) return known
    const place = this.#places[row]
    if (place === undefined) return state
    const variants = this.#variants
    const number = this.#numberOf({ ...place, active: place.active & ~expired, exits }, at)
    if (state === scratch || number === scratch || this.#variants !== variants) return number
    const ofRow = variants[row] ?? new Map<number, number>()
    variants[row] = ofRow.set(key, number)
    return number
  }

  #outcomeOf(place: Place, at: number): number {
    if (place.active !== 0) return outcomes.counting - this.#numberOf(place, at)
    const isIdle = place.kernel.length === 0 && (place.before & before.start) === 0
    return isIdle && this.#program.bound ? outcomes.dead : this.#numberOf(place, at)
  }

  #numberOf(place: Place, at: number): number {
    if (at < this.#resumesAt) return this.#withoutTable(place)
    const key = keyOf(place)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    if (this.#isFull() && !this.#makeRoom(at)) {
      this.#resumesAt = at + unitsForRow * this.#places.length
      return this.#withoutTable(place)
    }
    const number = (this.#places.push(place) - 1) << this.#shift
    this.#kernelWords += place.kernel.length
    this.#numbers.set(key, number)
    if (number + (1 << this.#shift) > this.table.length) this.#grow()
    return number
  }

  #withoutTable(place: Place): number {
    this.#places[scratch] = place
    return scratch
  }

  #isFull(): boolean {
    return this.#places.length >= this.#mostRows || this.#kernelWords > mostKernelWords
  }

  #makeRoom(at: number): boolean {
    if (at - this.#emptiedAt < unitsForRow * this.#places.length) return false
    this.#emptiedAt = at
    this.#empty()
    return true
  }

  #empty(): void {
    const entries = firstRows << this.#shift
    this.#numbers.clear()
    this.#variants = []
    this.#places = [this.#simulation.idle(undefined)]
    this.#kernelWords = 0
    this.table = new Int32Array(entries).fill(outcomes.unknown)
    this.entered = new Int32Array(this.#program.counters.length > 0 ? entries : 0)
    for (const unitClass of this.#idle.keys()) {
      this.#idle[unitClass] = this.#numberOf(this.#simulation.idle(unitClass), 0)
    }
    this.#lastIdle = Math.max(...this.#idle)
  }

  #grow(): void {
    const table = new Int32Array(this.table.length * 2).fill(outcomes.unknown)
    table.set(this.table)
    this.table = table
    if (this.entered.length === 0) return
    const entered = new Int32Array(table.length)
    entered.set(this.entered)
    this.entered = entered
  }
}
