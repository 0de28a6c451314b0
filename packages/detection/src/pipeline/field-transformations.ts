import type { Detection, DetectionItem } from '../sigma/detection.ts'
import { RuleProblem } from '../sigma/located-yaml.ts'
import { isFieldReference, withoutPositions, withText } from './item-values.ts'
import { mappingOf, type Params } from './params.ts'
import type { Transformation } from './pipeline.ts'
import type { RuleRun, Scope } from './rule-run.ts'
import { caseMethods, inCase } from './text-case.ts'

/** New names of a field; undefined: it keeps its own. Keywords ask with the empty name. */
type Renaming = (field: string) => readonly string[] | undefined

/** `field_name_mapping`: each named field to one or several; the key `null` names keywords. */
export function readFieldMapping(params: Params): Transformation {
  const mapping = fieldMapping(params)
  return renaming((field) => mapping.get(field))
}

/** `field_name_prefix_mapping`: the first prefix that fits is exchanged. */
export function readPrefixMapping(params: Params): Transformation {
  const mapping = [...mappingOf(params.map('mapping'))]
  return renaming((field) => {
    if (field === '') return undefined
    const found = mapping.find(([prefix]) => field.startsWith(prefix))
    return found?.[1].map((prefix) => prefix + field.slice(found[0].length))
  })
}

/** `field_name_prefix`. */
export function readFieldPrefix(params: Params): Transformation {
  const prefix = params.text('prefix')
  return renaming((field) => (field === '' ? undefined : [prefix + field]))
}

/** `field_name_suffix`. */
export function readFieldSuffix(params: Params): Transformation {
  const suffix = params.text('suffix')
  return renaming((field) => (field === '' ? undefined : [field + suffix]))
}

/** `field_name_transform`: another way of writing the name; a mapping states exceptions. */
export function readFieldTransform(params: Params): Transformation {
  const written = params.text('transform_func').replace(/_?case$/, '')
  const method = caseMethods.find((each) => each.replace(/_?case$/, '') === written)
  if (method === undefined) {
    const cause = `transform_func is one of ${caseMethods.join(', ')}`
    throw new RuleProblem(cause, params.placeOf('transform_func'))
  }
  const mapping = params.has('mapping') ? fieldMapping(params) : new Map<string, string[]>()
  return renaming((field) => {
    if (field === '') return undefined
    return mapping.get(field) ?? [inCase(field, method)]
  })
}

function fieldMapping(params: Params): ReadonlyMap<string, readonly string[]> {
  const mapping = new Map(mappingOf(params.map('mapping')))
  const keywords = mapping.get('null') ?? mapping.get('~')
  if (keywords !== undefined) mapping.set('', keywords)
  return mapping
}

function renaming(names: Renaming): Transformation {
  return (run, scope) => {
    const namesOf: Renaming = (field) => (scope.field(field, run) ? names(field) : undefined)
    run.changeItems(scope, (item) => renamed(item, namesOf, run, scope))
    run.rename(scope, (field) => namesOf(field) ?? [field])
  }
}

function renamed(item: DetectionItem, names: Renaming, run: RuleRun, scope: Scope): Detection {
  const referring = isFieldReference(item) ? withReferences(item, names) : item
  const fields = names(item.field)
  if (fields === undefined) return referring
  run.named(scope, item.field, fields)
  const placed = item.field === '' ? asContained(referring) : referring
  const [only = ''] = fields
  if (fields.length === 1) return { ...placed, field: only }
  return {
    kind: asksForAbsence(item) ? 'all' : 'any',
    parts: fields.map((field) => ({ ...placed, field })),
    place: item.place,
  }
}

function withReferences(item: DetectionItem, names: Renaming): DetectionItem {
  const renamedValues = item.values.map((scalar) => names(scalar.text))
  if (renamedValues.every((each) => each === undefined)) return item
  const values = item.values.flatMap(
    (scalar, i) => renamedValues[i]?.map((name) => withText(scalar, name)) ?? scalar,
  )
  return { ...item, values }
}

/** Keywords are looked for anywhere in a text, so they stay so in a field. */
function asContained(item: DetectionItem): DetectionItem {
  if (item.modifiers.includes('re')) return item
  return { ...item, modifiers: ['contains', ...withoutPositions(item)] }
}

/** What must not be there may be there under none of the names. */
function asksForAbsence({ modifiers, values }: DetectionItem): boolean {
  if (modifiers.includes('neq')) return true
  const absent = modifiers.includes('exists') ? false : null
  return values.every(({ value }) => value === absent)
}
