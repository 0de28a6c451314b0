import { findingOf } from '@haidang/detection/correlation/correlation-finding'
import { Correlator } from '@haidang/detection/correlation/correlator'
import type { Observation } from '@haidang/detection/correlation/observation'
import type { RuleSet } from '@haidang/detection/sigma/rule-set'
import { shownNames } from './shown-names.ts'

/** Files need not be given in the order of their times. */
const lateness = 24 * 3_600_000

/** Carries out the correlations of a scan, over all files in their order. */
export class ScanCorrelations {
  readonly #correlator: Correlator
  readonly #names: ReadonlyMap<string, string>

  constructor(rules: RuleSet) {
    this.#correlator = new Correlator(rules.correlations, { lateness })
    this.#names = shownNames(rules)
  }

  /** Observations that could not be placed or were let go for want of room. */
  get lost(): number {
    const { evicted, late, undated, truncated } = this.#correlator.counts
    return evicted + late + undated + truncated
  }

  /**
   * One line of JSON for each correlation that observations of a file complete, at the line that made it
   * fire; `before` lines of the file came earlier.
   */
  take(file: string, before: number, observations: readonly Observation[]): string[] {
    return observations.flatMap((observation) => {
      const subject = `${before + Number(observation.subject)}`
      return this.#correlator.observe({ ...observation, subject }).map((found) => {
        const { rule, severity, matches } = findingOf(found)
        const { type } = found.correlation
        const { group, value, count } = found
        return JSON.stringify({
          file,
          line: Number(found.subject),
          rule: this.#names.get(rule.id) ?? rule.id,
          title: rule.title,
          level: severity,
          correlation: { type, group, value, count, reasons: matches },
        })
      })
    })
  }
}
