import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCef } from './cef.ts'
import { looksLikeCheckPoint, parseCheckPoint } from './check-point.ts'
import { ciscoKind, parseCisco } from './cisco.ts'
import { readCsv } from './csv.ts'
import { readExtension, withLabels } from './extension.ts'
import { looksLikeFilterlog, parseFilterlog } from './filterlog.ts'
import { readKeyValues } from './key-values.ts'
import { parseLeef } from './leef.ts'
import { looksLikeModSecurity, parseModSecurity } from './modsecurity.ts'
import { parsePanOs } from './pan-os.ts'
import { looksLikeSquid, parseSquid } from './squid.ts'
import { withoutHeader } from './syslog-header.ts'
import { readWrittenTime } from './written-time.ts'

const around = { zone: 'Asia/Ho_Chi_Minh', receivedAt: 1_795_316_292_000 }
const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  cef: parseCef,
  checkPoint: (text) => looksLikeCheckPoint(text) || parseCheckPoint(text),
  cisco: (text) => ciscoKind(text, undefined) ?? parseCisco(withoutHeader(text), around),
  csv: readCsv,
  panOs: parsePanOs,
  extension: readExtension,
  labels: (text) => withLabels(readExtension(text)),
  keyValues: readKeyValues,
  filterlog: (text) => looksLikeFilterlog(text) && parseFilterlog(text),
  leef: parseLeef,
  modSecurity: (text) => looksLikeModSecurity(text) || parseModSecurity(text),
  squid: (text) => looksLikeSquid(text) || parseSquid(text),
  time: (text) => readWrittenTime(text, 'Asia/Ho_Chi_Minh'),
}
const heads = {
  panOs: '1,2026/11/22 09:58:12,0,TRAFFIC,end,1,',
  filterlog: '5,,,1,igb0,match,block,in,4,',
  modSecurity: 'ModSecurity: Warning. [id "',
  squid: '1795316292.123 456 192.0.2.10 TCP_MISS/200 1 GET ',
}
const pieces = fc.oneof(
  fc.constantFrom(...'=|\\",;:[]^ \t\n\u0000'),
  fc.constantFrom(...Object.values(heads)),
  fc.constantFrom('a=', ' b="', '\\"', '\\=', '#011', 'x09|', 'cs1Label=', ' cs1=', '__proto__='),
  fc.constantFrom(
    'CEF:0|',
    'LEEF:1.0|',
    'LEEF:2.0|',
    '[a:"',
    '"; ',
    '%ASA-6-302013: ',
    '1,2026/11/22 09:58:12,0,TRAFFIC,',
    'Nov 22 2026 ',
    '09:58:12',
    'đăng nhập',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)
const texts = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''))

test.each(Object.entries(parsers))('no text makes %s throw', (_name, parse) => {
  fc.assert(
    fc.property(texts, (text) => {
      parse(text)
    }),
    { numRuns: 1000 },
  )
})

test.each(Object.entries(parsers))('a long hostile line costs %s linear time', (_name, parse) => {
  const start = performance.now()
  const units = ['a=', '=', ' ', '"', '\\"', '\\', ',', '|', ' a="', '\\" ', 'a="\\" ', '[a] ', '^']
  for (const unit of units) {
    const body = unit.repeat(100_000 / unit.length)
    for (const head of [
      '',
      'CEF:0|',
      'CEF:0|a|b|c|d|e|5|',
      'LEEF:2.0|a|b|c|d|^|',
      '[',
      ...Object.values(heads),
    ])
      parse(head + body)
  }
  expect(performance.now() - start).toBeLessThan(4000)
})

test('names of prototypes are fields like others', () => {
  const { values } = readKeyValues('__proto__=1 constructor=2 a=3')
  expect(Object.entries(values)).toEqual([
    ['__proto__', '1'],
    ['constructor', '2'],
    ['a', '3'],
  ])
  expect(Object.keys(readExtension('__proto__=x y a=b'))).toEqual(['__proto__', 'a'])
})

test('pairs keep spaces, quotes and backslashes of their values', () => {
  const text = 'a=1 b="hai ba" c="nói \\"xong\\"" d="C:\\tmp\\" e= f="mở'
  expect(readKeyValues(text).values).toEqual({
    a: '1',
    b: 'hai ba',
    c: 'nói "xong"',
    d: 'C:\\tmp\\',
    e: '',
    f: 'mở',
  })
  expect(readKeyValues('[UFW BLOCK] IN=eth0 SYN').words).toEqual(['[UFW', 'BLOCK]', 'SYN'])
})

test('values of a list keep commas and quotes', () => {
  expect(readCsv('a,"b, c","d ""e""",,f')).toEqual(['a', 'b, c', 'd "e"', '', 'f'])
})

test.each([
  ['1795316292', '2026-11-22T02:58:12.000Z'],
  ['1795316292123', '2026-11-22T02:58:12.123Z'],
  ['1795316292.5', '2026-11-22T02:58:12.500Z'],
  ['2026-11-22 09:58:12', '2026-11-22T02:58:12.000Z'],
  ['2026/11/22 09:58:12', '2026-11-22T02:58:12.000Z'],
  ['Nov 22 2026 09:58:12.123', '2026-11-22T02:58:12.123Z'],
  ['Nov 22 2026 02:58:12 UTC', '2026-11-22T02:58:12.000Z'],
  ['Sun Nov 22 09:58:12.123456 2026', '2026-11-22T02:58:12.123Z'],
  ['22/Nov/2026:03:58:12 +0100', '2026-11-22T02:58:12.000Z'],
])('the time %s is %s', (written, instant) => {
  const time = readWrittenTime(written, 'Asia/Ho_Chi_Minh')
  expect(new Date(time?.at ?? 0).toISOString()).toBe(instant)
})
