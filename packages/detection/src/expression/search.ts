import { CounterClock } from './counter-clock.ts'
import type { Extent } from './extent.ts'
import { LazyAutomaton, outcomes } from './lazy-automaton.ts'
import type { Landmark } from './literals.ts'
import type { Program } from './program.ts'

/** What is known of all matches of an expression before any text is seen. */
export interface SearchPlan {
  readonly program: Program
  readonly extent: Extent
  /** Whether every match ends at the end of the text. */
  readonly endsText: boolean
  readonly landmark: Landmark | undefined
}

const trialJumps = 32
const shortestJump = 16

/** Finds out whether an expression occurs in a text, in one pass and bounded memory. */
export class Search {
  readonly #plan: SearchPlan
  readonly #pages: Uint16Array
  readonly #firstOfPage: Int32Array
  readonly #end: number
  readonly #automaton: LazyAutomaton
  readonly #clock: CounterClock
  #text = ''
  #at = 0
  #state = 0
  /** Where landmarks are looked for; empty when jumping does not pay. */
  #landscape = ''
  #landmarkAt = -1
  #jumps = 0

  constructor(plan: SearchPlan) {
    const { program } = plan
    this.#plan = plan
    this.#pages = program.classes.pages
    this.#firstOfPage = program.classes.firstOfPage
    this.#end = program.classes.count
    this.#automaton = new LazyAutomaton(program)
    this.#clock = new CounterClock(program.counters)
  }

  /** Whether the expression occurs; `lower` is the text in lower case. */
  test(text: string, lower: string): boolean {
    const { extent, endsText, program } = this.#plan
    if (text.length < extent.least) return false
    const from = endsText ? Math.max(0, text.length - extent.most) : 0
    if (program.bound && from > 0) return false
    this.#begin(text, lower)
    const start = this.#jump(from)
    const found = start >= 0 && this.#run(start)
    this.#text = ''
    this.#landscape = ''
    return found
  }

  #begin(text: string, lower: string): void {
    this.#automaton.begin()
    this.#text = text
    this.#landscape = ''
    this.#landmarkAt = -1
    this.#jumps = 0
    if (this.#plan.landmark === undefined || this.#plan.program.bound) return
    // Lower case that is longer than the text has its letters elsewhere.
    if (this.#plan.landmark.cased) this.#landscape = text
    else if (lower.length === text.length) this.#landscape = lower
  }

  #run(start: number): boolean {
    this.#at = start
    this.#state = this.#stateAt(start)
    for (;;) {
      const next = this.#scan()
      if (this.#at === this.#text.length) return this.#ending(this.#state) === outcomes.matched
      this.#state = this.#beyondTable(next)
      if (this.#state < 0) return this.#state === outcomes.matched
    }
  }

  /** Goes on while the table says how: to the end, or to where it stops, of which it tells what it says. */
  #scan(): number {
    const text = this.#text
    const pages = this.#pages
    const firstOfPage = this.#firstOfPage
    const { table, lastIdle } = this.#automaton
    const stop = this.#landscape === '' ? -1 : lastIdle
    let state = this.#state
    let next = state
    let at = this.#at
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      const page = unit < 256 ? 0 : (firstOfPage[unit >> 8] ?? 0)
      next = table[state + (pages[page + (unit & 255)] ?? 0)] ?? outcomes.unknown
      if (next <= stop) break
      state = next
    }
    this.#state = state
    this.#at = at
    return next
  }

  /**
   * Goes over the unit at `#at` where the table alone does not say how, and over all units after
   * it as long as counters run. Returns the state it comes to, or whether the expression matched.
   */
  #beyondTable(known: number): number {
    const at = this.#at
    const state = this.#state
    const unitClass = this.#classOf(this.#text.charCodeAt(at))
    const automaton = this.#automaton
    let entered = automaton.entered[state + unitClass] ?? 0
    let next = known
    if (known === outcomes.unknown) {
      next = automaton.advance(state, unitClass, at)
      entered = automaton.lastEntered
    }
    this.#at = at + 1
    if (next <= outcomes.counting) {
      this.#clock.enter(entered, 0, at)
      next = this.#count(outcomes.counting - next)
    }
    return automaton.isIdle(next) ? this.#jumpFrom(next) : next
  }

  /** From an idle state at `#at` to the first place where a match can begin. */
  #jumpFrom(state: number): number {
    const at = this.#jump(this.#at)
    if (at < 0) return outcomes.dead
    if (at === this.#at) return state
    this.#at = at
    return this.#stateAt(at)
  }

  /** Goes on from `#at` until no counter runs, or it is settled whether the expression occurs. */
  #count(start: number): number {
    let state = this.#withClock(start, this.#at)
    while (this.#automaton.active(state) !== 0) {
      if (this.#at === this.#text.length) return this.#ending(state)
      const next = this.#countOver(state, this.#at)
      if (next > outcomes.counting) {
        this.#at += 1
        return next
      }
      if (outcomes.counting - next === state) this.#coast(state)
      this.#at += 1
      state = this.#withClock(outcomes.counting - next, this.#at)
    }
    return state
  }

  #countOver(state: number, at: number): number {
    const automaton = this.#automaton
    const unitClass = this.#classOf(this.#text.charCodeAt(at))
    const active = automaton.active(state)
    let entered = automaton.entered[state + unitClass] ?? 0
    let next = automaton.table[state + unitClass] ?? outcomes.unknown
    if (next === outcomes.unknown) {
      next = automaton.advance(state, unitClass, at)
      entered = automaton.lastEntered
    }
    if (entered !== 0) this.#clock.enter(entered, active, at)
    return next
  }

  #ending(state: number): number {
    const ending = this.#automaton.advance(state, this.#end, this.#at)
    return ending === outcomes.matched ? ending : outcomes.dead
  }

  /** Moves `#at` to the last unit before which state and counters stay as they are. */
  #coast(state: number): void {
    const { table, entered } = this.#automaton
    const text = this.#text
    const end = Math.min(text.length, this.#clock.nextChange)
    let at = this.#at + 1
    while (at < end) {
      const unitClass = this.#classOf(text.charCodeAt(at))
      if (table[state + unitClass] !== outcomes.counting - state) break
      if (entered[state + unitClass] !== 0) break
      at += 1
    }
    this.#at = at - 1
  }

  #withClock(state: number, at: number): number {
    const active = this.#automaton.active(state)
    if (active === 0) return state
    this.#clock.look(active, at)
    const { exits, expired } = this.#clock
    return (exits | expired) === 0 ? state : this.#automaton.variant(state, exits, expired, at)
  }

  #classOf(unit: number): number {
    const page = unit < 256 ? 0 : (this.#firstOfPage[unit >> 8] ?? 0)
    return this.#pages[page + (unit & 255)] ?? 0
  }

  #stateAt(at: number): number {
    if (at === 0) return this.#automaton.initial(at)
    return this.#automaton.idleAfter(this.#classOf(this.#text.charCodeAt(at - 1)))
  }

  /** The first place from which a match can begin, not before `at`; -1 if there is none any more. */
  #jump(at: number): number {
    const { landmark } = this.#plan
    if (landmark === undefined || this.#landscape === '') return at
    const { literal, offset } = landmark
    if (this.#landmarkAt < at + offset.least) {
      this.#landmarkAt = this.#landscape.indexOf(literal, at + offset.least)
      if (this.#landmarkAt < 0) return -1
      this.#jumps += 1
      if (this.#jumps > trialJumps && at < this.#jumps * shortestJump) this.#landscape = ''
    }
    return Math.max(at, this.#landmarkAt - offset.most)
  }
}
