import { expect, test } from 'vitest'
import { RuleMatcher } from '../match/rule-matcher.ts'
import { sampleSubject } from '../sample-event.ts'
import { RuleProblem } from '../sigma/located-yaml.ts'
import { readingOf } from '../sigma/reading.ts'
import { readYaml } from '../sigma/rule-yaml.ts'
import { Processor } from './processor.ts'
import { readPipeline } from './read-pipeline.ts'
import type { RuleDraft } from './rule-run.ts'
import { compiled, fires, firesOn, problemOf, trialSource } from './trial.ts'

const one = (...steps: object[]): object[] => [{ transformations: steps }]

test('add_condition asks for more, or with negated for less', () => {
  const step = { type: 'add_condition', conditions: { EventID: [1, 2], 'Channel|contains': 'sys' } }
  expect(fires(one(step), { A: 'b' }, { A: 'b', EventID: 2, Channel: 'x/Sysmon' })).toBe(true)
  expect(fires(one(step), { A: 'b' }, { A: 'b', EventID: 3, Channel: 'x/Sysmon' })).toBe(false)
  const less = one({ ...step, negated: true })
  expect(fires(less, { A: 'b' }, { A: 'b', EventID: 2, Channel: 'x/Sysmon' })).toBe(false)
  expect(fires(less, { A: 'b' }, { A: 'b' })).toBe(true)
  expect(problemOf(one({ ...step, name: 'selection' }), { A: 'b' })).toContain('already')
})

test('an added condition is none of the identifiers a rule counts', () => {
  const rules = compiled(one({ type: 'add_condition', name: 'sel_x', conditions: { E: 1 } }), {
    detection: { sel_a: { A: 'b' }, condition: '1 of sel_* and 1 of them' },
  })
  expect(firesOn(rules, { E: 1 })).toBe(false)
  expect(firesOn(rules, { E: 1, A: 'b' })).toBe(true)
})

test('a template names the log source of the rule', () => {
  const step = {
    type: 'add_condition',
    template: true,
    conditions: { kind: ['$product-$category', '$$x'] },
  }
  expect(fires(one(step), { A: 'b' }, { A: 'b', kind: 'test-trial' })).toBe(true)
  expect(fires(one(step), { A: 'b' }, { A: 'b', kind: '$x' })).toBe(true)
})

test('change_logsource sends the rule to other records', () => {
  const rules = compiled(one({ type: 'change_logsource', product: 'Zeek', service: 'dns' }), {
    detection: { a: { A: 'b' }, condition: 'a' },
  })
  expect(firesOn(rules, { A: 'b' }, { product: 'zeek', service: 'dns' })).toBe(true)
  expect(firesOn(rules, { A: 'b' })).toBe(false)
})

test('lists of change_logsource make every combination, and a rule is still tried once on a record', () => {
  const step = { type: 'change_logsource', product: ['zeek', 'Suricata'], service: ['http', 'dns'] }
  const rules = compiled(one(step, { type: 'field_name_suffix', suffix: 'x' }), {
    detection: { a: { A: 'b' }, condition: 'a' },
  })
  for (const product of ['zeek', 'suricata']) {
    for (const service of ['http', 'dns']) {
      expect(firesOn(rules, { Ax: 'b' }, { product, service })).toBe(true)
    }
    expect(firesOn(rules, { Ax: 'b' }, { product, service: 'ssl' })).toBe(false)
  }
  const both = compiled(one({ ...step, product: 'zeek', service: ['sshd', 'auth'] }), {
    detection: { a: { A: 'b' }, condition: 'a' },
  })
  const logsource = { product: 'zeek', service: 'sshd' }
  const matcher = new RuleMatcher(both)
  expect(matcher.match(readingOf(sampleSubject({ A: 'b' }, { logsource })))).toEqual([0])
})

test('a log source that states nothing, or too many at once, is refused where it stands', () => {
  const many = Array.from({ length: 9 }, (_, i) => `s${i}`)
  const problem = (step: object) => () => readPipeline('p.yml', JSON.stringify(one(step)[0]))
  const step = { type: 'change_logsource' }
  expect(problem(step)).toThrow('a log source states at least one part')
  expect(problem({ ...step, product: many, service: many })).toThrow('more than 64 log sources')
  expect(problem({ ...step, product: [] })).toThrow('product is empty')
})

test('what is dropped no longer counts; a rule without anything left is refused', () => {
  const drop = {
    type: 'drop_detection_item',
    field_name_conditions: [{ type: 'include_fields', fields: ['A'] }],
  }
  expect(fires(one(drop), { A: 'x', B: 'y' }, { B: 'y' })).toBe(true)
  expect(fires(one(drop), [{ A: 'x' }, { B: 'y' }], { A: 'x' })).toBe(false)
  const rules = compiled(one(drop), {
    detection: { a: { A: 'x' }, b: { B: 'y' }, condition: 'b and not a' },
  })
  expect(firesOn(rules, { A: 'x', B: 'y' })).toBe(true)
  expect(problemOf(one(drop), { A: 'x' })).toContain('leave nothing of its condition')
})

test('failures refuse the rule they concern, where it stands', () => {
  const failure = { type: 'detection_item_failure', message: 'không dùng được' }
  const named = { field_name_conditions: [{ type: 'include_fields', fields: ['Bad'] }] }
  expect(problemOf(one({ ...failure, ...named }), { Bad: 1 })).toMatch(
    /^trial.yml:1:\d+: không dùng/,
  )
  expect(problemOf(one({ ...failure, ...named }), { Good: 1 })).toBe('')
  expect(problemOf(one({ type: 'rule_failure', message: 'x' }), { A: 1 })).toBe('trial.yml:1:1: x')
})

test('strict mapping refuses fields no step has mapped', () => {
  const steps = [
    { type: 'field_name_mapping', mapping: { A: 'a' } },
    { type: 'strict_field_mapping_failure' },
  ]
  expect(problemOf(one(...steps), { A: 1 })).toBe('')
  expect(problemOf(one(...steps), { A: 1, B: 2 })).toContain('the field "B" is not mapped')
})

test('nested steps share state, variables and conditions of the step around them', () => {
  const inner = { type: 'field_name_mapping', mapping: { A: 'a' } }
  const nest = (product: string) =>
    one({ type: 'nest', items: [inner], rule_conditions: [{ type: 'logsource', product }] })
  expect(fires(nest('test'), { A: 'x' }, { a: 'x' })).toBe(true)
  expect(fires(nest('other'), { A: 'x' }, { a: 'x' })).toBe(false)
})

test('pipelines follow their priorities, and the later variable wins', () => {
  const to = (name: string, priority: number) => ({
    priority,
    vars: { v: name },
    transformations: [{ type: 'field_name_suffix', suffix: name }, { type: 'value_placeholders' }],
  })
  const pipelines = [to('2', 20), to('1', 10)]
  expect(fires(pipelines, { 'A|expand': '%v%' }, { A12: '2' })).toBe(true)
})

test('a rule that pipelines would blow up is refused', () => {
  const step = { type: 'field_name_mapping', mapping: { A: ['A', 'A', 'A', 'A'] } }
  expect(problemOf(one(...Array(20).fill(step)), { A: 1 })).toContain('more than 100000 parts')
})

function draftOf(parts: Partial<RuleDraft>, yaml = 'fields: [User, Image]'): RuleDraft {
  const [document] = readYaml(yaml)
  if (document === undefined || document instanceof RuleProblem || document.kind !== 'map') {
    throw new Error('no map')
  }
  return {
    kind: 'rule',
    document,
    logsources: [trialSource],
    tags: [],
    detections: new Map(),
    conditions: [],
    ...parts,
  }
}

const processor = (...steps: object[]) =>
  new Processor(one(...steps).map((each) => readPipeline('p.yml', JSON.stringify(each))))

test('the fields a rule shows are mapped, added, removed and set', () => {
  const steps = [
    { type: 'field_name_mapping', mapping: { User: ['u.name', 'u.id'] } },
    { type: 'add_field', field: ['x', 'y'] },
    { type: 'remove_field', field: 'Image' },
  ]
  const { fields } = processor(...steps).process(draftOf({}))
  expect(fields).toEqual(['u.name', 'u.id', 'x', 'y'])
  const set = processor({ type: 'set_field', fields: ['z'] }).process(draftOf({}))
  expect(set.fields).toEqual(['z'])
})

test('names that stand in correlations are those of the rule they refer to', () => {
  const step = {
    type: 'field_name_mapping',
    mapping: { User: ['u.name', 'u.id'] },
    rule_conditions: [{ type: 'logsource', product: 'test' }],
  }
  const mapped = processor(step, { type: 'field_name_prefix', prefix: 'x.' })
  expect(mapped.namesOf(draftOf({}), 'User')).toEqual(['x.u.name', 'x.u.id'])
  expect(mapped.namesOf(draftOf({ logsources: [{ product: 'other' }] }), 'User')).toEqual([
    'x.User',
  ])
  expect(new Processor([]).namesOf(draftOf({}), 'User')).toEqual(['User'])
})

test('correlations meet conditions by the rules they refer to', () => {
  const failure = (...conditions: object[]) =>
    processor({ type: 'rule_failure', message: 'no', rule_conditions: conditions })
  const draft = draftOf({ kind: 'correlation', logsources: [{ product: 'a' }, { product: 'b' }] })
  const correlation = { type: 'is_sigma_correlation_rule' }
  expect(() => failure(correlation, { type: 'logsource', product: 'b' }).process(draft)).toThrow(
    'no',
  )
  expect(() =>
    failure(correlation, { type: 'logsource', product: 'c' }).process(draft),
  ).not.toThrow()
  expect(() => failure({ type: 'is_sigma_rule' }).process(draft)).not.toThrow()
})
