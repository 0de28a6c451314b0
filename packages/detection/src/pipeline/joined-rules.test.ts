import { expect, test } from 'vitest'
import { ObservationReader } from '../correlation/observation.ts'
import { sampleEvent } from '../sample-event.ts'
import { readingOf } from '../sigma/reading.ts'
import { compileRules } from '../sigma/rule-set.ts'
import { View } from '../sigma/view.ts'
import { readPipeline } from './read-pipeline.ts'
import { firesOn, trialSource } from './trial.ts'

const base = {
  title: 'Đăng nhập hỏng',
  id: 'base',
  name: 'failed',
  logsource: trialSource,
  detection: { selection: { Outcome: 'failed' }, condition: 'selection' },
}
const mapping = readPipeline(
  'names.yml',
  JSON.stringify({
    transformations: [
      {
        type: 'field_name_mapping',
        mapping: { User: ['u.name', 'u.id'], Outcome: 'o' },
        rule_conditions: [{ type: 'logsource', product: 'test' }],
      },
    ],
  }),
)
const documents = (...rules: object[]) =>
  rules.map((rule, i) => ({ path: `${i}.yml`, text: JSON.stringify(rule) }))

test('a filter is mapped as the rule it tunes', () => {
  const filter = {
    title: 'Máy quét nội bộ',
    id: 'filter',
    logsource: trialSource,
    filter: { rules: ['failed'], harmless: { User: 'scanner' }, condition: 'harmless' },
  }
  const rules = compileRules(documents(base, filter), { pipelines: [mapping] })
  expect(rules.entries.flatMap(({ problem }) => problem ?? [])).toEqual([])
  expect(firesOn(rules, { o: 'failed', 'u.id': 'an' })).toBe(true)
  expect(firesOn(rules, { o: 'failed', 'u.id': 'scanner' })).toBe(false)
})

const correlation = {
  title: 'Dò mật khẩu',
  id: 'guessing',
  correlation: {
    type: 'event_count',
    rules: ['failed'],
    'group-by': ['User'],
    timespan: '5m',
    condition: { gte: 3 },
  },
}

test('a correlation groups by the field the rule’s records have', () => {
  const rules = compileRules(documents(base, correlation), { pipelines: [mapping] })
  expect(rules.entries.flatMap(({ problem }) => problem ?? [])).toEqual([])
  const reader = new ObservationReader(rules.correlations)
  const view = new View(rules.slots)
  const read = (record: Record<string, unknown>) => {
    view.show(readingOf({ event: sampleEvent({ logsource: trialSource }), record }))
    return JSON.stringify(reader.read(view, 0, 1_000, 'x'))
  }
  expect(read({ o: 'failed', 'u.name': 'an' })).toContain('"an"')
  expect(read({ o: 'failed', 'u.id': 'binh' })).toContain('"binh"')
  expect(read({ o: 'failed', User: 'cuong' })).not.toContain('cuong')
})

test('pipelines can refuse correlations by the log source of their rules', () => {
  const refusing = (product: string) =>
    readPipeline(
      'no.yml',
      JSON.stringify({
        transformations: [
          {
            type: 'rule_failure',
            message: 'no correlations here',
            rule_conditions: [
              { type: 'is_sigma_correlation_rule' },
              { type: 'logsource', product },
            ],
          },
        ],
      }),
    )
  const problems = (product: string) =>
    compileRules(documents(base, correlation), { pipelines: [refusing(product)] }).entries.map(
      ({ problem }) => problem,
    )
  expect(problems('test')).toEqual([null, '1.yml:1:1: no correlations here'])
  expect(problems('other')).toEqual([null, null])
})

test('what a pipeline leaves out is said, and another pipeline makes another version', () => {
  const hashes = readPipeline(
    'hashes.yml',
    JSON.stringify({ transformations: [{ type: 'hashes_fields', valid_hash_algos: ['MD5'] }] }),
  )
  const selection = { 'Hashes|contains': ['MD5=aa', 'IMPHASH=bb'] }
  const rule = { ...base, detection: { selection, condition: 'selection' } }
  const rules = compileRules(documents(rule), { pipelines: [hashes] })
  expect(rules.entries[0]).toMatchObject({
    state: 'active',
    note: 'no field holds the hash IMPHASH=bb',
  })
  const plain = compileRules(documents(rule))
  expect(plain.entries[0]?.note).toBeNull()
  expect(plain.version).not.toBe(rules.version)
  expect(compileRules(documents(rule), { pipelines: [mapping] }).version).not.toBe(rules.version)
})
