import type { Observable } from '@haidang/contracts/event'
import { expect, test } from 'vitest'
import { Detector } from '../detector.ts'
import { sampleEvent } from '../sample-event.ts'
import { compileRules } from '../sigma/rule-set.ts'
import { IndicatorSet } from './indicator-set.ts'
import { buildIndicatorTables } from './indicator-tables.ts'

const list = `# danh sách thử
203.0.113.7
198.51.100.0/24
2001:db8:bad::/48
evil[.]example
*.dark.example
hxxp://files.example:80/a/b?c=d
d41d8cd98f00b204e9800998ecf8427e
không phải chỉ báo
`
const csv = `value,confidence,source,comment
203.0.113.7,10,nguồn hai,nhắc lại
"bad.example",90,"CERT, VN","đã ""xác minh"""
`

function setOf(...texts: string[]): IndicatorSet {
  const documents = texts.map((text, i) => ({ path: `tep-${i + 1}.csv`, text }))
  return new IndicatorSet(buildIndicatorTables(documents, 'v1'))
}

function foundIn(set: IndicatorSet, type: Observable['type'], value: string) {
  const observables = [{ type, value, name: 'x' }]
  return new Detector(compileRules([]), set).examine({
    event: sampleEvent({ observables }),
    record: {},
  })
}

test.each<[Observable['type'], string, string | undefined]>([
  ['ip', '203.0.113.7', '203.0.113.7'],
  ['ip', '::ffff:203.0.113.7', '203.0.113.7'],
  ['ip', '198.51.100.200', '198.51.100.0/24'],
  ['ip', '198.51.101.1', undefined],
  ['ip', '2001:db8:bad:1::9', '2001:db8:bad::/48'],
  ['ip', '2001:db8:bae::9', undefined],
  ['ip', 'không phải', undefined],
  ['domain', 'evil.example', 'evil[.]example'],
  ['domain', 'A.B.Evil.Example.', 'evil[.]example'],
  ['domain', 'notevil.example', undefined],
  ['hostname', 'x.dark.example', '*.dark.example'],
  ['url', 'HTTP://Files.Example/a/b?c=d#e', 'hxxp://files.example:80/a/b?c=d'],
  ['url', 'http://files.example/a', undefined],
  ['url', 'https://sub.evil.example:8443/x', 'evil[.]example'],
  ['url', 'http://[2001:db8:bad::1]/x', '2001:db8:bad::/48'],
  ['md5', 'D41D8CD98F00B204E9800998ECF8427E', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['user', 'evil.example', undefined],
])('%s %s is known as %s', (type, value, expected) => {
  const [finding] = foundIn(setOf(list), type, value)
  expect(finding?.matches[0]?.pattern).toBe(expected)
})

test('confidence gives the severity, source and comment explain, the first of repeated ones stands', () => {
  const set = setOf(list, csv)
  expect(foundIn(set, 'ip', '203.0.113.7')[0]).toMatchObject({ severity: 'medium' })
  const [finding] = foundIn(set, 'domain', 'www.bad.example')
  expect(finding).toMatchObject({
    detector: 'indicator',
    severity: 'high',
    rule: { id: 'indicator:domain:bad.example' },
  })
  expect(finding?.rule.description).toContain('CERT, VN')
  expect(finding?.rule.description).toContain('đã "xác minh"')
})

test('a line that is no indicator is reported with its place', () => {
  const tables = buildIndicatorTables([{ path: 'ds.txt', text: list }], 'v1')
  expect(tables.count).toBe(7)
  expect(tables.problems).toEqual(['ds.txt:9: no address, range, domain, URL or hash'])
})

test('one event gives at most 16 findings, and each indicator once', () => {
  const many = Array.from({ length: 40 }, (_, i) => `192.0.2.${i}`)
  const set = setOf(many.join('\n'))
  const observables = [...many, ...many].map((value) => ({ type: 'ip' as const, value, name: 'x' }))
  const findings = new Detector(compileRules([]), set).examine({
    event: sampleEvent({ observables }),
    record: {},
  })
  expect(findings).toHaveLength(16)
  expect(new Set(findings.map(({ rule }) => rule.id)).size).toBe(16)
})

test('200,000 indicators are found, and their tables stay compact', () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `host-${i}.example`)
  const tables = buildIndicatorTables([{ path: 'x', text: lines.join('\n') }], 'v1')
  const set = new IndicatorSet(tables)
  expect(set.find('domain', 'host-199999.example')).toBe(199_999)
  expect(set.find('domain', 'host-200000.example')).toBe(-1)
  const { texts, ends, kinds, confidences, sourceOf, table } = tables
  const bytes = [texts, ends, kinds, confidences, sourceOf, table].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  )
  expect(bytes / tables.count).toBeLessThan(80)
})
