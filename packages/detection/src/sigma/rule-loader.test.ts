import { expect, test } from 'vitest'
import { readPipeline } from '../pipeline/read-pipeline.ts'
import { compileRules } from './rule-set.ts'

const rule = {
  title: 'a',
  name: 'a',
  logsource: { product: 'test' },
  detection: { selection: { A: 1 }, condition: 'selection' },
}
const over = (name: string, inner: string) => ({
  title: name,
  name,
  correlation: { type: 'temporal', rules: [inner], timespan: '1m' },
})

test('rules refer to each other across files, whatever the order of the files', () => {
  const documents = [over('outer', 'inner'), over('inner', 'a'), rule]
  const files = documents.map((each, i) => ({ path: `${i}.yml`, text: JSON.stringify(each) }))
  const { entries, correlations } = compileRules(files)
  expect(entries.map(({ state }) => state)).toEqual(['active', 'active', 'active'])
  expect(correlations.correlations).toHaveLength(2)
})

test('a correlation that pipelines refuse takes along what refers to it, and no rule goes silent for it', () => {
  const pipeline = readPipeline(
    'no.yml',
    JSON.stringify({
      transformations: [
        {
          type: 'rule_failure',
          message: 'not here',
          rule_conditions: [
            { type: 'is_sigma_correlation_rule' },
            { type: 'logsource', product: 'test' },
          ],
        },
      ],
    }),
  )
  const text = [over('outer', 'inner'), over('inner', 'a'), rule].map((each) =>
    JSON.stringify(each),
  )
  const set = compileRules([{ path: 'x.yml', text: text.join('\n---\n') }], {
    pipelines: [pipeline],
  })
  expect(set.entries.map(({ state }) => state)).toEqual(['error', 'error', 'active'])
  expect(set.correlations.correlations).toEqual([])
  expect(set.rules.map(({ generates }) => generates)).toEqual([true])
})

test('a refused rule says what it is, and where; attributes of one’s own are no problem', () => {
  const text = `title: Riêng
name: own
custom_attribute: {a: [1, 2]}
__proto__: x
logsource: {product: test}
detection: {selection: {A: 1}, condition: selection}
---
title: Lọc
logsource: {product: test}
filter: {rules: [own], condition: selection}
`
  const { entries } = compileRules([{ path: 'x.yml', text }])
  expect(entries).toMatchObject([
    { kind: 'detection', name: 'own', state: 'active', problem: null, note: null },
    { kind: 'filter', title: 'Lọc', state: 'error' },
  ])
  expect(entries[1]?.problem).toBe('x.yml:10:35: unknown search identifier "selection"')
})
