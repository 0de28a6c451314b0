import type { Detection, DetectionItem } from '../sigma/detection.ts'
import { type LocatedScalar, RuleProblem } from '../sigma/located-yaml.ts'
import { textOfValue, withText } from './item-values.ts'
import type { Params } from './params.ts'
import type { Transformation } from './pipeline.ts'
import type { RuleRun } from './rule-run.ts'

const byLength: ReadonlyMap<number, string> = new Map([
  [32, 'MD5'],
  [40, 'SHA1'],
  [64, 'SHA256'],
  [128, 'SHA512'],
])

/**
 * `hashes_fields`: `Hashes` with `MD5=…`, `MD5|…` or a bare hash becomes a field for each algorithm.
 * A hash of another algorithm than those stated has no field: as one of several alternatives it is
 * left out with a note, otherwise the rule is refused.
 */
export function readHashesFields(params: Params): Transformation {
  const algorithms = params.texts('valid_hash_algos').map((name) => name.toUpperCase())
  if (algorithms.length === 0) throw new RuleProblem('valid_hash_algos is missing', params.place)
  const prefix = params.optionalText('field_prefix') ?? ''
  const bare = params.flag('drop_algo_prefix')
  const written = params.texts('field_to_parse')
  const fields = written.length === 0 ? ['Hashes', 'Hash'] : written
  const fieldOf = (text: string): [string, string] | undefined => {
    const [algorithm, hash] = partsOf(text)
    if (!algorithms.includes(algorithm)) return undefined
    return [bare ? prefix : `${prefix}${algorithm}`, hash]
  }
  return (run, scope) =>
    run.changeItems(scope, (item) =>
      fields.includes(item.field) ? split(item, fieldOf, run) : item,
    )
}

type FieldOf = (text: string) => [string, string] | undefined

function split(item: DetectionItem, fieldOf: FieldOf, run: RuleRun): Detection {
  const texts = item.values.map((scalar) => textOfValue(item, scalar)?.shown)
  if (texts.some((text) => text === undefined)) return item
  const modifiers = item.modifiers.filter((name) => name === 'all' || name === 'neq')
  const every = modifiers.length === 1
  const { byField, lost } = sorted(item.values, texts, fieldOf)
  if (byField.size === 0 || (lost.length > 0 && every)) {
    throw new RuleProblem('no field holds a hash of this algorithm', item.place)
  }
  for (const { text } of lost) run.notes.add(`no field holds the hash ${text}`)
  for (const field of byField.keys()) run.mapped.add(field)
  const parts = [...byField].map(([field, values]) => ({ ...item, field, modifiers, values }))
  return { kind: every ? 'all' : 'any', parts, place: item.place }
}

function sorted(
  values: readonly LocatedScalar[],
  texts: readonly (string | undefined)[],
  fieldOf: FieldOf,
) {
  const byField = new Map<string, LocatedScalar[]>()
  const lost: LocatedScalar[] = []
  for (const [i, scalar] of values.entries()) {
    const [field, hash] = fieldOf(texts[i] ?? '') ?? []
    if (field === undefined || hash === undefined) {
      lost.push(scalar)
    } else {
      const held = byField.get(field) ?? []
      held.push(withText(scalar, hash))
      byField.set(field, held)
    }
  }
  return { byField, lost }
}

/** Algorithm and hash of `*MD5=…*`; the length tells where the name is missing. */
function partsOf(text: string): [string, string] {
  const [first = '', second, ...rest] = text.split(text.includes('|') ? '|' : '=')
  if (second === undefined || rest.length > 0) {
    const hash = first.replace(/^[*?]+|[*?]+$/g, '')
    return [byLength.get(hash.length) ?? '', hash]
  }
  return [first.replace(/^\*+/, '').toUpperCase(), second.replace(/^[*?]+|[*?]+$/g, '')]
}
