import { Addressee, LadderStep } from '@haidang/contracts/order'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { climb, isOver, type Step, standing } from './order.ts'

const steps: Step[] = [...LadderStep.options, 'progressed']

test('accepting says that it was read, completing that it was accepted and acted on', () => {
  expect(climb('delivered', 'accepted', 'lead')).toEqual(['read', 'accepted'])
  expect(climb('issued', 'completed', 'lead')).toEqual([
    'delivered',
    'read',
    'accepted',
    'acting',
    'completed',
  ])
  expect(climb('returned', 'progressed', 'lead')).toEqual(['acting', 'progressed'])
  expect(climb('completed', 'closed', 'lead')).toEqual(['verified', 'closed'])
})

test('nobody can say a dispute or a completion in passing', () => {
  expect(climb('disputed', 'acting', 'lead')).toEqual(['accepted', 'acting'])
  expect(climb('acting', 'verified', 'lead')).toBeUndefined()
  expect(climb('accepted', 'disputed', 'lead')).toBeUndefined()
  expect(climb('completed', 'accepted', 'lead')).toBeUndefined()
})

test('who is told for information reads, and nothing else', () => {
  const possible = steps.filter((step) => climb('delivered', step, 'for_information'))
  expect(possible).toEqual(['read', 'closed'])
})

/** Where a ladder stands after being asked for a step; each step on the way is one the graph has. */
function asked(at: LadderStep, to: Step, role: Addressee['role']): LadderStep {
  return (climb(at, to, role) ?? []).reduce<LadderStep>((here, step) => {
    if (step !== 'progressed') expect(climb(here, step, role)).toEqual([step])
    return standing(here, step)
  }, at)
}

test('whatever is asked, a ladder never leaves the graph and ends at closed', () => {
  const wishes = fc.array(fc.constantFrom(...steps), { maxLength: 40 })
  const roles = fc.constantFrom(...Addressee.shape.role.options)
  fc.assert(
    fc.property(wishes, roles, (wanted, role) => {
      const end = wanted.reduce<LadderStep>((at, to) => asked(at, to, role), 'issued')
      expect(steps.some((step) => climb(end, step, role))).toBe(end !== 'closed')
    }),
  )
})

test('an order is over when all who must act are closed', () => {
  const lead = { role: 'lead', step: 'closed' } as const
  const told = { role: 'for_information', step: 'delivered' } as const
  expect(isOver([lead, told])).toBe(true)
  expect(isOver([lead, { ...lead, step: 'verified' }])).toBe(false)
  expect(isOver([told])).toBe(false)
})
