import type { DetectionItem } from '../sigma/detection.ts'
import { RuleProblem } from '../sigma/located-yaml.ts'
import { readStateTest } from './comparison.ts'
import { isFieldReference } from './item-values.ts'
import type { TestReader, TestReaders } from './linking.ts'
import type { Params } from './params.ts'
import { readPattern } from './pattern.ts'
import type { Test } from './rule-run.ts'

/** The conditions a step can state of field names. */
export const fieldNameTests: TestReaders<string> = new Map<string, TestReader<string>>([
  ['include_fields', readInclusion],
  [
    'exclude_fields',
    (params) => {
      const included = readInclusion(params)
      return (field, run) => !included(field, run)
    },
  ],
  [
    'processing_item_applied',
    (params) => {
      const id = params.text('processing_item_id')
      return (field, run) => run.wasNamedBy(field, id)
    },
  ],
  ['processing_state', readStateTest],
])

function readInclusion(params: Params): Test<string> {
  const fields = params.texts('fields')
  if (fields.length === 0) throw new RuleProblem('fields is missing', params.place)
  if (params.choice('mode', ['plain', 're'], 'plain') === 'plain') {
    const names = new Set(fields)
    return (field) => field !== '' && names.has(field)
  }
  const patterns = fields.map((field) => readPattern(field, params.placeOf('fields')))
  return (field) => field !== '' && patterns.some((fits) => fits(field))
}

/** A test of field names, asked of an item: of its field, and of the fields its values refer to. */
export function testOfItem(test: Test<string>): Test<DetectionItem> {
  return (item, run) =>
    test(item.field, run) ||
    (isFieldReference(item) && item.values.some(({ text }) => test(text, run)))
}
