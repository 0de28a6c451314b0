import { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import { BehaviourDetector } from '@haidang/detection/behaviour/behaviour-detector'
import type { Finding } from '@haidang/detection/subject'
import type { Plant } from './plants.ts'
import type { Timed } from './records.ts'

export interface Trial {
  readonly found: ReadonlySet<Plant>
  /** Findings that no plant explains. */
  readonly unexplained: readonly Finding[]
  readonly events: number
}

/** Lets the detector see background and plants together, in order of time, and says what it found. */
export function tryPlants(background: readonly Timed[], plants: readonly Plant[]): Trial {
  const all = [...background, ...plants.flatMap(({ records }) => records)]
  all.sort((a, b) => a.at - b.at)
  const detector = new BehaviourDetector(BehaviourParameters.parse({}))
  const planted = new Set(plants.flatMap(({ records }) => records.map(({ event }) => event)))
  const found = new Set<Plant>()
  const unexplained: Finding[] = []
  for (const { event } of all) {
    for (const finding of detector.observe(event)) {
      const named = plants.filter((plant) => isOf(finding, plant))
      for (const plant of named) found.add(plant)
      // One attack may be seen as another kind, too: a sweep of port 445 is a scan and spreading.
      if (named.length === 0 && !planted.has(event)) unexplained.push(finding)
    }
  }
  return { found, unexplained, events: all.length }
}

function isOf({ rule, matches }: Finding, plant: Plant): boolean {
  if (rule.id !== `behaviour:${plant.rule}`) return false
  const has = (value: string) => matches.some((match) => match.value === value)
  return has(plant.mark) && (plant.source === '' || has(plant.source))
}

/** Reasons of a finding in one line. */
export function reasonsOf({ rule, severity, matches }: Finding): string {
  const reasons = matches.map(({ field, value }) => `${field} ${value}`)
  return `${rule.id} ${severity}: ${reasons.join(', ')}`
}
