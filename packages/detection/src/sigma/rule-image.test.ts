import { expect, test } from 'vitest'
import { Detector } from '../detector.ts'
import { noIndicators } from '../indicators/indicator-tables.ts'
import { sampleSubject } from '../sample-event.ts'
import { imageOf, ruleSetOf } from './rule-image.ts'
import { compileRules, type RuleSet } from './rule-set.ts'

const documents = [
  {
    path: 'mọi cách.yml',
    text: `title: Mọi cách so
id: moi-cach
level: high
logsource: { product: x }
detection:
  same: { A|fieldref|endswith: B }
  there: { C|exists: true }
  gone: { D|exists: false }
  empty: { E: null }
  coded: { F|base64offset|contains: mật khẩu }
  net: { G|cidr: 10.0.0.0/8 }
  size: { H|gt: 5 }
  endless: { I: .inf }
  words: ['từ khóa']
  wild: { J: 'a*b?c' }
  expr: { K|re|i: '^x{2}$' }
  not_this: { L|neq: no }
  condition: all of them
---
title: Hai lần
correlation:
  type: event_count
  rules: moi-cach
  generate: true
  timespan: 1m
  condition: { gte: 2 }
`,
  },
  {
    path: 'hỏng.yml',
    text: 'title: Hỏng\nid: hong\ndetection: { a: { A|lạ: 1 }, condition: a }\n',
  },
]
const record = {
  A: 'sub.example.vn',
  B: 'EXAMPLE.vn',
  C: null,
  E: null,
  F: Buffer.from('gõ mật khẩu ở đây').toString('base64'),
  G: '10.1.2.3',
  H: 6,
  I: '.INF',
  J: 'aXXbYc',
  K: 'XX',
  L: 'yes',
  note: 'có TỪ KHÓA này',
}

const set = compileRules(documents)
const again = ruleSetOf(imageOf(set), documents)

test('a rule set comes back from its image with all that is known of it', () => {
  expect(again.version).toBe(set.version)
  expect(again.entries).toEqual(set.entries)
  expect(again.correlations).toEqual(set.correlations)
  expect(again.slots.fields).toEqual(set.slots.fields)
  expect(ruleSetOf(imageOf(again), documents).entries).toEqual(set.entries)
  expect(imageOf(again)).toBe(imageOf(set))
  expect(ruleSetOf(imageOf(set), []).entries.map(({ text }) => text)).toEqual(['', '', ''])
})

test('its rules decide, explain and observe as before', () => {
  const says = (each: RuleSet, changed: object) => {
    const detector = new Detector(each, noIndicators())
    const subject = sampleSubject({ ...record, ...changed }, { logsource: { product: 'x' } })
    return [detector.examine(subject), detector.observations]
  }
  const whole = says(set, {})
  expect(whole.map((list) => list.length)).toEqual([1, 1])
  expect(says(again, {})).toEqual(whole)
  for (const name of Object.keys(record).filter((each) => !['C', 'L'].includes(each))) {
    expect([name, says(set, { [name]: 'no' })]).toEqual([name, [[], []]])
    expect([name, says(again, { [name]: 'no' })]).toEqual([name, [[], []]])
  }
  for (const changed of [{ L: 'no' }, { C: undefined }, { D: 1 }, { E: 1 }]) {
    expect(says(again, changed)).toEqual([[], []])
  }
})
