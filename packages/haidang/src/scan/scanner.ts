import { millisecondsOf } from '@haidang/contracts/instant'
import {
  type Observation,
  ObservationReader,
  observedTime,
} from '@haidang/detection/correlation/observation'
import { RuleMatcher } from '@haidang/detection/match/rule-matcher'
import { explain } from '@haidang/detection/sigma/formula'
import type { Reading } from '@haidang/detection/sigma/reading'
import type { RuleSet } from '@haidang/detection/sigma/rule-set'
import { forEachLine, LineReader } from './line-reader.ts'
import { type ObservedLine, observedLine } from './scan-behaviour.ts'
import type { ScanOptions } from './scan-options.ts'
import { shownNames } from './shown-names.ts'

/** What came of some lines; their numbers count from the first of them. */
export interface Scanned {
  /** Lines of findings, in order. */
  readonly at: readonly number[]
  /** What is said of each finding besides file and line: members of a JSON object. */
  readonly said: readonly string[]
  /** All lines, blank ones included. */
  readonly walked: number
  readonly lines: number
  readonly events: number
  readonly rejects: number
  /** What fired among the rules correlations build on; each names its line. */
  readonly observations: readonly Observation[]
  /** What behaviour detection is to watch, in the order of the lines; nothing unless asked for. */
  readonly behaviour: readonly ObservedLine[]
}

/** Reads lines, asks the rules, and writes what fired; the same lines always give the same. */
export class Scanner {
  readonly #matcher: RuleMatcher
  readonly #rules: RuleSet
  readonly #options: ScanOptions
  readonly #reader: LineReader
  /** What the output says of each rule, written once. */
  readonly #tails: readonly string[]
  readonly #observer: ObservationReader

  /** `now`, milliseconds since the epoch, stands for the time of records that have none. */
  constructor(rules: RuleSet, options: ScanOptions, now: number) {
    this.#rules = rules
    this.#options = options
    this.#matcher = new RuleMatcher(rules, options.unrouted)
    this.#reader = new LineReader(options, now)
    this.#observer = new ObservationReader(rules.correlations)
    const names = shownNames(rules)
    this.#tails = rules.rules.map(({ facts: { id, title }, severity }) =>
      JSON.stringify({ rule: names.get(id) ?? id, title, level: severity }).slice(1, -1),
    )
  }

  scan(bytes: Uint8Array<ArrayBuffer>): Scanned {
    const counts = { lines: 0, events: 0, rejects: 0 }
    const at: number[] = []
    const said: string[] = []
    const observations: Observation[] = []
    const behaviour: ObservedLine[] = []
    const walked = forEachLine(bytes, (text, line) => {
      counts.lines += 1
      const reading = this.#reader.read(text, line)
      if (reading === undefined) {
        counts.rejects += 1
        return
      }
      counts.events += 1
      if (this.#options.behaviour === true) this.#watch(reading, line, behaviour)
      for (const rule of this.#matcher.match(reading)) {
        this.#observe(reading, rule, line, observations)
        if (!this.#rules.rules[rule]?.generates) continue
        at.push(line)
        said.push(`${this.#tails[rule]}${this.#reasons(rule)}`)
      }
    })
    return { at, said, walked, observations, behaviour, ...counts }
  }

  #watch(reading: Reading, line: number, observed: ObservedLine[]): void {
    const at = this.#options.timeField === undefined ? undefined : this.#timeOf(reading)
    const seen = observedLine(reading, line, at)
    if (seen !== undefined) observed.push(seen)
  }

  #observe(reading: Reading, rule: number, line: number, observations: Observation[]): void {
    if (!this.#observer.isAsked(rule)) return
    const observed = this.#observer.read(this.#matcher.view, rule, this.#timeOf(reading), `${line}`)
    if (observed !== undefined) observations.push(observed)
  }

  #timeOf(reading: Reading): number {
    const { timeField } = this.#options
    if (timeField === undefined) return observedTime(reading.event)
    const value = reading.record[timeField]
    return typeof value === 'number' ? value * 1_000 : millisecondsOf(String(value))
  }

  #reasons(rule: number): string {
    const formula = this.#options.explain ? this.#rules.rules[rule]?.formula : undefined
    const matches = formula && explain(formula, this.#matcher.view)
    return matches === undefined ? '' : `,"matches":${JSON.stringify(matches)}`
  }
}

/** What was found as it is put out, one line of JSON for each finding; `before` lines of the file came earlier. */
export function findingLines(file: string, before: number, { at, said }: Scanned): string[] {
  const head = `{"file":${JSON.stringify(file)},"line":`
  return said.map((says, i) => `${head}${before + (at[i] ?? 0)},${says}}`)
}
