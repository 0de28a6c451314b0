import type { DetectionItem } from '../sigma/detection.ts'
import type { LocatedScalar } from '../sigma/located-yaml.ts'
import { isSame, readStateTest } from './comparison.ts'
import { textOfValue } from './item-values.ts'
import type { TestReader, TestReaders } from './linking.ts'
import type { Params } from './params.ts'
import { readPattern } from './pattern.ts'
import type { Test } from './rule-run.ts'
import { hasWildcard } from './sigma-text.ts'

type ValueTest = (item: DetectionItem, scalar: LocatedScalar) => boolean

/** The conditions a step can state of detection items. */
export const itemTests: TestReaders<DetectionItem> = new Map<string, TestReader<DetectionItem>>([
  ['match_string', readMatchString],
  [
    'match_value',
    (params) => {
      const wanted = params.scalar('value')
      return ofValues(params, (item, scalar) => {
        const text = textOfValue(item, scalar)
        return text === undefined || typeof wanted.value !== 'string'
          ? isSame(scalar, wanted)
          : text.shown === wanted.text
      })
    },
  ],
  [
    'contains_wildcard',
    (params) =>
      ofValues(params, (item, scalar) => {
        const text = textOfValue(item, scalar)
        return text !== undefined && hasWildcard(text)
      }),
  ],
  ['is_null', (params) => ofValues(params, (_, { value }) => value === null)],
  [
    'processing_item_applied',
    (params) => {
      const id = params.text('processing_item_id')
      return (item, run) => run.wasChangedBy(item, id)
    },
  ],
  ['processing_state', readStateTest],
])

function readMatchString(params: Params): Test<DetectionItem> {
  const fits = readPattern(params.text('pattern'), params.placeOf('pattern'))
  const negated = params.flag('negate')
  return ofValues(params, (item, scalar) => {
    const text = textOfValue(item, scalar)
    return (text !== undefined && fits(text.shown)) !== negated
  })
}

function ofValues(params: Params, test: ValueTest): Test<DetectionItem> {
  const every = params.choice('cond', ['any', 'all'], 'any') === 'all'
  return (item) =>
    every
      ? item.values.every((scalar) => test(item, scalar))
      : item.values.some((scalar) => test(item, scalar))
}
