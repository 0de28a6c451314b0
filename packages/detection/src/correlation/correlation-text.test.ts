import { expect, test } from 'vitest'
import { compileRules } from '../sigma/rule-set.ts'
import { CorrelationTrial } from './correlation-trial.ts'

const base = `title: Base
name: base
logsource:
  product: test
detection:
  selection:
    EventID: 1
  condition: selection
---
`
const good = `title: Many
correlation:
  type: event_count
  rules:
    - base
  group-by: User
  timespan: 5m
  condition:
    gte: 3
`

function problemsOf(text: string): (string | null)[] {
  const { entries } = compileRules([{ path: 'c.yml', text: base + text }])
  return entries.map(({ problem }) => problem)
}

test('a correlation and its rule load from one file; the rule serves it silently', () => {
  const { rules, entries, correlations } = compileRules([{ path: 'c.yml', text: base + good }])
  expect(entries.map(({ kind, state }) => [kind, state])).toEqual([
    ['detection', 'active'],
    ['correlation', 'active'],
  ])
  expect(rules.map(({ generates }) => generates)).toEqual([false])
  expect(correlations.correlations).toMatchObject([
    { type: 'event_count', timespan: 300_000, groupBy: ['User'], condition: 'gte: 3 within 5m' },
  ])
})

test.each([
  ['a type that is none', 'type: event_count', 'type: count', '12:9: the type of a correlation'],
  ['an unknown rule', '- base', '- nope', '14:7: unknown rule reference "nope"'],
  ['itself', '- base', '- c.yml#2', '14:7: "c.yml#2" refers back'],
  ['a rule twice', '- base', '- base\n    - base', '15:7: "base" stands twice'],
  ['no rule', 'rules:\n    - base', 'rules: []', '13:3: a correlation refers to one rule'],
  ['a span without unit', '5m', '5', '16:13: timespan is a number and one of s, m'],
  ['an empty span', '5m', '0s', '16:13: timespan is a number'],
  ['an unknown part', 'group-by', 'groupby', '15:3: a correlation has no part "groupby"'],
  ['an unknown comparison', 'gte: 3', 'atleast: 3', '18:5: a condition compares with gt, gte'],
  ['a limit that is no number', 'gte: 3', 'gte: many', '18:10: gte needs a number'],
  ['a count beyond all bounds', 'gte: 3', 'gte: 1000000', '18:10: no more than 262144 events'],
  ['a field for a count', 'gte: 3', 'gte: 3\n    field: a', '19:5: event_count measures no field'],
  ['no field for values', 'event_count', 'value_sum', '18:5: value_sum needs the field'],
  ['words for a count', 'condition:\n    gte: 3', 'condition: base', 'compares with a number'],
  [
    'an odd generate',
    'timespan',
    'generate: maybe\n  timespan',
    '16:13: generate is true or false',
  ],
  ['a stray percentile', 'gte: 3', 'gte: 3\n    percentile: 5', 'event_count has no percentile'],
])('%s is refused where it stands', (_, from, to, expected) => {
  const [rule, problem] = problemsOf(good.replace(from, to))
  expect(rule).toBeNull()
  expect(problem).toContain('c.yml:')
  expect(problem).toContain(expected)
})

const rule = (name: string, id: number) => ({
  title: name,
  name,
  logsource: { product: 'test' },
  detection: { selection: { EventID: id }, condition: 'selection' },
})
const correlation = (name: string, parts: Record<string, unknown>) => ({
  title: name,
  name,
  correlation: { timespan: '1m', ...parts },
})

/** Seconds, EventID and other fields of one event after the other, and who reported. */
function reportsOf(
  documents: readonly Record<string, unknown>[],
  events: readonly (readonly [number, Record<string, unknown>])[],
): string[] {
  const trial = new CorrelationTrial(documents)
  expect(trial.problems).toEqual([])
  return events.map(([time, event]) =>
    trial
      .observe(time * 1_000, event)
      .map(({ name }) => name)
      .join(' '),
  )
}

test('correlations that refer to each other in a circle are refused, others stay', () => {
  const trial = new CorrelationTrial([
    rule('a', 1),
    correlation('one', { type: 'temporal', rules: ['two', 'a'] }),
    correlation('two', { type: 'temporal', rules: ['one', 'a'] }),
    correlation('three', { type: 'temporal', rules: ['a'] }),
    correlation('four', { type: 'temporal', rules: ['one'] }),
  ])
  expect(trial.rules.entries.map(({ state }) => state)).toEqual([
    'active',
    'error',
    'error',
    'active',
    'error',
  ])
  expect(trial.problems[0]).toContain('refers back')
  expect(trial.rules.correlations.correlations).toHaveLength(1)
})

test('a chain of more than eight correlations is refused at the ninth', () => {
  const chain = Array.from({ length: 9 }, (_, i) =>
    correlation(`c${i + 1}`, { type: 'temporal', rules: [i === 0 ? 'a' : `c${i}`] }),
  )
  const { problems } = new CorrelationTrial([rule('a', 1), ...chain.toReversed()])
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain('more than 8')
})

test('a name two rules carry refers to neither; a refused rule takes its correlation along', () => {
  const twice = new CorrelationTrial([
    { ...rule('a', 1), id: '1' },
    { ...rule('a', 2), id: '2' },
    correlation('c', { type: 'temporal', rules: ['a'] }),
    correlation('d', { type: 'temporal', rules: ['1', '2'] }),
  ])
  expect(twice.problems).toEqual([expect.stringContaining('fits more than one rule')])
  const broken = { ...rule('a', 1), detection: { condition: 'nothing' } }
  const { problems } = new CorrelationTrial([
    broken,
    correlation('c', { type: 'temporal', rules: ['a'] }),
  ])
  expect(problems[1]).toContain('cannot be used itself')
})

test('an event without a field grouped by joins nothing; case and pairs of values are told apart as Sigma does', () => {
  const documents = [
    rule('a', 1),
    correlation('c', {
      type: 'event_count',
      rules: ['a'],
      'group-by': ['U', 'V'],
      condition: { gte: 2 },
    }),
  ]
  const seen = (fields: Record<string, unknown>) => [1, { EventID: 1, ...fields }] as const
  const events = [
    seen({ U: 'x' }),
    seen({ U: 'x' }),
    seen({ U: 'x', V: null }),
    seen({ U: '1:a', V: 'b' }),
    seen({ U: '1:a1', V: ':b' }),
    seen({ U: 'ab', V: 'c' }),
    seen({ U: 'a', V: 'bc' }),
    seen({ U: 'x', V: 'y' }),
    seen({ U: 'X', V: 'Y' }),
    seen({ U: '', V: '' }),
    seen({ U: '', V: '' }),
    seen({ U: ['p', 'q'], V: '' }),
    seen({ U: ['p', 'q'], V: '' }),
  ]
  expect(reportsOf(documents, events)).toEqual([
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    'c',
    '',
    'c',
    '',
    'c',
  ])
})

test('generate lets rules report, at the root and in the section; a correlation in a chain reports unless told not to', () => {
  const chain = (generate: object, root: object) => [
    rule('a', 1),
    correlation('inner', { type: 'event_count', rules: ['a'], condition: { gte: 1 } }),
    { ...correlation('outer', { type: 'temporal', rules: ['inner'], ...generate }), ...root },
  ]
  const event = [[1, { EventID: 1 }]] as const
  expect(reportsOf(chain({}, {}), event)).toEqual(['inner outer'])
  expect(reportsOf(chain({ generate: false }, {}), event)).toEqual(['outer'])
  const direct = (parts: object, root: object) => [
    rule('a', 1),
    { ...correlation('c', { type: 'temporal', rules: ['a'], ...parts }), ...root },
  ]
  expect(reportsOf(direct({}, {}), event)).toEqual(['c'])
  expect(reportsOf(direct({ generate: true }, {}), event)).toEqual(['a c'])
  expect(reportsOf(direct({}, { generate: true }), event)).toEqual(['a c'])
})

test('an extended condition needs no list of rules, and forbids as well as demands', () => {
  const documents = [
    rule('a', 1),
    rule('b', 2),
    rule('d', 3),
    correlation('c', { type: 'temporal', condition: 'a and b and not d' }),
  ]
  const ids = [1, 2, 3, 1]
  const events = ids.map((EventID, i) => [i, { EventID }] as const)
  expect(reportsOf(documents, events)).toEqual(['', 'c', '', ''])
  const { problems } = new CorrelationTrial([
    ...documents.slice(0, 3),
    correlation('c', { type: 'temporal', rules: ['a', 'b'], condition: 'a' }),
  ])
  expect(problems[0]).toContain('does not mention "b"')
})

test('an extended condition in order wants its parts one after the other', () => {
  const documents = [
    rule('a', 1),
    rule('b', 2),
    rule('d', 3),
    correlation('c', { type: 'temporal_ordered', condition: 'a and (b or d)' }),
  ]
  const ids = [2, 1, 3]
  const events = ids.map((EventID, i) => [i, { EventID }] as const)
  expect(reportsOf(documents, events)).toEqual(['', '', 'c'])
})

test('in order: a newer first element keeps the chain alive, equal times are in order, the last one fires', () => {
  const documents = [
    rule('a', 1),
    rule('b', 2),
    correlation('c', { type: 'temporal_ordered', rules: ['a', 'b'] }),
  ]
  const events = (
    [
      [0, 1],
      [50, 1],
      [100, 2],
      [101, 1],
      [400, 2],
      [400, 1],
    ] as const
  ).map(([time, EventID]) => [time, { EventID }] as const)
  expect(reportsOf(documents, events)).toEqual(['', '', 'c', '', '', 'c'])
})

test('several fields are counted together; a percentile is by nearest rank; a share is that of the event’s value', () => {
  const one = (type: string, condition: object) => [
    rule('a', 1),
    correlation('c', { type, rules: ['a'], condition }),
  ]
  const events = (each: readonly Record<string, unknown>[]) =>
    each.map((fields, i) => [i, { EventID: 1, ...fields }] as const)
  const pairs = [{ A: 1, B: 1 }, { A: 1, B: 2 }, { A: 1 }, { A: 1, B: 2 }, { A: 2, B: 2 }]
  const distinct = one('value_count', { field: ['A', 'B'], gte: 3 })
  expect(reportsOf(distinct, events(pairs))).toEqual(['', '', '', '', 'c'])
  const times = [10, 20, 30, 1_000].map((ms) => ({ ms }))
  const rank = one('value_percentile', { field: 'ms', percentile: 75, gte: 30 })
  expect(reportsOf(rank, events(times))).toEqual(['', '', 'c', 'c'])
  const images = ['a', 'a', 'a', 'b'].map((image) => ({ image }))
  const rare = one('value_percentile', { field: 'image', lte: 25 })
  expect(reportsOf(rare, events(images))).toEqual(['', '', '', 'c'])
})

test('an outer correlation groups by its own fields, through the aliases of the inner one', () => {
  const documents = [
    rule('a', 1),
    rule('b', 2),
    correlation('inner', {
      type: 'event_count',
      rules: ['a'],
      'group-by': ['Host'],
      aliases: { who: { a: 'source.user' } },
      condition: { gte: 2 },
    }),
    correlation('outer', {
      type: 'temporal_ordered',
      rules: ['inner', 'b'],
      'group-by': ['who'],
      aliases: { who: { b: 'User' } },
    }),
  ]
  const a = (Host: string, user: string) => ({ EventID: 1, Host, source: { user } })
  const events = [
    [0, a('h', 'x')],
    [1, a('h', 'y')],
    [2, { EventID: 2, User: 'x' }],
    [3, { EventID: 2, User: 'y' }],
  ] as const
  expect(reportsOf(documents, events)).toEqual(['', 'inner', '', 'outer'])
})
