import { expect, test } from 'vitest'
import { compileRules } from './rule-set.ts'

const good = `title: Tốt
id: 11111111-0000-4000-8000-000000000001
logsource:
  product: test
detection:
  selection:
    User: root
  condition: selection
`

function problemsOf(text: string): (string | null)[] {
  return compileRules([{ path: 'thu/luat.yml', text }]).entries.map(({ problem }) => problem)
}

test('a broken rule names file, line, column and cause, and leaves the others in force', () => {
  const broken = good.replace('condition: selection', 'condition: selection and selektion')
  const { rules, entries } = compileRules([
    { path: 'a.yml', text: broken.replace('0001', '0002') },
    { path: 'b.yml', text: good },
  ])
  expect(rules.map(({ facts }) => facts.title)).toEqual(['Tốt'])
  expect(entries.map(({ state }) => state)).toEqual(['error', 'active'])
  expect(entries[0]?.problem).toBe('a.yml:8:28: unknown search identifier "selektion"')
})

test.each([
  ['an unknown modifier', 'User: root', 'User|enthält: root', '7:5: unknown modifier "enthält"'],
  ['a range that is none', 'User: root', 'User|cidr: 10.0.0.0/99', '7:16: "10.0.0.0/99" is no'],
  ['an expression no engine reads', 'User: root', "User|re: '('", '7:14: regular expression'],
  ['look-ahead', 'User: root', "User|re: 'a(?=b)'", '7:14: regular expression'],
  ['an empty list', 'User: root', 'User: []', '7:11: the list is empty'],
  ['a level that is none', 'detection:', 'level: hoch\ndetection:', '5:8: level is one of'],
  ['a missing title', 'title: Tốt', 'status: test', '1:1: a rule needs a title'],
  ['an aggregation', 'n: selection', 'n: selection | count() > 3', '8:24: aggregation'],
  ['a duplicated key', 'User: root', 'User: root\n    User: x', '8:5: Map keys must be unique'],
  ['modifiers that exclude each other', 'User: root', 'User|re|base64: x', '"base64" is not'],
  ['an unclosed parenthesis', 'n: selection', 'n: (selection', '")" is missing'],
  ['a pattern nothing matches', 'n: selection', 'n: 1 of filter_*', 'no search identifier matches'],
])('%s is refused where it stands', (_, from, to, expected) => {
  const [problem] = problemsOf(good.replace(from, to))
  expect(problem).toContain('thu/luat.yml:')
  expect(problem).toContain(expected)
})

test('each document of a file stands for itself', () => {
  const second = good.replace('0001', '0003').replace('Tốt', 'Hai')
  const { entries } = compileRules([
    { path: 'x.yml', text: `${good}---\ntitle: [\n---\n${second}` },
  ])
  expect(entries.filter(({ state }) => state === 'active').map(({ title }) => title)).toContain(
    'Tốt',
  )
  expect(entries.some(({ state }) => state === 'error')).toBe(true)
})

test('a second rule with the same id is refused and says where the first stands', () => {
  const { entries } = compileRules([
    { path: 'a.yml', text: good },
    { path: 'b.yml', text: good },
  ])
  expect(entries[1]?.problem).toBe('b.yml:2:1: the id already stands in a.yml:1:1')
})

test('hostile YAML is refused within bounds: alias bombs, depth, size', () => {
  const levels = Array.from(
    { length: 20 },
    (_, i) => `b${i + 1}: &b${i + 1} [${'*b'.concat(String(i), ',').repeat(9)}]`,
  )
  const bomb = `title: x\nb0: &b0 [1]\n${levels.join('\n')}\n`
  expect(problemsOf(bomb)[0]).toMatch(/more than|nested deeper/)
  expect(problemsOf(`title: ${'['.repeat(60)}${']'.repeat(60)}`)[0]).toContain('nested deeper')
  expect(problemsOf('x'.repeat(1_100_000))[0]).toContain('1 MiB')
})

test('the version follows the texts, not the order in which they are given', () => {
  const other = { path: 'b.yml', text: good.replace('0001', '0002') }
  const first = { path: 'a.yml', text: good }
  expect(compileRules([first, other]).version).toBe(compileRules([other, first]).version)
  expect(compileRules([first]).version).not.toBe(compileRules([first, other]).version)
})
