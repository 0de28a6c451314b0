import { describe, expect, test } from 'vitest'
import { compiled, fires, firesOn, problemOf } from './trial.ts'

/** A step that shows by refusing the rule that its conditions hold. */
const seen = (conditions: object) => ({ type: 'rule_failure', message: 'seen', ...conditions })

function holds(conditions: object, rule: object = {}, before: object[] = []): boolean {
  const detection = { selection: { User: 'an', Level: 7 }, condition: 'selection' }
  const { entries } = compiled([{ transformations: [...before, seen(conditions)] }], {
    detection,
    ...rule,
  })
  const problem = entries[0]?.problem ?? ''
  if (problem !== '' && !problem.endsWith('seen')) throw new Error(problem)
  return problem !== ''
}

const ruleCondition = (condition: object) => ({ rule_conditions: [condition] })

describe('conditions of rules', () => {
  test.each([
    [{ type: 'logsource', product: 'TEST' }, true],
    [{ type: 'logsource', product: 'test', category: 'trial' }, true],
    [{ type: 'logsource', product: 'test', service: 'x' }, false],
    [{ type: 'contains_field', field: 'User' }, true],
    [{ type: 'contains_field', field: 'user' }, false],
    [{ type: 'contains_detection_item', field: 'User', value: 'an' }, true],
    [{ type: 'contains_detection_item', field: 'Level', value: 7 }, true],
    [{ type: 'contains_detection_item', field: 'Level', value: '7' }, false],
    [{ type: 'is_sigma_rule' }, true],
    [{ type: 'is_sigma_correlation_rule' }, false],
    [{ type: 'tag', tag: 'attack.t1059' }, true],
    [{ type: 'tag', tag: 'attack' }, false],
    [{ type: 'rule_attribute', attribute: 'level', value: 'medium', op: 'gte' }, true],
    [{ type: 'rule_attribute', attribute: 'level', value: 'critical', op: 'gte' }, false],
    [{ type: 'rule_attribute', attribute: 'status', value: 'test', op: 'lt' }, true],
    [{ type: 'rule_attribute', attribute: 'date', value: '2024-02-01', op: 'gt' }, true],
    [{ type: 'rule_attribute', attribute: 'tags', value: 'attack.t1059', op: 'in' }, true],
    [{ type: 'rule_attribute', attribute: 'tags', value: 'attack.t1059' }, false],
    [{ type: 'rule_attribute', attribute: 'score', value: 10, op: 'gt' }, true],
    [{ type: 'rule_attribute', attribute: 'author', value: 'An' }, true],
    [{ type: 'rule_attribute', attribute: 'missing', value: 'x', op: 'ne' }, false],
    [{ type: 'rule_attribute', attribute: 'constructor', value: 'x', op: 'ne' }, false],
    [{ type: 'processing_item_applied', processing_item_id: 'x' }, false],
    [{ type: 'processing_state', key: 'x', val: 1, op: 'ne' }, false],
  ])('%j: %s', (condition, expected) => {
    const rule = {
      level: 'high',
      status: 'experimental',
      date: '2024/03/01',
      tags: ['attack.t1059'],
      score: 11,
      author: 'An',
    }
    expect(holds(ruleCondition(condition), rule)).toBe(expected)
  })

  test('state, custom attributes and applied steps are remembered across pipelines', () => {
    const first = {
      priority: 1,
      transformations: [
        { id: 'a', type: 'set_state', key: 'table', val: 3 },
        { type: 'set_custom_attribute', attribute: 'table', value: 'logs' },
        {
          id: 'never',
          type: 'set_state',
          key: 'x',
          val: 1,
          rule_cond_not: true,
          ...ruleCondition({ type: 'is_sigma_rule' }),
        },
      ],
    }
    const asked = (condition: object) => {
      const second = { priority: 2, transformations: [seen(ruleCondition(condition))] }
      return problemOf([second, first], { A: 'b' }).endsWith('seen')
    }
    expect(asked({ type: 'processing_state', key: 'table', val: 2, op: 'gt' })).toBe(true)
    expect(asked({ type: 'processing_state', key: 'table', val: '3' })).toBe(false)
    expect(asked({ type: 'rule_attribute', attribute: 'table', value: 'logs' })).toBe(true)
    expect(asked({ type: 'processing_item_applied', processing_item_id: 'a' })).toBe(true)
    expect(asked({ type: 'processing_item_applied', processing_item_id: 'never' })).toBe(false)
  })

  test('conditions join by and, or, negation and expressions', () => {
    const yes = { type: 'is_sigma_rule' }
    const no = { type: 'is_sigma_correlation_rule' }
    expect(holds({ rule_conditions: [yes, no] })).toBe(false)
    expect(holds({ rule_conditions: [yes, no], rule_cond_op: 'or' })).toBe(true)
    expect(holds({ rule_conditions: [yes, no], rule_cond_not: true })).toBe(true)
    const named = { yes, no }
    expect(holds({ rule_conditions: named, rule_cond_expr: 'yes and not no' })).toBe(true)
    expect(holds({ rule_conditions: named, rule_cond_expr: 'not (yes or no)' })).toBe(false)
    expect(holds({ rule_conditions: named, rule_cond_expression: 'yes or no' })).toBe(true)
    expect(holds({})).toBe(true)
  })
})

describe('conditions of items', () => {
  const itemHolds = (condition: object, selection: object, before: object[] = []) => {
    const step = {
      type: 'detection_item_failure',
      message: 'seen',
      detection_item_conditions: [condition],
    }
    const problem = problemOf([{ transformations: [...before, step] }], selection)
    if (problem !== '' && !problem.endsWith('seen')) throw new Error(problem)
    return problem !== ''
  }

  test.each([
    [{ type: 'match_string', pattern: 'a.*' }, { F: ['xa', 'ab'] }, true],
    [{ type: 'match_string', pattern: 'a.*', cond: 'all' }, { F: ['xa', 'ab'] }, false],
    [{ type: 'match_string', pattern: '\\*b' }, { 'F|endswith': 'b' }, true],
    [{ type: 'match_string', pattern: '\\d' }, { F: 7 }, false],
    [{ type: 'match_string', pattern: 'a', negate: true }, { F: 'b' }, true],
    [{ type: 'match_string', pattern: 'a' }, { 'F|re': 'a' }, false],
    [{ type: 'match_value', value: 7 }, { F: [6, 7] }, true],
    [{ type: 'match_value', value: '7' }, { F: 7 }, false],
    [{ type: 'match_value', value: 'a' }, { F: 'a' }, true],
    [{ type: 'contains_wildcard' }, { F: 'a*' }, true],
    [{ type: 'contains_wildcard' }, { F: 'a\\*' }, false],
    [{ type: 'contains_wildcard' }, { 'F|contains': 'a' }, true],
    [{ type: 'is_null' }, { F: null }, true],
    [{ type: 'is_null' }, { F: '' }, false],
    [{ type: 'processing_item_applied', processing_item_id: 'set' }, { F: 'a' }, true],
    [{ type: 'processing_item_applied', processing_item_id: 'set' }, { G: 'a' }, false],
    [{ type: 'processing_state', key: 's', val: 'on' }, { F: 'a' }, true],
    [{ type: 'processing_state', key: 's', val: 'on', op: 'ne' }, { F: 'a' }, false],
  ])('%j for %j: %s', (condition, selection, expected) => {
    const before = [
      { type: 'set_state', key: 's', val: 'on' },
      {
        id: 'set',
        type: 'case',
        method: 'upper',
        field_name_conditions: [{ type: 'include_fields', fields: ['F'] }],
        detection_item_conditions: [{ type: 'processing_state', key: 'other', val: 1 }],
        detection_item_cond_not: true,
      },
    ]
    const asksForSteps = condition.type.startsWith('processing_')
    expect(itemHolds(condition, selection, asksForSteps ? before : [])).toBe(expected)
  })
})

describe('conditions of field names', () => {
  const rename = (conditions: object) => [
    { transformations: [{ type: 'field_name_suffix', suffix: '_x', ...conditions }] },
  ]
  test.each([
    [{ type: 'include_fields', fields: ['User'] }, true],
    [{ type: 'include_fields', fields: ['Us'] }, false],
    [{ type: 'include_fields', fields: ['Us.*'], mode: 're' }, true],
    [{ type: 'include_fields', fields: ['ser'], mode: 're' }, false],
    [{ type: 'exclude_fields', fields: ['User'] }, false],
    [{ type: 'exclude_fields', fields: ['Image'] }, true],
    [{ type: 'processing_state', key: 'x', val: 1 }, false],
    [{ type: 'processing_item_applied', processing_item_id: 'x' }, false],
  ])('%j: %s', (condition, expected) => {
    const pipelines = rename({ field_name_conditions: [condition] })
    expect(fires(pipelines, { User: 'an' }, { User_x: 'an' })).toBe(expected)
    expect(fires(pipelines, { User: 'an' }, { User: 'an' })).toBe(!expected)
  })

  test('a field a step has named is not named again', () => {
    const steps = [
      { id: 'map', type: 'field_name_mapping', mapping: { User: 'u' } },
      {
        type: 'field_name_prefix',
        prefix: 'win.',
        field_name_conditions: [{ type: 'processing_item_applied', processing_item_id: 'map' }],
        field_name_cond_not: true,
      },
    ]
    const rules = compiled([{ transformations: steps }], {
      detection: { a: { User: 'an', Image: 'x' }, condition: 'a' },
    })
    expect(firesOn(rules, { u: 'an', 'win.Image': 'x' })).toBe(true)
  })

  test('an item whose values refer to the field is concerned by its values only', () => {
    const pipelines = rename({ field_name_conditions: [{ type: 'include_fields', fields: ['B'] }] })
    expect(fires(pipelines, { 'A|fieldref': 'B' }, { A: '1', B_x: '1' })).toBe(true)
  })

  test('a value that only looks like the field concerns nobody', () => {
    const drop = {
      type: 'drop_detection_item',
      field_name_conditions: [{ type: 'include_fields', fields: ['B'] }],
    }
    expect(fires([{ transformations: [drop] }], { A: 'B', C: 'x' }, { C: 'x' })).toBe(false)
  })
})
