import { type Observation, ObservationReader, observedTime } from './correlation/observation.ts'
import { examineIndicators } from './indicators/indicator-match.ts'
import type { IndicatorSet } from './indicators/indicator-set.ts'
import { RuleMatcher } from './match/rule-matcher.ts'
import { type RuleCosts, RuleMeter } from './match/rule-meter.ts'
import { examineSensor } from './sensor.ts'
import { explain } from './sigma/formula.ts'
import { readingOf } from './sigma/reading.ts'
import type { CompiledRule } from './sigma/rule-compiler.ts'
import type { RuleSet } from './sigma/rule-set.ts'
import type { Finding, Subject } from './subject.ts'

const mostMatches = 64
const mostFindings = 64
const none: readonly Finding[] = []
const nothing: readonly Observation[] = []

/**
 * Looks at one subject after the other: Sigma rules, then indicators, then what the sensor that wrote
 * the record itself concluded. Keeps nothing between subjects but memory to work in.
 */
export class Detector {
  readonly #rules: readonly CompiledRule[]
  readonly #indicators: IndicatorSet
  readonly #matcher: RuleMatcher
  readonly #reader: ObservationReader
  readonly #meter: RuleMeter | undefined
  #observations: readonly Observation[] = nothing
  /** Of the rule set. */
  readonly version: string

  /** `now`, in milliseconds with fractions, times the rules on every so-many-th record; without, none are timed. */
  constructor(rules: RuleSet, indicators: IndicatorSet, now?: () => number) {
    this.version = rules.version
    this.#rules = rules.rules
    this.#reader = new ObservationReader(rules.correlations)
    this.#indicators = indicators
    const ids = rules.rules.map(({ facts }) => facts.id)
    this.#meter = now && new RuleMeter(ids, now)
    this.#matcher = new RuleMatcher(rules, undefined, this.#meter)
  }

  /** Everything there is to say about a subject; at most 64 findings, rules first. */
  examine(subject: Subject): readonly Finding[] {
    const findings: Finding[] = []
    this.#observations = nothing
    for (const index of this.#matcher.match(readingOf(subject))) {
      const rule = this.#rules[index]
      if (rule?.generates) findings.push(this.#finding(rule))
      if (this.#reader.isAsked(index)) this.#observe(index, subject)
    }
    examineIndicators(this.#indicators, subject, findings)
    examineSensor(subject, findings)
    return findings.length === 0 ? none : findings.slice(0, mostFindings)
  }

  /** What the rules that fired on the subject examined last tell correlations; each names the event by its id. */
  get observations(): readonly Observation[] {
    return this.#observations
  }

  /** What rules took since this was last asked; undefined: nothing was timed. */
  takeCosts(): RuleCosts | undefined {
    return this.#meter?.take()
  }

  #observe(rule: number, { event }: Subject): void {
    const read = this.#reader.read(this.#matcher.view, rule, observedTime(event), event.id)
    if (read !== undefined) this.#observations = [...this.#observations, read]
  }

  #finding(rule: CompiledRule): Finding {
    const matches = explain(rule.formula, this.#matcher.view) ?? []
    return {
      detector: 'sigma',
      rule: rule.facts,
      severity: rule.severity,
      matches: matches.slice(0, mostMatches),
    }
  }
}
