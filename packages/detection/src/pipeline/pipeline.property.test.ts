import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiled, firesOn } from './trial.ts'

const fields = ['A', 'B', 'C']
const word = fc.constantFrom('cmd', 'CMD.exe', 'a*b', 'x?y', '\\cmd', 'a\\*', 'c:\\', '', 'ö%')
const modifiers = fc.constantFrom(
  '',
  '|contains',
  '|startswith',
  '|endswith',
  '|neq',
  '|cased',
  '|contains|all',
)
const item = fc
  .tuple(fc.constantFrom(...fields), modifiers, fc.array(word, { minLength: 1, maxLength: 3 }))
  .map(([field, how, values]) => ({ [field + how]: values }))
const detection = fc
  .tuple(item, item, fc.constantFrom('a', 'a and b', 'a or b', 'a and not b', '1 of them'))
  .map(([a, b, condition]) => ({ a, b, condition }))
const value = fc.oneof(
  word,
  fc.constant(null),
  fc.constantFrom('xcmd', 'aZb', 'c:\\q', 'a*', 'x.y'),
)
const record = fc.record({ A: value, B: value, C: value }, { requiredKeys: [] })

function verdicts(
  pipelines: object[],
  rule: object,
  records: Record<string, unknown>[],
): boolean[] {
  const rules = compiled(pipelines, { detection: rule })
  return records.map((each) => firesOn(rules, each))
}

test('pipelines that do nothing to a rule change nothing', () => {
  const idle = [
    {},
    { transformations: [] },
    { transformations: [{ type: 'field_name_mapping', mapping: { Z: 'z' } }] },
    { transformations: [{ type: 'replace_string', regex: '\\x00', replacement: 'x' }] },
    {
      transformations: [
        { type: 'drop_detection_item', rule_conditions: [{ type: 'tag', tag: 'x.y' }] },
      ],
    },
  ]
  fc.assert(
    fc.property(detection, fc.array(record, { maxLength: 6 }), (rule, records) => {
      expect(verdicts(idle, rule, records)).toEqual(verdicts([], rule, records))
    }),
    { numRuns: 150 },
  )
})

test('a mapped rule says of a renamed record what the rule says of the record', () => {
  const mapping = { A: 'x.a', B: 'B2', C: ['c1', 'c2'] }
  const renamed = (each: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(each).map(([name, held]) => [
        { A: 'x.a', B: 'B2', C: 'c2' }[name] ?? name,
        held,
      ]),
    )
  fc.assert(
    fc.property(detection, fc.array(record, { maxLength: 6 }), (rule, records) => {
      const pipeline = { transformations: [{ type: 'field_name_mapping', mapping }] }
      expect(verdicts([pipeline], rule, records.map(renamed))).toEqual(verdicts([], rule, records))
    }),
    { numRuns: 150 },
  )
})

test('rewriting every value to itself, as text or as expression, changes no verdict', () => {
  const self = { type: 'replace_string', regex: '(.)', replacement: '\\1' }
  fc.assert(
    fc.property(detection, fc.array(record, { maxLength: 6 }), (rule, records) => {
      const expected = verdicts([], rule, records)
      expect(verdicts([{ transformations: [self] }], rule, records)).toEqual(expected)
      if (JSON.stringify(rule).includes('cased')) return
      expect(verdicts([{ transformations: [{ type: 'regex' }] }], rule, records)).toEqual(expected)
    }),
    { numRuns: 150 },
  )
})
