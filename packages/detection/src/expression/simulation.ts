import { assertionCodes, operations, type Program } from './program.ts'

/** What the unit before a place was; bits. */
export const before = { start: 1, word: 2, lineFeed: 4 } as const

/** Where an automaton stands between two units. */
export interface Place {
  /** Instructions to go on from. */
  readonly kernel: Int32Array
  /** Bits of `before`, as far as the program looks at them. */
  readonly before: number
  /** Counters that run, one bit each. */
  readonly active: number
  /** Those of them that may end here. */
  readonly exits: number
}

/** Two places are the same if everything from there on is. Puts the kernel in order. */
export function keyOf({ kernel, before: bits, active, exits }: Place): string {
  return `${String.fromCharCode(...kernel.sort())}\uffff${bits},${active},${exits}`
}

/** Steps through a program, all ways at once: what one step costs is bounded by the program's size. */
export class Simulation {
  readonly #program: Program
  readonly #end: number
  readonly #usesStart: boolean
  readonly #stack: Int32Array
  readonly #seen: Uint32Array
  readonly #kernel: Int32Array
  readonly #inKernel: Uint32Array
  #generation = 0
  #top = 0
  #length = 0
  #entered = 0
  #matched = false

  constructor(program: Program) {
    const size = program.operation.length
    this.#program = program
    this.#end = program.classes.count
    this.#usesStart = program.operation.some(
      (operation, i) => operation === operations.assert && looksAtStart(program.y[i] ?? 0),
    )
    this.#stack = new Int32Array(size)
    this.#seen = new Uint32Array(size)
    this.#kernel = new Int32Array(size)
    this.#inKernel = new Uint32Array(size)
  }

  /** The counters the last step started, one bit each. */
  get entered(): number {
    return this.#entered
  }

  /** Where nothing has begun to match, after a unit of the class; undefined stands for the start of the text. */
  idle(after: number | undefined): Place {
    const bits = after === undefined ? this.#startBits() : this.#bitsAfter(after)
    return { kernel: new Int32Array(0), before: bits, active: 0, exits: 0 }
  }

  /**
   * Goes over a unit of the class, or over the end of the text (class `classes.count`). Undefined
   * if the expression has matched on the way.
   */
  step(place: Place, unitClass: number): Place | undefined {
    this.#begin()
    const { start, bound, counters } = this.#program
    if (!bound || (place.before & before.start) !== 0) this.#push(start)
    for (const instruction of place.kernel) this.#push(instruction)
    for (let exits = place.exits; exits !== 0; exits &= exits - 1) {
      this.#push(counters[31 - Math.clz32(exits & -exits)]?.next ?? start)
    }
    while (this.#top > 0 && !this.#matched) {
      this.#top -= 1
      this.#follow(this.#stack[this.#top] ?? 0, place, unitClass)
    }
    if (this.#matched) return undefined
    const running = (place.active | this.#entered) & this.#countersOver(unitClass)
    return {
      kernel: this.#kernel.slice(0, this.#length),
      before: this.#bitsAfter(unitClass),
      active: running,
      exits: 0,
    }
  }

  #begin(): void {
    this.#generation += 1
    if (this.#generation > 0xffff_fff0) {
      this.#seen.fill(0)
      this.#inKernel.fill(0)
      this.#generation = 1
    }
    this.#top = 0
    this.#length = 0
    this.#entered = 0
    this.#matched = false
  }

  #push(instruction: number): void {
    if (this.#seen[instruction] === this.#generation) return
    this.#seen[instruction] = this.#generation
    this.#stack[this.#top] = instruction
    this.#top += 1
  }

  #follow(instruction: number, place: Place, unitClass: number): void {
    const { operation, x, y } = this.#program
    const next = x[instruction] ?? 0
    const argument = y[instruction] ?? 0
    switch (operation[instruction]) {
      case operations.take:
        if (this.#accepts(argument, unitClass)) this.#keep(next)
        break
      case operations.fork:
        this.#push(next)
        this.#push(argument)
        break
      case operations.assert:
        if (this.#asserts(argument, place.before, unitClass)) this.#push(next)
        break
      case operations.count:
        if (this.#accepts(this.#program.counters[argument]?.set ?? 0, unitClass)) {
          this.#enter(argument, place.active)
        }
        break
      case operations.match:
        this.#matched = true
        break
    }
  }

  /** A counter without upper bound that runs already only cares for its oldest start. */
  #enter(counter: number, active: number): void {
    const bit = 1 << counter
    const runsOn = this.#program.counters[counter]?.most === Number.POSITIVE_INFINITY
    if (!runsOn || (active & bit) === 0) this.#entered |= bit
  }

  #keep(instruction: number): void {
    if (this.#inKernel[instruction] === this.#generation) return
    this.#inKernel[instruction] = this.#generation
    this.#kernel[this.#length] = instruction
    this.#length += 1
  }

  #accepts(set: number, unitClass: number): boolean {
    if (set < 0 || unitClass === this.#end) return false
    return this.#program.accepts[set * this.#end + unitClass] === 1
  }

  #asserts(assertion: number, bits: number, unitClass: number): boolean {
    const { wordSet, lineFeedSet } = this.#program
    switch (assertion) {
      case assertionCodes['text start']:
        return (bits & before.start) !== 0
      case assertionCodes['text end']:
        return unitClass === this.#end
      case assertionCodes['line start']:
        return (bits & (before.start | before.lineFeed)) !== 0
      case assertionCodes['line end']:
        return unitClass === this.#end || this.#accepts(lineFeedSet, unitClass)
      default: {
        const differs = ((bits & before.word) !== 0) !== this.#accepts(wordSet, unitClass)
        return differs === (assertion === assertionCodes['word boundary'])
      }
    }
  }

  #countersOver(unitClass: number): number {
    let running = 0
    for (const [i, { set }] of this.#program.counters.entries()) {
      if (this.#accepts(set, unitClass)) running |= 1 << i
    }
    return running
  }

  #startBits(): number {
    return this.#usesStart ? before.start : 0
  }

  #bitsAfter(unitClass: number): number {
    const { wordSet, lineFeedSet } = this.#program
    const word = this.#accepts(wordSet, unitClass) ? before.word : 0
    return word | (this.#accepts(lineFeedSet, unitClass) ? before.lineFeed : 0)
  }
}

function looksAtStart(assertion: number): boolean {
  return assertion === assertionCodes['text start'] || assertion === assertionCodes['line start']
}
