import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RuleProblem } from '../sigma/located-yaml.ts'
import { readPipeline } from './read-pipeline.ts'
import { compiled } from './trial.ts'

/** The parts each type has; those of the first list it cannot be without. */
const types: readonly [string, string[], string[]][] = [
  ['add_condition', ['conditions'], ['name', 'negated', 'template']],
  ['add_field', ['field'], []],
  ['case', [], ['method']],
  ['change_logsource', ['product'], ['category', 'service']],
  ['convert_type', ['target_type'], []],
  ['drop_detection_item', [], []],
  ['field_name_mapping', ['mapping'], []],
  ['field_name_prefix', ['prefix'], []],
  ['field_name_prefix_mapping', ['mapping'], []],
  ['field_name_transform', ['transform_func'], ['mapping']],
  ['hashes_fields', ['valid_hash_algos'], ['field_prefix', 'drop_algo_prefix', 'field_to_parse']],
  ['map_string', ['mapping'], []],
  ['nest', ['items'], []],
  ['query_expression_placeholders', [], ['mapping', 'include', 'exclude']],
  ['regex', [], ['method']],
  ['replace_string', ['regex', 'replacement'], ['skip_special', 'interpret_special']],
  ['set_value', ['value'], ['force_type']],
  ['value_placeholders', [], ['include', 'exclude']],
]
const tests: readonly [string, string[], string[]][] = [
  ['contains_detection_item', ['field', 'value'], []],
  ['include_fields', ['fields'], ['mode']],
  ['is_null', [], ['cond']],
  ['logsource', ['product'], ['category']],
  ['match_string', ['pattern'], ['cond', 'negate']],
  ['rule_attribute', ['attribute', 'value'], ['op']],
]
const plain = fc.constantFrom(
  'F',
  '*',
  '(',
  '(.*)',
  '\\1',
  '%x%',
  '__proto__',
  'constructor',
  '',
  'MD5',
)
const leaf = fc.oneof(plain, plain, fc.constantFrom(7, true, null, 'lower', 'num', 'ne', 're'))
const value: fc.Arbitrary<unknown> = fc.oneof(
  leaf,
  fc.array(leaf, { minLength: 1, maxLength: 3 }),
  fc.dictionary(plain, leaf, { minKeys: 1, maxKeys: 3 }),
)
const valueOfPart = (name: string) =>
  ['mapping', 'conditions'].includes(name) ? fc.dictionary(plain, leaf, { maxKeys: 3 }) : value

function one(table: readonly [string, string[], string[]][]): fc.Arbitrary<object> {
  return fc.oneof(
    ...table.map(([type, needed, possible]) => {
      const parts = Object.fromEntries(
        [...needed, ...possible].map((name) => [name, valueOfPart(name)]),
      )
      const record: fc.Arbitrary<object> = fc.record(parts, { requiredKeys: needed })
      return record.map((read) => ({ type, ...read }))
    }),
  )
}

const listed = fc.array(one(tests), { minLength: 1, maxLength: 1 })
const step = fc
  .tuple(one(types), fc.constantFrom('rule', 'detection_item', 'field_name', ''), listed)
  .map(([read, kind, list]) => (kind === '' ? read : { ...read, [`${kind}_conditions`]: list }))
const detection = {
  selection: { F: ['a*b', 7, null], 'F|contains|all': ['%x%', '\\'], 'Hashes|contains': 'MD5=00' },
  keywords: ['a', 'b'],
  condition: 'selection or keywords',
}

test('whatever stands in a pipeline, it is read or refused, and so is a rule under it', () => {
  let read = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 2 }), (steps) => {
      const pipeline = { vars: { x: ['1'] }, transformations: steps }
      try {
        readPipeline('p.yml', JSON.stringify(pipeline))
      } catch (error) {
        expect(error).toBeInstanceOf(RuleProblem)
        return
      }
      read += 1
      expect(compiled([pipeline], { detection }).entries).toHaveLength(1)
    }),
    { numRuns: 3_000 },
  )
  expect(read).toBeGreaterThan(30)
})
