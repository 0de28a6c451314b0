import { Heartbeat } from '@haidang/contracts/station'
import { expect, test } from 'vitest'
import { RuleCostBook } from './rule-cost-book.ts'

test('costs are added up by rule, the dearest two hundred are reported', () => {
  const book = new RuleCostBook()
  expect(book.report).toBeUndefined()
  const rules = Array.from({ length: 250 }, (_, n) => ({ id: `r${n}`, tried: 1, us: n }))
  book.add({ records: 2, us: 50_000, rules })
  book.add({ records: 1, us: 1000, rules: [{ id: 'r0', tried: 3, us: 900 }] })
  const { records, us, rules: shown } = book.report ?? { rules: [] }
  expect({ records, us, shown: shown.length }).toEqual({ records: 3, us: 51_000, shown: 200 })
  expect(shown[0]).toEqual({ id: 'r0', tried: 4, us: 900 })
})

test('what is long ago fades, and a rule no longer tried leaves the book', () => {
  const book = new RuleCostBook(10)
  book.add({ records: 9, us: 900, rules: [{ id: 'old', tried: 1, us: 100 }] })
  book.add({ records: 1, us: 100, rules: [{ id: 'new', tried: 4, us: 80 }] })
  expect(book.report).toEqual({
    records: 5,
    us: 500,
    rules: [{ id: 'new', tried: 2, us: 40 }],
  })
})

test('a rule whose id is longer than a heartbeat may name does not cost the station its heartbeat', () => {
  const book = new RuleCostBook()
  const ids = ['r'.repeat(300), 'r'.repeat(301)]
  book.add({ records: 1, us: 9, rules: ids.map((id) => ({ id, tried: 1, us: 4 })) })
  expect(Heartbeat.shape.rule_costs.parse(book.report)?.rules).toHaveLength(1)
})
