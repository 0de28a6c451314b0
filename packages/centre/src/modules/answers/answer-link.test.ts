import { LadderStep } from '@haidang/contracts/order'
import { expect, test } from 'vitest'
import { climb } from '../orders/order.ts'
import { answersAt, linkState, stepOf } from './answer-link.ts'

const roles = ['lead', 'coordinate', 'for_information'] as const
const stands = roles.flatMap((role) => LadderStep.options.map((step) => ({ role, step })))

test.each(stands)('every answer offered to $role at $step is a way up its ladder', (stand) => {
  for (const answer of answersAt(stand)) {
    const step = stepOf[answer]
    expect(climb(stand.step, step, stand.role), answer).toBeDefined()
  }
})

test('an order replaced, withdrawn for all or for one, and closed is told apart', () => {
  const order = { state: 'issued', version: 2 } as const
  const own = { step: 'delivered', role: 'lead', withdrawn_at: null } as const
  expect(linkState(2, order, own)).toBe('open')
  expect(linkState(1, order, own)).toBe('replaced')
  expect(linkState(1, { ...order, state: 'withdrawn' }, own)).toBe('withdrawn')
  expect(linkState(2, order, { ...own, withdrawn_at: '2026-11-22T03:00:00Z' })).toBe('withdrawn')
  expect(linkState(2, order, { ...own, step: 'closed' })).toBe('closed')
  expect(linkState(2, order, { ...own, step: 'completed' })).toBe('answered')
  expect(linkState(2, order, { ...own, step: 'returned' })).toBe('open')
})
