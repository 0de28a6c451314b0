import type { Logsource } from '@haidang/contracts/event'
import type { Detection, DetectionItem } from '../sigma/detection.ts'
import { type Located, type LocatedScalar, RuleProblem } from '../sigma/located-yaml.ts'
import { compare, isSame, type Operator, operators, readStateTest } from './comparison.ts'
import { textOfValue } from './item-values.ts'
import type { TestReader, TestReaders } from './linking.ts'
import type { Params } from './params.ts'
import type { RuleRun, Test } from './rule-run.ts'

/** The conditions a step can state of rules. */
export const ruleTests: TestReaders<RuleRun> = new Map<string, TestReader<RuleRun>>([
  ['logsource', readLogsourceTest],
  [
    'contains_detection_item',
    (params) => {
      const field = params.text('field')
      const wanted = params.scalar('value')
      return (run) =>
        someItem(run, (item) => item.field === field && item.values.some(isWanted(item, wanted)))
    },
  ],
  [
    'contains_field',
    (params) => {
      const field = params.text('field')
      return (run) => field !== '' && someItem(run, (item) => item.field === field)
    },
  ],
  [
    'processing_item_applied',
    (params) => {
      const id = params.text('processing_item_id')
      return (run) => run.applied.has(id)
    },
  ],
  ['processing_state', readStateTest],
  ['is_sigma_rule', () => (run) => run.draft.kind === 'rule'],
  ['is_sigma_correlation_rule', () => (run) => run.draft.kind === 'correlation'],
  ['rule_attribute', readAttributeTest],
  [
    'tag',
    (params) => {
      const tag = params.text('tag').toLowerCase()
      return (run) => run.draft.tags.some((each) => each.toLowerCase() === tag)
    },
  ],
])

const parts = ['category', 'product', 'service'] as const

function readLogsourceTest(params: Params): Test<RuleRun> {
  const wanted: { [part in (typeof parts)[number]]?: string } = {}
  for (const part of parts) {
    const text = params.optionalText(part)
    if (text !== undefined) wanted[part] = text.toLowerCase()
  }
  if (Object.keys(wanted).length === 0) {
    throw new RuleProblem('a log source states at least one part', params.place)
  }
  const holds = (logsource: Logsource) =>
    parts.every((part) => wanted[part] === undefined || wanted[part] === logsource[part])
  return (run) => run.logsources.some(holds)
}

function isWanted(item: DetectionItem, wanted: LocatedScalar): (scalar: LocatedScalar) => boolean {
  return (scalar) => {
    const text = textOfValue(item, scalar)
    return text !== undefined && typeof wanted.value === 'string'
      ? text.shown === wanted.text
      : isSame(scalar, wanted)
  }
}

function someItem(run: RuleRun, test: (item: DetectionItem) => boolean): boolean {
  return [...run.detections.values()].some((detection) => someItemOf(detection, test))
}

function someItemOf(detection: Detection, test: (item: DetectionItem) => boolean): boolean {
  if (detection.kind === 'item') return test(detection)
  return detection.parts.some((part) => someItemOf(part, test))
}

/** Words that have an order of their own, lowest first. */
const orders: ReadonlyMap<string, readonly string[]> = new Map([
  ['level', ['informational', 'low', 'medium', 'high', 'critical']],
  ['status', ['unsupported', 'deprecated', 'experimental', 'test', 'stable']],
])
const dates = ['date', 'modified']
const attributeOperators = [...operators, 'in', 'not_in'] as const

function readAttributeTest(params: Params): Test<RuleRun> {
  const attribute = params.text('attribute')
  const wanted = params.scalar('value')
  const operator = params.choice('op', attributeOperators, 'eq')
  const order = orders.get(attribute)
  if (order !== undefined && !order.includes(wanted.text.toLowerCase())) {
    throw new RuleProblem(`${attribute} is one of ${order.join(', ')}`, wanted.place)
  }
  return (run) => {
    const value: Located | undefined =
      run.attributes.get(attribute) ?? run.draft.document.entries.get(attribute)?.value
    if (value === undefined || value.kind === 'map') return false
    if (value.kind === 'list') return listHolds(value.items, operator, wanted)
    if (operator === 'in' || operator === 'not_in') return false
    return scalarHolds(attribute, value, operator, wanted)
  }
}

/** A list never equals a single value; it can hold it. */
function listHolds(
  items: readonly Located[],
  operator: Operator | 'in' | 'not_in',
  wanted: LocatedScalar,
): boolean {
  if (operator === 'ne') return true
  if (operator !== 'in' && operator !== 'not_in') return false
  const held = items.some((item) => item.kind === 'scalar' && isSame(item, wanted))
  return held === (operator === 'in')
}

function scalarHolds(
  attribute: string,
  value: LocatedScalar,
  operator: Operator,
  wanted: LocatedScalar,
): boolean {
  const order = orders.get(attribute)
  if (order !== undefined) {
    const place = order.indexOf(value.text.toLowerCase())
    return place >= 0 && compare(place, operator, order.indexOf(wanted.text.toLowerCase()))
  }
  if (typeof value.value === 'number') {
    return compare(value.value, operator, Number(wanted.text))
  }
  if (dates.includes(attribute)) {
    return compare(dashed(value.text), operator, dashed(wanted.text))
  }
  return (operator === 'eq' || operator === 'ne') && compare(value.text, operator, wanted.text)
}

/** Older rules write 2024/01/31. */
function dashed(date: string): string {
  return date.replaceAll('/', '-')
}
