import { expect, test } from 'vitest'
import { CorrelationTrial } from '../correlation/correlation-trial.ts'

const rule = (name: string, logsource: Record<string, string>, field = 'User') => ({
  title: name,
  name,
  logsource,
  detection: { selection: { [field]: '*' }, condition: 'selection' },
})
const filter = (
  rules: unknown,
  condition: string,
  logsource: Record<string, string> = { product: 'windows' },
) => ({
  title: 'Filter',
  id: 'filter',
  logsource,
  filter: { rules, selection: { User: 'admin' }, condition },
})
const windows = rule('windows', { product: 'windows', category: 'process_creation' })
const linux = rule('linux', { product: 'linux' })

function firedFor(documents: readonly Record<string, unknown>[], record: Record<string, unknown>) {
  return new CorrelationTrial(documents).observe(0, record).map(({ name }) => name)
}

function noteOf(documents: readonly Record<string, unknown>[]): string | null | undefined {
  return new CorrelationTrial(documents).rules.entries.find(({ id }) => id === 'filter')?.note
}

test('a filter for any or all rules concerns those of its log source', () => {
  for (const rules of ['any', 'all']) {
    const documents = [windows, linux, filter(rules, 'not selection')]
    expect(firedFor(documents, { User: 'admin' })).toEqual(['linux'])
    expect(firedFor(documents, { User: 'eve' })).toEqual(['windows', 'linux'])
    expect(noteOf(documents)).toBe(
      'filters 1 rules; its condition must hold besides that of the rule',
    )
  }
})

test('a condition without "not" describes what is harmless, and the load report says so', () => {
  const documents = [windows, filter(['windows'], 'selection')]
  expect(firedFor(documents, { User: 'admin' })).toEqual([])
  expect(firedFor(documents, { User: 'eve' })).toEqual(['windows'])
  expect(noteOf(documents)).toContain('taken as harmless')
})

test('search identifiers of a filter and of the rule do not mix, whatever their names', () => {
  const documents = [
    rule('r', { product: 'windows' }, 'Image'),
    filter(['r'], 'not selection'),
    { ...filter(['r'], 'not selection'), id: 'second' },
  ]
  expect(firedFor(documents, { Image: 'x', User: 'eve' })).toEqual(['r'])
  expect(firedFor(documents, { Image: 'x', User: 'admin' })).toEqual([])
})

test('a filter is for rules of its log source or a narrower one; what it leaves out is said', () => {
  const documents = [windows, linux, filter(['windows', 'linux', 'gone'], 'not selection')]
  expect(firedFor(documents, { User: 'admin' })).toEqual(['linux'])
  expect(noteOf(documents)).toContain('no rule "gone"; "linux" has another product')
  const narrow = { product: 'windows', category: 'process_creation', service: 'sysmon' }
  expect(firedFor([windows, filter('any', 'not selection', narrow)], { User: 'admin' })).toEqual([
    'windows',
  ])
})

test('a filter that names no rule there is, or a correlation, is refused and changes nothing', () => {
  const correlation = {
    title: 'c',
    name: 'c',
    correlation: { type: 'temporal', rules: ['windows'], timespan: '1m', generate: true },
  }
  const refused = (rules: unknown, condition = 'not selection') => {
    const documents = [windows, correlation, filter(rules, condition)]
    expect(firedFor(documents, { User: 'admin' })).toEqual(['windows', 'c'])
    return new CorrelationTrial(documents).problems.join()
  }
  expect(refused(['gone'])).toContain('unknown rule reference "gone"')
  expect(refused(['c'])).toContain('filters are for detection rules')
  expect(refused([])).toContain('a filter names rules')
  expect(refused(undefined)).toContain('a filter names rules')
  expect(refused(['windows'], 'not other')).toContain('unknown search identifier "other"')
})

test('a filter silences its rule for correlations, too, and a changed filter is a changed correlation', () => {
  const correlation = {
    title: 'c',
    name: 'c',
    correlation: { type: 'temporal', rules: ['windows'], timespan: '1m' },
  }
  const plain = new CorrelationTrial([windows, correlation])
  const filtered = new CorrelationTrial([windows, correlation, filter('any', 'not selection')])
  expect(plain.observe(0, { User: 'admin' })).toEqual([{ name: 'c', group: [] }])
  expect(filtered.observe(0, { User: 'admin' })).toEqual([])
  const identities = [plain, filtered].map(
    ({ rules }) => rules.correlations.correlations[0]?.identity,
  )
  expect(identities[0]).not.toBe(identities[1])
})

test('what is no longer Sigma, and what is two things at once, is refused', () => {
  const old = { ...windows, action: 'global' }
  const both = { ...windows, filter: {} }
  const { problems } = new CorrelationTrial([old, both])
  expect(problems[0]).toContain('action is no longer Sigma')
  expect(problems[1]).toContain('either a detection or a filter')
})
