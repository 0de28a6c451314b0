import {
  type Located,
  type LocatedEntry,
  type LocatedMap,
  type LocatedScalar,
  type Place,
  RuleProblem,
} from './located-yaml.ts'

/** One comparison of a rule: a field, how it is compared, and the values of which one must fit. */
export interface DetectionItem {
  readonly kind: 'item'
  /** Empty: keywords, looked for everywhere. */
  readonly field: string
  /** As written after the field's name. */
  readonly modifiers: readonly string[]
  readonly values: readonly LocatedScalar[]
  readonly place: Place
}

export interface DetectionGroup {
  readonly kind: 'all' | 'any'
  readonly parts: readonly Detection[]
  readonly place: Place
}

/** What a search identifier stands for, before it is compiled; processing pipelines rewrite it. */
export type Detection = DetectionItem | DetectionGroup

const mostValues = 20_000

/**
 * Reads one search identifier (specification 2.1.0, "Detection"): a map holds items that must all
 * fit, a list alternatives, anything else keywords. Throws RuleProblem for other shapes.
 */
export function readDetection(name: string, definition: Located): Detection {
  if (definition.kind === 'map') return itemsOf(name, definition)
  const { place } = definition
  if (definition.kind === 'scalar') return keywords([definition], place)
  if (definition.items.length === 0) throw new RuleProblem(`"${name}" is empty`, place)
  if (definition.items.every((item) => item.kind === 'scalar')) {
    return keywords(scalarsOf(definition), place)
  }
  const parts = definition.items.map((item) =>
    item.kind === 'map' ? itemsOf(name, item) : keywords([scalarOf(item)], item.place),
  )
  return { kind: 'any', parts, place }
}

function itemsOf(name: string, map: LocatedMap): DetectionGroup {
  if (map.entries.size === 0) throw new RuleProblem(`"${name}" is empty`, map.place)
  return { kind: 'all', parts: [...map.entries.values()].map(itemOf), place: map.place }
}

function itemOf({ name, place, value }: LocatedEntry): DetectionItem {
  const [field = '', ...modifiers] = name.split('|')
  return { kind: 'item', field, modifiers, values: scalarsOf(value), place }
}

function keywords(values: readonly LocatedScalar[], place: Place): DetectionItem {
  return { kind: 'item', field: '', modifiers: [], values, place }
}

function scalarOf(value: Located): LocatedScalar {
  if (value.kind === 'scalar') return value
  throw new RuleProblem('expected a single value', value.place)
}

function scalarsOf(value: Located): LocatedScalar[] {
  if (value.kind === 'scalar') return [value]
  if (value.kind === 'map') throw new RuleProblem('expected a value or a list', value.place)
  if (value.items.length === 0) throw new RuleProblem('the list is empty', value.place)
  if (value.items.length > mostValues) {
    throw new RuleProblem(`more than ${mostValues} values`, value.place)
  }
  return value.items.map(scalarOf)
}
