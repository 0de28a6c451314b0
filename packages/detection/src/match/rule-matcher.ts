import type { Reading } from '../sigma/reading.ts'
import type { CompiledRule } from '../sigma/rule-compiler.ts'
import type { RuleSet } from '../sigma/rule-set.ts'
import { View } from '../sigma/view.ts'
import { Router, type Unrouted } from './router.ts'
import type { RuleMeter } from './rule-meter.ts'

/** Says which rules of a set fire on one record after the other. Keeps nothing between records but memory to work in. */
export class RuleMatcher {
  readonly view: View
  readonly #rules: readonly CompiledRule[]
  readonly #router: Router
  readonly #seen: Uint32Array
  readonly #fired: number[] = []
  readonly #consider: (rule: number) => void
  readonly #meter: RuleMeter | undefined
  #turn = 0

  constructor({ rules, slots }: RuleSet, unrouted?: Unrouted, meter?: RuleMeter) {
    this.#rules = rules
    this.#meter = meter
    this.#router = new Router(rules, slots, unrouted)
    this.view = new View(slots)
    this.#seen = new Uint32Array(rules.length)
    this.#consider = (rule) => this.#verify(rule)
  }

  /** Positions of the rules that fire, each once; valid until the next call. The view goes on showing the record. */
  match(reading: Reading): readonly number[] {
    const meter = this.#meter
    if (!meter?.isDue()) return this.#match(reading, this.#consider)
    return meter.record(() => this.#match(reading, (rule) => this.#verify(rule, meter)))
  }

  #match(reading: Reading, consider: (rule: number) => void): readonly number[] {
    this.#fired.length = 0
    this.view.show(reading)
    const plan = this.#router.planFor(this.view, reading.logsource)
    if (plan.size === 0) return this.#fired
    this.#nextTurn()
    plan.candidates(this.view, consider)
    return this.#fired
  }

  #verify(index: number, meter?: RuleMeter): void {
    if (this.#seen[index] === this.#turn) return
    this.#seen[index] = this.#turn
    const rule = this.#rules[index]
    if (rule === undefined) return
    const fires = meter ? meter.rule(index, () => rule.check(this.view)) : rule.check(this.view)
    if (fires) this.#fired.push(index)
  }

  #nextTurn(): void {
    this.#turn += 1
    if (this.#turn < 0xffff_ffff) return
    this.#turn = 1
    this.#seen.fill(0)
  }
}
