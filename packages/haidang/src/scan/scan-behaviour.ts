import { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import { BehaviourDetector } from '@haidang/detection/behaviour/behaviour-detector'
import { type Observation, observationOf } from '@haidang/detection/behaviour/observation'
import type { Reading } from '@haidang/detection/sigma/reading'

/** What behaviour detection needs of a line. */
export interface ObservedLine {
  readonly line: number
  readonly observation: Observation
}

/** The observation a record is, at a time (milliseconds) other than its own where one is given; undefined if it is none. */
export function observedLine(
  reading: Reading,
  line: number,
  at: number | undefined,
): ObservedLine | undefined {
  const own = observationOf(reading.event)
  if (own === undefined) return undefined
  const observation = at === undefined ? own : { ...own, at }
  return Number.isFinite(observation.at) ? { line, observation } : undefined
}

/** Watches the behaviour of hosts and accounts over all files of a scan, by event time, in the order of the lines. */
export class ScanBehaviour {
  readonly #detector = new BehaviourDetector(BehaviourParameters.parse({}))

  /** Hosts, accounts and pairs forgotten for want of room. */
  get lost(): number {
    return this.#detector.evicted
  }

  /** One line of JSON for each finding, at the line that completed it; `before` lines of the file came earlier. */
  take(file: string, before: number, lines: readonly ObservedLine[]): string[] {
    return lines.flatMap(({ line, observation }) =>
      this.#detector.watch(observation).map(({ rule, severity, matches }) =>
        JSON.stringify({
          file,
          line: before + line,
          rule: rule.id,
          title: rule.title,
          level: severity,
          behaviour: { kind: rule.id.slice(rule.id.indexOf(':') + 1), reasons: matches },
        }),
      ),
    )
  }
}
