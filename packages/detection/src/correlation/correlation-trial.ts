import { sampleEvent } from '../sample-event.ts'
import { readingOf } from '../sigma/reading.ts'
import { compileRules, type RuleSet } from '../sigma/rule-set.ts'
import { View } from '../sigma/view.ts'
import { Correlator, type CorrelatorOptions } from './correlator.ts'
import { ObservationReader } from './observation.ts'

/** Who reported, by name, and for a correlation in which group. */
export interface Report {
  readonly name: string
  readonly group: readonly string[]
}

/** Rules as JSON documents, tried on records of their own log source, for tests. */
export class CorrelationTrial {
  readonly rules: RuleSet
  readonly correlator: Correlator
  readonly #view: View
  readonly #reader: ObservationReader
  readonly #names: ReadonlyMap<string, string>
  #count = 0

  constructor(
    documents: readonly Record<string, unknown>[],
    options: Partial<CorrelatorOptions> = {},
  ) {
    const text = documents.map((document) => JSON.stringify(document)).join('\n---\n')
    this.rules = compileRules([{ path: 'trial.yml', text }])
    this.correlator = new Correlator(this.rules.correlations, options)
    this.#view = new View(this.rules.slots)
    this.#reader = new ObservationReader(this.rules.correlations)
    this.#names = new Map(this.rules.entries.map(({ id, name }) => [id, name]))
  }

  get problems(): string[] {
    return this.rules.entries.flatMap(({ problem }) => (problem === null ? [] : [problem]))
  }

  /** What a record at a time (in milliseconds) makes report, rules before correlations; each is subject "#n". */
  observe(time: number, record: Record<string, unknown>): Report[] {
    const reports: Report[] = []
    const view = this.#view
    view.show(readingOf({ event: sampleEvent({}), record }))
    const subject = `#${this.#count++}`
    for (const [rule, { check, generates, facts }] of this.rules.rules.entries()) {
      if (!check(view)) continue
      if (generates) reports.push({ name: this.#nameOf(facts.id), group: [] })
      const observation = this.#reader.read(view, rule, time, subject)
      if (observation === undefined) continue
      for (const { correlation, group } of this.correlator.observe(observation)) {
        reports.push({ name: this.#nameOf(correlation.facts.id), group })
      }
    }
    return reports
  }

  #nameOf(id: string): string {
    return this.#names.get(id) ?? id
  }
}
