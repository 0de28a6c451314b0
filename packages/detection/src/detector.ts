import { examineIndicators } from './indicators/indicator-match.ts'
import type { IndicatorSet } from './indicators/indicator-set.ts'
import { examineSensor } from './sensor.ts'
import { explain } from './sigma/formula.ts'
import { Router } from './sigma/route.ts'
import type { CompiledRule } from './sigma/rule-compiler.ts'
import type { RuleSet } from './sigma/rule-set.ts'
import { View } from './sigma/view.ts'
import type { Finding, Subject } from './subject.ts'

const mostMatches = 64
const mostFindings = 64
const none: readonly Finding[] = []

/**
 * Looks at one subject after the other: Sigma rules, then indicators, then what the sensor that wrote
 * the record itself concluded. Keeps nothing between subjects but memory to work in.
 */
export class Detector {
  readonly #rules: readonly CompiledRule[]
  readonly #indicators: IndicatorSet
  readonly #router: Router
  readonly #view: View
  readonly #seen: Uint32Array
  readonly #findings: Finding[] = []
  readonly #consider: (rule: number) => void
  #turn = 0

  constructor(rules: RuleSet, indicators: IndicatorSet) {
    this.#rules = rules.rules
    this.#indicators = indicators
    this.#router = new Router(rules.rules)
    this.#view = new View(rules.slots)
    this.#seen = new Uint32Array(rules.rules.length)
    this.#consider = (rule) => this.#verify(rule)
  }

  /** Everything there is to say about a subject; at most 64 findings, rules first. */
  examine(subject: Subject): readonly Finding[] {
    this.#findings.length = 0
    this.#examineRules(subject)
    examineIndicators(this.#indicators, subject, this.#findings)
    examineSensor(subject, this.#findings)
    return this.#findings.length === 0 ? none : this.#findings.slice(0, mostFindings)
  }

  #examineRules(subject: Subject): void {
    const group = this.#router.groupOf(subject.event.logsource)
    if (group.size === 0) return
    this.#view.show(subject)
    this.#nextTurn()
    group.candidates(this.#view, this.#consider)
  }

  #verify(index: number): void {
    if (this.#seen[index] === this.#turn) return
    this.#seen[index] = this.#turn
    const rule = this.#rules[index]
    if (rule?.check(this.#view)) this.#findings.push(this.#finding(rule))
  }

  #finding(rule: CompiledRule): Finding {
    const matches = explain(rule.formula, this.#view) ?? []
    return {
      detector: 'sigma',
      rule: rule.facts,
      severity: rule.severity,
      matches: matches.slice(0, mostMatches),
    }
  }

  #nextTurn(): void {
    this.#turn += 1
    if (this.#turn < 0xffff_ffff) return
    this.#turn = 1
    this.#seen.fill(0)
  }
}
