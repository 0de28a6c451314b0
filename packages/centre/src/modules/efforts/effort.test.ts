import { EffortDraft, type EffortLineDraft, EffortRules } from '@haidang/contracts/effort'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountOf, checkedLines, claimedOf, foundOf, linesOf, stateAfter } from './effort.ts'

const rules = EffortRules.parse({
  profile: 'thử',
  version: 1,
  clause: 'thử',
  kinds: [{ id: 'labour', name: { vi: 'Nhân công', en: 'Labour' }, units: ['giờ công'] }],
  sources: [{ id: 'other', name: { vi: 'Khác', en: 'Other' } }],
})
const line: EffortLineDraft = {
  kind: 'labour',
  text: 'Phân tích mã độc',
  unit: 'giờ công',
  quantity: 2.5,
  unit_price: 150_001,
  basis: '',
}
const refused = (field: string) =>
  expect.objectContaining({
    code: 'effort.line-invalid',
    errors: [expect.objectContaining({ field })],
  })

test('amounts are whole dong, rounded once, whatever the quantity', () => {
  expect(amountOf(line)).toBe(375_003)
  expect(amountOf({ quantity: 0.001, unit_price: 499 })).toBe(0)
  expect(amountOf({ quantity: 0.001, unit_price: 500 })).toBe(1)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000_000 }),
      fc.integer({ min: 0, max: 1_000_000 }),
      (thousandths, unit_price) => {
        const exact = (BigInt(thousandths) * BigInt(unit_price) * 2n + 1_000n) / 2_000n
        expect(amountOf({ quantity: thousandths / 1_000, unit_price })).toBe(Number(exact))
      },
    ),
  )
})

test('a quantity has three decimals at most', () => {
  const read = (quantity: number) => EffortDraft.safeParse({ lines: [{ ...line, quantity }] })
  expect(read(0.125).success).toBe(true)
  expect(read(1.1).success).toBe(true)
  expect(read(0.0001).success).toBe(false)
  expect(read(0).success).toBe(false)
  expect(read(Number.NaN).success).toBe(false)
})

test('a line of an unknown kind or unit, or more than one sheet may come to, is refused by its field', () => {
  expect(() => linesOf([line, { ...line, kind: 'bribe' }], rules)).toThrow(refused('lines.1.kind'))
  expect(() => linesOf([{ ...line, unit: 'km' }], rules)).toThrow(refused('lines.0.unit'))
  const dear = { ...line, quantity: 1_000_000, unit_price: 10_000_001 }
  expect(() => linesOf([dear], rules)).toThrow(refused('lines'))
})

test('a check says something of every line, and why where it corrects', () => {
  const lines = linesOf([line, line], rules)
  const same = { quantity: 2.5, unit_price: 150_001, note: '' }
  expect(() => checkedLines(lines, [same])).toThrow(refused('lines.1.lines'))
  expect(() => checkedLines(lines, [same, { ...same, quantity: 1 }])).toThrow(
    refused('lines.1.note'),
  )
  const found = checkedLines(lines, [same, { ...same, quantity: 0, note: 'không có chứng từ' }])
  expect([claimedOf(found), foundOf(found)]).toEqual([750_006, 375_003])
})

test('no step is taken twice or out of turn', () => {
  expect(stateAfter('draft', 'submitted')).toBe('submitted')
  expect(stateAfter('checked', 'contested')).toBe('submitted')
  for (const [state, step] of [
    ['submitted', 'submitted'],
    ['draft', 'checked'],
    ['checked', 'approved'],
    ['paid', 'paid'],
    ['approved', 'withdrawn'],
    ['withdrawn', 'submitted'],
  ] as const) {
    expect(() => stateAfter(state, step)).toThrow(
      expect.objectContaining({ code: 'effort.illegal-step' }),
    )
  }
})
