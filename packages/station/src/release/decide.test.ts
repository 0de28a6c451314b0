import { defaultReleasePolicy, ReleasePolicy } from '@haidang/contracts/release'
import { Tlp } from '@haidang/contracts/tlp'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ReleaseFacts, ReleaseRules } from './decide.ts'
import { readPolicy, writePolicy } from './policy-text.ts'

const now = Date.parse('2026-03-01T12:00:00Z')
const alert: ReleaseFacts = {
  stream: 'alerts',
  class_uid: 2004,
  tlp: 'amber',
  source: ['s1', 'waf'],
  systems: [],
}
const event: ReleaseFacts = { ...alert, stream: 'events', class_uid: 3002 }
const none = () => ''

function rulesOf(policy: object): ReleaseRules {
  return new ReleaseRules(ReleasePolicy.parse({ rules: [], ...policy }))
}
const decisionOf = (rules: ReleaseRules, facts: ReleaseFacts, text = none) =>
  rules.decide(facts, now, text).decision

test('by default alerts and heartbeats leave, restricted alerts as numbers, and no event', () => {
  const rules = new ReleaseRules(defaultReleasePolicy)
  expect(Tlp.options.map((tlp) => decisionOf(rules, { ...alert, tlp }))).toEqual([
    ...['send', 'send', 'send', 'counts', 'counts'],
  ])
  expect(decisionOf(rules, { ...alert, stream: 'health' })).toBe('send')
  expect(decisionOf(rules, event)).toBe('keep')
})

test('the first rule that matches decides, and what no rule names stays', () => {
  const rules = rulesOf({
    rules: [
      { name: 'a', streams: ['events'], categories: [3], sources: ['w*f'], decision: 'send' },
      { name: 'b', classes: [3002], decision: 'counts' },
      { name: 'c', streams: ['events'], tlp: ['red'], decision: 'send' },
    ],
  })
  expect(rules.decide(event, now, none)).toMatchObject({ decision: 'send', by: 0 })
  expect(rules.decide({ ...event, source: ['s2', 'dns'] }, now, none).by).toBe(1)
  expect(rules.decide({ ...event, class_uid: 4003, tlp: 'red' }, now, none).by).toBe(2)
  expect(rules.decide({ ...event, class_uid: 4003 }, now, none)).toMatchObject({
    decision: 'keep',
    by: 'no-rule',
  })
  expect(decisionOf(rules, { ...alert, stream: 'health' })).toBe('counts')
})

test('a rule that names information systems means events of these alone', () => {
  const rules = rulesOf({ rules: [{ name: 'a', systems: ['Cổng *'], decision: 'send' }] })
  expect(decisionOf(rules, { ...event, systems: ['Kho', 'Cổng dịch vụ công'] })).toBe('send')
  expect(decisionOf(rules, { ...event, systems: ['Kho'] })).toBe('keep')
  expect(decisionOf(rules, event)).toBe('keep')
  expect(rules.lets(['s1', 'waf'], now)).toBe(true)
})

test('whatever the rules and exceptions, secret material stays: by source, or by a marking however written', () => {
  const open = { name: 'all', decision: 'send' }
  const exception = {
    order: '12/LĐP',
    reason: 'điều tra',
    from: '2026-01-01T00:00:00Z',
    to: '2026-12-01T00:00:00Z',
  }
  const rules = rulesOf({
    secret: { sources: ['kho-*'], markings: ['Tối mật'] },
    rules: [open],
    exceptions: [exception],
  })
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.constantFrom('NFC', 'NFD'), (a, b, form) => {
      const text = () => `${a}TỐI MẬT${b}`.normalize(form)
      expect(rules.decide(alert, now, text)).toMatchObject({ decision: 'keep', by: 'secret' })
    }),
  )
  expect(decisionOf(rules, { ...event, source: ['s3', 'kho-1'] })).toBe('keep')
  expect(decisionOf(rules, alert, () => 'tôi mất mật khẩu')).toBe('send')
  expect(rules.lets(['s3', 'kho-1'], now)).toBe(false)
  expect([rules.isSecret(['s3', 'kho-1']), rules.isSecret(['s1', 'waf'])]).toEqual([true, false])
})

test('an exception widens the policy for what it names, from its beginning until its end', () => {
  const exceptions = [
    {
      order: '12/LĐP',
      reason: 'điều tra',
      streams: ['events'],
      sources: ['waf'],
      from: '2026-03-01T12:00:00Z',
      to: '2026-03-02T12:00:00Z',
    },
  ]
  const rules = rulesOf({ rules: [{ name: 'stay', decision: 'keep' }], exceptions })
  const at = (time: string) => rules.decide(event, Date.parse(time), none).decision
  expect(['2026-03-01T11:59:59.999Z', '2026-03-01T12:00:00Z'].map(at)).toEqual(['keep', 'send'])
  expect(['2026-03-02T11:59:59.999Z', '2026-03-02T12:00:00Z'].map(at)).toEqual(['send', 'keep'])
  expect(decisionOf(rules, alert)).toBe('keep')
  expect(rules.lets(['s1', 'waf'], now)).toBe(true)
  expect(rules.lets(['s1', 'waf'], now - 1)).toBe(false)
  expect(rules.lets(['s2', 'dns'], now)).toBe(false)
})

test('a policy survives the way through YAML; what is wrong in one is named', () => {
  expect(readPolicy(writePolicy(defaultReleasePolicy))).toEqual(defaultReleasePolicy)
  const refusal = (text: string) => {
    try {
      readPolicy(text)
    } catch (error) {
      return error
    }
    throw new Error('it was accepted')
  }
  expect(refusal('rules:\n  - [')).toMatchObject({ code: 'release.unreadable' })
  expect(refusal('rules:\n  - {name: a, decision: masked}')).toMatchObject({
    errors: [{ field: 'rules.0.fields', cause: 'name what is masked' }],
  })
  expect(refusal('rules: []\nsecrets: {}')).toMatchObject({ code: 'release.unreadable' })
  const bomb = ['a: &a [x,x,x,x,x,x,x,x]', 'b: &b [*a,*a,*a]', 'rules: [*b,*b]'].join('\n')
  expect(refusal(bomb)).toMatchObject({ code: 'release.unreadable' })
})
