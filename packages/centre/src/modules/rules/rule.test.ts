import { LibraryRuleStatus } from '@haidang/contracts/rule-library'
import { expect, test } from 'vitest'
import { type RuleAct, requireOtherEyes, statusAfter } from './rule.ts'

const acts: RuleAct[] = ['revise', 'submit', 'approve', 'return', 'publish', 'withdraw']

test('a rule goes from draft over review to publication, and back to draft with every new text', () => {
  const steps: RuleAct[] = ['submit', 'approve', 'publish', 'revise', 'submit', 'return']
  let status: LibraryRuleStatus = 'draft'
  const path = steps.map((act) => {
    status = statusAfter(status, act)
    return status
  })
  expect(path).toEqual(['in_review', 'approved', 'published', 'draft', 'in_review', 'draft'])
})

test('nothing is approved that was not handed over for review', () => {
  const approving = LibraryRuleStatus.options.filter((status) => allows(status, 'approve'))
  expect(approving).toEqual(['in_review'])
  const publishing = LibraryRuleStatus.options.filter((status) => allows(status, 'publish'))
  expect(publishing).toEqual(['approved', 'published'])
})

test('a withdrawn rule only comes back as a draft', () => {
  expect(acts.filter((act) => allows('withdrawn', act))).toEqual(['revise'])
})

test('who wrote a rule does not review it', () => {
  expect(() => requireOtherEyes('usr_a', 'usr_a')).toThrow(
    expect.objectContaining({ code: 'rule.own-review' }),
  )
  expect(() => requireOtherEyes('usr_a', 'usr_b')).not.toThrow()
})

function allows(status: LibraryRuleStatus, act: RuleAct): boolean {
  try {
    statusAfter(status, act)
    return true
  } catch {
    return false
  }
}
