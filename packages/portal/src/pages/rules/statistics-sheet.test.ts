import type { RuleStatistics } from '@haidang/contracts/rule-library'
import { expect, test } from 'vitest'
import { sortedStatistics, statisticsCsv } from './statistics-sheet.ts'

const item = (title: string, change: Partial<RuleStatistics>): RuleStatistics => ({
  rule_id: 'rul_1',
  sigma_id: 's',
  title,
  fired: 0,
  clusters: 0,
  closed_false: 0,
  last_fired_at: null,
  cost_us: null,
  cost_share: null,
  ...change,
})

test('the highest comes first, what was not measured last', () => {
  const items = [item('a', { fired: 3 }), item('b', { cost_us: 0 }), item('c', { cost_us: 2.5 })]
  const titles = (sort: 'fired' | 'cost_us') =>
    sortedStatistics(items, sort).map(({ title }) => title)
  expect(titles('fired')).toEqual(['a', 'b', 'c'])
  expect(titles('cost_us')).toEqual(['c', 'b', 'a'])
})

test('commas, quotes and formulas in titles stay text', () => {
  const csv = statisticsCsv([item('=1+1', {}), item('A "b", c', { fired: 2, cost_share: 0.25 })])
  expect(csv.split('\r\n')).toEqual([
    '\ufeffrule_id,sigma_id,title,fired,clusters,closed_false,last_fired_at,cost_us,cost_share',
    "rul_1,s,'=1+1,0,0,0,,,",
    'rul_1,s,"A ""b"", c",2,0,0,,,0.25',
    '',
  ])
})
