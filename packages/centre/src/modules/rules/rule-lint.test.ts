import { expect, test } from 'vitest'
import { lintDocument, lintDocuments } from './rule-lint.ts'

const id = '6f1f3c1e-0d0e-4d57-8a53-a2a8e3f4c001'
const otherId = '6f1f3c1e-0d0e-4d57-8a53-a2a8e3f4c002'
const alone = async () => []

function ruleText(change: Record<string, string | undefined> = {}): string {
  const parts: Record<string, string | undefined> = {
    title: 'Luật',
    id,
    description: 'Mô tả',
    author: 'Thử',
    level: 'high',
    tags: '[attack.t1110]',
    falsepositives: '[không]',
    logsource: '{ product: test }',
    detection: '{ selection: { field: value }, condition: selection }',
    ...change,
  }
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
}

function correlationText(of: string): string {
  return [
    'title: Nhiều lần',
    `id: ${otherId}`,
    'description: Mô tả',
    'author: Thử',
    'level: high',
    'tags: [attack.t1110]',
    'falsepositives: [không]',
    'correlation:',
    '  type: event_count',
    `  rules: [${of}]`,
    '  group-by: [user]',
    '  timespan: 5m',
    '  condition: { gte: 3 }',
    '',
  ].join('\n')
}

test('a whole rule has nothing to be said against it', () => {
  expect(lintDocument({ path: 'a.yml', text: ruleText() })).toMatchObject([
    { usable: true, problems: [], entry: { id, title: 'Luật', severity: 'high' } },
  ])
})

test.each([
  ['no id', ruleText({ id: undefined }), /needs an id/],
  [
    'an unknown modifier',
    ruleText({ detection: '{ s: { a|nichts: 1 }, condition: s }' }),
    /nichts/,
  ],
  ['no condition', ruleText({ detection: '{ s: { a: 1 } }' }), /condition/],
  ['broken YAML', 'title: [', /./],
  ['a NUL', ruleText({ description: '"a\u0000b"' }), /./],
  ['nothing', '', /./],
])('%s keeps a rule out of the library', (_, text, cause) => {
  const [only] = lintDocument({ path: 'a.yml', text })
  expect(only?.usable).toBe(false)
  expect(
    only?.problems.filter(({ level }) => level === 'error').map((one) => one.cause),
  ).toContainEqual(expect.stringMatching(cause))
})

test('what is missing without harm is a warning', () => {
  const [only] = lintDocument({ path: 'a.yml', text: ruleText({ author: undefined, id: 'abc' }) })
  expect(only?.usable).toBe(true)
  expect(only?.problems.map(({ cause }) => cause)).toEqual([
    'the id is not a UUID',
    'it has no author',
  ])
})

test('each document of a file is a rule, and places are those of the file', () => {
  const broken = ruleText({ id: otherId, detection: '{ s: { a|nichts: 1 }, condition: s }' })
  const linted = lintDocument({ path: 'a.yml', text: `${ruleText()}---\n${broken}` })
  expect(linted.map(({ usable }) => usable)).toEqual([true, false])
  expect(linted[1]?.problems[0]?.line).toBe(19)
})

test('a correlation is judged with the rules beside it or in the library', async () => {
  const correlation = { path: 'b.yml', text: correlationText(id) }
  const rule = { path: 'a.yml', text: ruleText() }
  const usable = async (...given: Parameters<typeof lintDocuments>) =>
    (await lintDocuments(...given)).map((one) => one.usable)
  expect(await usable([correlation], alone)).toEqual([false])
  expect(await usable([correlation, rule], alone)).toEqual([true, true])
  const asked: string[] = []
  const library = async (ids: readonly string[]) => {
    asked.push(...ids)
    return [ruleText()]
  }
  expect(await usable([correlation], library)).toEqual([true])
  expect(asked).toContain(id)
})
