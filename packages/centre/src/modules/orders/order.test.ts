import { Addressee, LadderStep } from '@haidang/contracts/order'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { climb, type Step, standing, tallyOf } from './order.ts'

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

/** What is written when steps are asked for one after the other, each of them twice. */
function writtenOn(wanted: readonly Step[]): Step[] {
  const written: Step[] = []
  let at: LadderStep = 'issued'
  for (const to of wanted.flatMap((step) => [step, step])) {
    const taken: readonly Step[] = climb(at, to, 'lead') ?? []
    written.push(...taken)
    at = taken.reduce(standing, at)
  }
  return written.filter((step) => step !== 'progressed')
}

test('whatever is asked again and again, each step stands once until the issuer returns the ladder', () => {
  const wishes = fc.array(fc.constantFrom(...steps), { maxLength: 60 })
  fc.assert(
    fc.property(wishes, (wanted) => {
      const written = writtenOn(wanted)
      const rounds = written.join(' ').split('returned')
      for (const round of rounds) {
        const said = round.trim().split(' ')
        expect(new Set(said).size).toBe(said.length)
      }
    }),
  )
})

test('a tally counts who must act apart from who is told, and nobody it was withdrawn for', () => {
  const alike = { overdue: false, withdrawn: false, undelivered: 0, count: 1 }
  const tally = tallyOf([
    { ...alike, role: 'lead', step: 'closed', count: 3 },
    { ...alike, role: 'coordinate', step: 'acting', overdue: true, count: 2 },
    { ...alike, role: 'lead', step: 'issued', undelivered: 4, count: 4 },
    { ...alike, role: 'lead', step: 'disputed', withdrawn: true },
    { ...alike, role: 'for_information', step: 'read', count: 5 },
  ])
  expect(tally).toEqual({
    addressees: 15,
    acting: 9,
    answered: 3,
    overdue: 2,
    undelivered: 4,
    withdrawn: 1,
    steps: { closed: 3, acting: 2, issued: 4, read: 5 },
  })
})
