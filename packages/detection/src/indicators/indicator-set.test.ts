import type { Event, Observable } from '@haidang/contracts/event'
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
http://kit.example/Phish/*
http://gate.example/in.php?*
bücher.example
mallory[@]mail[.]example
::ffff:192.0.2.128/121
192.0.2.77/28
t13d1516h2_8daaf6152771_b186095e22b6
${'ab'.repeat(64)}
http://ghost.example/t%c3%a9l%C3%A9/%7euser/../x
`
const csv = `value,confidence,source,comment,valid_until
203.0.113.7,10,nguồn hai,nhắc lại,
"bad.example",90,"CERT, VN","đã ""xác minh""",2026-01-05T02:00:00Z
old.example,90,CERT,,2026-01-04
x.example,90,CERT,,hôm qua
`

function setOf(...texts: string[]): IndicatorSet {
  const documents = texts.map((text, i) => ({ path: `tep-${i + 1}.csv`, text }))
  return new IndicatorSet(buildIndicatorTables(documents, 'v1', 7))
}

function foundIn(set: IndicatorSet, parts: Partial<Event>) {
  return new Detector(compileRules([]), set).examine({ event: sampleEvent(parts), record: {} })
}

function foundOf(set: IndicatorSet, type: Observable['type'], value: string, time?: string) {
  const observables = [{ type, value, name: 'x' }]
  return foundIn(set, { observables, ...(time === undefined ? {} : { time }) })
}

const known = setOf(list)

test.each<[Observable['type'], string, string | undefined]>([
  ['ip', '203.0.113.7', '203.0.113.7'],
  ['ip', '::ffff:203.0.113.7', '203.0.113.7'],
  ['ip', '::FFFF:CB00:7107', '203.0.113.7'],
  ['ip', '203.0.113.8', undefined],
  ['ip', '198.51.100.200', '198.51.100.0/24'],
  ['ip', '198.51.101.1', undefined],
  ['ip', '192.0.2.200', '::ffff:192.0.2.128/121'],
  ['ip', '192.0.2.127', undefined],
  ['ip', '192.0.2.64', '192.0.2.77/28'],
  ['ip', '192.0.2.79', '192.0.2.77/28'],
  ['ip', '192.0.2.80', undefined],
  ['ip', '2001:db8:bad:1::9', '2001:db8:bad::/48'],
  ['ip', '2001:db8:bae::9', undefined],
  ['ip', 'không phải', undefined],
  ['domain', 'evil.example', 'evil[.]example'],
  ['domain', 'A.B.Evil.Example.', 'evil[.]example'],
  ['domain', 'notevil.example', undefined],
  ['domain', 'example', undefined],
  ['domain', `${'a.'.repeat(200)}evil.example`, undefined],
  ['hostname', 'x.dark.example', '*.dark.example'],
  ['domain', 'www.BÜCHER.example', 'bücher.example'],
  ['domain', 'xn--bcher-kva.example', 'bücher.example'],
  ['domain', 'bu\u0308cher.example', 'bücher.example'],
  ['domain', 'b\ud800cher.example', undefined],
  ['url', 'HTTP://Files.Example/a/b?c=d#e', 'hxxp://files.example:80/a/b?c=d'],
  ['url', 'http://ai:mk@files.example./a/./x/../b?c=d', 'hxxp://files.example:80/a/b?c=d'],
  ['url', 'http://files.example/a', undefined],
  ['url', 'http://files.example/A/b?c=d', undefined],
  ['url', 'https://files.example:80/a/b?c=d', undefined],
  ['url', 'http://kit.example/Phish/vn/login.html?x=1', 'http://kit.example/Phish/*'],
  ['url', 'http://kit.example/Phish', undefined],
  ['url', 'http://kit.example/Phishing/', undefined],
  ['url', 'http://gate.example/in.php?id=7/8', 'http://gate.example/in.php?*'],
  ['url', 'http://gate.example/in.php', undefined],
  ['url', 'http://ghost.example/télé/x', 'http://ghost.example/t%c3%a9l%C3%A9/%7euser/../x'],
  ['url', 'https://sub.evil.example:8443/x', 'evil[.]example'],
  ['url', 'https://bạn@www.bücher.example:8443/x', 'bücher.example'],
  ['url', 'http://[2001:db8:bad::1]:80/x', '2001:db8:bad::/48'],
  ['url', 'http://203.0.113.7', '203.0.113.7'],
  ['url', 'không phải', undefined],
  ['url', '://evil.example', 'evil[.]example'],
  ['email', 'Mallory@Mail.Example', 'mallory[@]mail[.]example'],
  ['email', 'alice@mail.example', undefined],
  ['email', 'ai-do@thu.evil.example', 'evil[.]example'],
  ['md5', 'D41D8CD98F00B204E9800998ECF8427E', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['md5', 'd41d8cd98f00b204e9800998ecf8427f', undefined],
  ['sha1', 'd41d8cd98f00b204e9800998ecf8427e', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['user', 'evil.example', undefined],
])('%s %s is known as %s', (type, value, expected) => {
  const [finding] = foundOf(known, type, value)
  expect(finding?.matches[0]?.pattern).toBe(expected)
})

test('fingerprints that are no observables are looked up too', () => {
  const hashes = [
    { algorithm: 'MD5' as const, value: 'd41d8cd98f00b204e9800998ecf8427e' },
    { algorithm: 'SHA-512' as const, value: 'AB'.repeat(64) },
    { algorithm: 'JA4' as const, value: 't13d1516h2_8daaf6152771_b186095e22b6' },
  ]
  const file = { hashes }
  expect(foundIn(known, { file }).map(({ matches }) => matches[0]?.field)).toEqual([
    'file.hashes',
    'file.hashes',
  ])
  const tls = { ja3: 'D41D8CD98F00B204E9800998ECF8427E' }
  expect(foundIn(known, { tls })[0]?.rule.id).toBe(
    'indicator:hash:d41d8cd98f00b204e9800998ecf8427e',
  )
})

test('the surest source gives the severity; every source is told', () => {
  const set = setOf(list, csv)
  const [address] = foundOf(set, 'ip', '203.0.113.7')
  expect(address).toMatchObject({
    severity: 'medium',
    rule: { id: 'indicator:address:203.0.113.7' },
  })
  expect(address?.matches.map(({ selection }) => selection)).toEqual(['tep-1.csv', 'nguồn hai'])
  const [finding] = foundOf(set, 'domain', 'www.bad.example', '2026-01-05T01:59:59Z')
  expect(finding).toMatchObject({
    detector: 'indicator',
    severity: 'high',
    rule: { id: 'indicator:domain:bad.example' },
  })
  expect(finding?.rule.description).toContain('CERT, VN')
  expect(finding?.rule.description).toContain('đã "xác minh"')
})

test('an indicator is named in one form however its list writes it', () => {
  const texts = [
    '198.51.100.9/24',
    '2001:DB8:BAD:0:0::/48',
    'EVIL[.]Example.',
    'http://K.example/a/*',
  ]
  const values: [Observable['type'], string][] = [
    ['ip', '198.51.100.1'],
    ['ip', '2001:db8:bad::1'],
    ['domain', 'evil.example'],
    ['url', 'http://k.example/a/b'],
  ]
  const set = setOf(texts.join('\n'))
  expect(values.map(([type, value]) => foundOf(set, type, value)[0]?.rule.id)).toEqual([
    'indicator:address:198.51.100.0/24',
    'indicator:address:2001:db8:bad::/48',
    'indicator:domain:evil.example',
    'indicator:url:http://k.example/a/*',
  ])
})

test('an indicator counts until the time it is valid to, by the time of the event', () => {
  const set = setOf(csv)
  const at = (value: string, time: string) => foundOf(set, 'domain', value, time).length
  expect(at('bad.example', '2026-01-05T08:59:59.999+07:00')).toBe(1)
  expect(at('bad.example', '2026-01-05T02:00:00.000Z')).toBe(0)
  expect(at('old.example', '2026-01-04T23:59:59.000Z')).toBe(1)
  expect(at('old.example', '2026-01-05T00:00:00.000Z')).toBe(0)
  expect(at('x.example', '2026-01-01T00:00:00.000Z')).toBe(0)
})

test('a range of IPv6 holds no IPv4 address, however wide it is', () => {
  const set = setOf('::/16')
  expect(foundOf(set, 'ip', '0:1::5')).toHaveLength(1)
  expect(foundOf(set, 'ip', '203.0.113.7')).toHaveLength(0)
})

test('a line that is no indicator is reported with its place', () => {
  const path = 'ds.txt'
  const tables = buildIndicatorTables([{ path, text: list }], 'v1')
  expect(tables.count).toBe(16)
  const cause = 'no address, range, domain, URL, hash or e-mail address'
  expect(tables.problems).toEqual([`ds.txt:9: ${cause}`])
  const wide = ['0.0.0.0/0', '10.0.0.0/7', '::/0', 'http://k.example/a*', 'x'.repeat(9_000)].join(
    '\n',
  )
  expect(buildIndicatorTables([{ path, text: wide }], 'v1').problems).toEqual([
    `ds.txt:1: ${cause}`,
    `ds.txt:2: ${cause}`,
    `ds.txt:3: ${cause}`,
    `ds.txt:4: ${cause}`,
    'ds.txt:5: the line is too long',
  ])
  expect(buildIndicatorTables([{ path, text: csv }], 'v1').problems).toEqual([
    'ds.txt:5: valid_until is no time of RFC 3339',
  ])
})

test('one event gives at most 16 findings, and each indicator once', () => {
  const many = Array.from({ length: 40 }, (_, i) => `192.0.2.${i}`)
  const observables = [...many, ...many].map((value) => ({ type: 'ip' as const, value, name: 'x' }))
  const findings = foundIn(setOf(many.join('\n')), { observables })
  expect(findings).toHaveLength(16)
  expect(new Set(findings.map(({ rule }) => rule.id)).size).toBe(16)
})

test('of one indicator 16 sources are kept, each once, however many speak of it', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `evil.example,nguồn ${i % 30}`)
  const [finding] = foundOf(setOf(['value,source', ...lines].join('\n')), 'domain', 'evil.example')
  expect(finding?.matches).toHaveLength(16)
  expect(new Set(finding?.matches.map(({ selection }) => selection)).size).toBe(16)
})

test('equal fingerprints of different values are no match', () => {
  const tables = buildIndicatorTables([{ path: 'x', text: 'a.example\nb.example' }], 'v1')
  const table = tables.layers[0]?.table
  if (table === undefined) throw new Error('no table')
  const [one = 0, two = 0] = [...table.lo.keys()].filter((place) => table.lo[place] !== 0)
  // As if the first name had the fingerprint of the second.
  table.at[one] = table.at[two] ?? 0
  const set = new IndicatorSet(tables)
  const names = ['a.example', 'b.example'].filter((name) => foundOf(set, 'domain', name).length > 0)
  expect(names).toHaveLength(1)
})
