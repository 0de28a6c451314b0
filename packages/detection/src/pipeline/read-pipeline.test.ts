import { expect, test } from 'vitest'
import { RuleProblem } from '../sigma/located-yaml.ts'
import { readPipeline } from './read-pipeline.ts'

const good = `name: Thử
priority: 30
vars:
  admins: [an, binh]
  one: 7
transformations:
  - id: names
    type: field_name_mapping
    mapping:
      Image: process.executable
      User: [user.name, user.id]
    rule_conditions:
      - type: logsource
        product: windows
    field_name_conditions:
      - type: exclude_fields
        fields: [CommandLine]
`

function problemOf(text: string): string {
  try {
    readPipeline('p.yml', text)
  } catch (error) {
    if (!(error instanceof RuleProblem)) throw error
    return `${error.place.line}:${error.place.column} ${error.message}`
  }
  return 'none'
}

test('a pipeline is read with its name, priority, variables and steps', () => {
  const pipeline = readPipeline('p.yml', good)
  expect(pipeline).toMatchObject({ path: 'p.yml', name: 'Thử', priority: 30, notes: [] })
  expect(pipeline.steps).toHaveLength(1)
  expect([...pipeline.vars]).toEqual([
    ['admins', ['an', 'binh']],
    ['one', ['7']],
  ])
})

test('what is done to finished queries is left out with a note', () => {
  const text = `${good}postprocessing:\n  - type: embed\nfinalizers:\n  - type: concat\nallowed_backends: [x]\n`
  expect(readPipeline('p.yml', text).notes).toEqual([
    'postprocessing concerns queries and is left out',
    'finalizers concerns queries and is left out',
  ])
})

test.each([
  [
    'an unknown transformation',
    'type: field_name_mapping',
    'type: fly',
    '8:11 unknown transformation "fly"',
  ],
  ['an unknown condition', 'type: logsource', 'type: weather', '13:15 unknown condition "weather"'],
  [
    'an unknown part of a step',
    'mapping:\n',
    'maping: x\n    mapping:\n',
    '9:5 unknown part "maping"',
  ],
  [
    'an unknown part of a condition',
    'product: windows',
    'produkt: windows',
    '13:9 a log source states',
  ],
  ['an unknown part of the pipeline', 'priority: 30', 'urgency: 30', '2:1 unknown part "urgency"'],
  ['a priority that is none', 'priority: 30', 'priority: soon', '2:11 priority is a number'],
  [
    'a missing parameter',
    '    mapping:\n      Image: process.executable\n      User: [user.name, user.id]\n',
    '',
    '7:5 mapping is missing',
  ],
  ['an empty mapping target', '[user.name, user.id]', '[]', '11:13 User is empty'],
  ['a nested target', '[user.name, user.id]', '[[a]]', '11:14 User must be a single value'],
  [
    'an expression without conditions',
    'fields: [CommandLine]',
    'fields: [CommandLine]\n    detection_item_cond_expr: a',
    '18:31 there are no conditions',
  ],
  [
    'an operator that is none',
    'rule_conditions:',
    'rule_cond_op: xor\n    rule_conditions:',
    '12:19 rule_cond_op is one of and, or',
  ],
  [
    'values from outside',
    'type: field_name_mapping',
    'type: file_placeholders',
    '8:11 values come from vars only',
  ],
  [
    'steps that are none',
    'transformations:',
    'transformations: {}\nx:',
    'transformations must be a list',
  ],
  ['YAML that is none', 'name: Thử', 'name: [', 'must'],
])('%s refuses the pipeline where it stands', (_, from, to, expected) => {
  expect(good).toContain(from)
  expect(problemOf(good.replace(from, to))).toContain(expected)
})

test('an expression names every condition', () => {
  const step = (expression: string) => `transformations:
  - type: drop_detection_item
    rule_conditions:
      win: {type: logsource, product: windows}
      lin: {type: logsource, product: linux}
    rule_cond_expr: ${expression}
`
  expect(problemOf(step('win or not lin'))).toBe('none')
  expect(problemOf(step('win'))).toContain('6:21 the expression leaves out "lin"')
  expect(problemOf(step('win or max'))).toContain('6:28 unknown search identifier "max"')
  expect(problemOf(`${step('win or lin')}    rule_cond_op: or\n`)).toContain('exclude each other')
})

test('hostile pipelines are refused within bounds', () => {
  const steps = Array.from({ length: 2_001 }, () => '  - {type: drop_detection_item}\n').join('')
  expect(problemOf(`transformations:\n${steps}`)).toContain('more than 2000 transformations')
  let nested = '[{type: drop_detection_item}]'
  for (let i = 0; i < 9; i++) nested = `[{type: nest, items: ${nested}}]`
  expect(problemOf(`transformations: ${nested}`)).toContain('nested deeper than 8')
  expect(problemOf('')).toContain('the file is empty')
  expect(problemOf(`${good}---\n${good}`)).toContain('a file holds one pipeline')
  const names = readPipeline('p.yml', 'vars: {__proto__: x, constructor: y}').vars
  expect([...names.keys()]).toEqual(['__proto__', 'constructor'])
})
