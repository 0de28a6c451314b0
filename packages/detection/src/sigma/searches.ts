import { type Condition, parseCondition } from './condition.ts'
import { type Detection, readDetection } from './detection.ts'
import { type Formula, joined } from './formula.ts'
import { type LocatedMap, RuleProblem } from './located-yaml.ts'
import { type Compilation, compileSelection } from './selection.ts'

/** What a rule or a filter looks for: its search identifiers, and conditions over them. */
export interface Searches {
  readonly detections: ReadonlyMap<string, Detection>
  /** Of which one must hold. */
  readonly conditions: readonly Condition[]
}

/** Reads the search identifiers and conditions of a section; the parts named in `apart` are neither. Throws RuleProblem. */
export function readSearches(section: LocatedMap, apart: readonly string[]): Searches {
  const detections = new Map<string, Detection>()
  for (const [name, { value }] of section.entries) {
    if (name === 'condition' || apart.includes(name)) continue
    detections.set(name, readDetection(name, value))
  }
  return { detections, conditions: conditionsOf(section, [...detections.keys()]) }
}

/** Compiles what is looked for. Throws RuleProblem with the place of what cannot be used. */
export function compileSearches(
  { detections, conditions }: Searches,
  compilation: Compilation,
): Formula {
  const selections = new Map<string, Formula>()
  for (const [name, detection] of detections) {
    selections.set(name, compileSelection(name, detection, compilation))
  }
  return joined('any', conditions.map(resolved))

  function resolved(condition: Condition): Formula {
    switch (condition.kind) {
      case 'selection':
        return selections.get(condition.name) ?? { kind: 'any', parts: [] }
      case 'not':
        return { kind: 'not', part: resolved(condition.part) }
      default:
        return joined(condition.kind, condition.parts.map(resolved))
    }
  }
}

function conditionsOf(section: LocatedMap, names: readonly string[]): Condition[] {
  const entry = section.entries.get('condition')
  if (entry === undefined) throw new RuleProblem('a detection needs a condition', section.place)
  const { value } = entry
  const written = value.kind === 'list' ? value.items : [value]
  if (written.length === 0) throw new RuleProblem('a detection needs a condition', value.place)
  return written.map((each) => {
    if (each.kind !== 'scalar') throw new RuleProblem('a condition is a text', each.place)
    return parseCondition(each.text, names, each.place)
  })
}
