import { expect, test } from 'vitest'
import { lookalikeOf } from './lookalike.ts'
import { readRange, readSubject } from './subject.ts'

test.each([
  ['203.0.113.0/33', 'no-network'],
  ['203.0.113.256', 'no-network'],
  ['0.0.0.0/0', 'too-wide'],
  ['::/0', 'too-wide'],
  ['vn', 'top-level'],
  ['exa mple.vn', 'no-range'],
  ['-.vn', 'no-range'],
  ['=HYPERLINK("x").vn', 'no-range'],
  ['javascript://x.vn/', 'no-url'],
  ['x'.repeat(2_049), 'too-long'],
])('%s is refused with its cause', (text, fault) => {
  expect(readRange(text)).toEqual({ fault })
})

test('a network with bits beyond its length is refused with the one that was meant', () => {
  expect(readRange('203.0.113.5/24')).toEqual({ fault: 'host-bits', meant: '203.0.113.0/24' })
})

test.each([
  ['*.Example.VN.', 'domain', 'example.vn'],
  ['2001:DB8:0::/48', 'network', '2001:db8::/48'],
  ['203.0.113.7', 'network', '203.0.113.7'],
  ['AS64500', 'asn', 'AS64500'],
  ['HTTPS://Cong.Example.vn:443/%7Ea/./b', 'url', 'http://cong.example.vn/~a/b/'],
])('%s is kept in one form', (text, kind, canonical) => {
  expect(readRange(text)).toEqual({ kind, text: canonical })
})

test('a name with letters of another script is left as it is, and what it looks like is said', () => {
  const subject = readSubject('ехаmple.vn')
  expect(subject?.text).toMatch(/^xn--/)
  expect(lookalikeOf(subject?.text ?? '')).toBe('example.vn')
})

test('Vietnamese letters look like nothing else', () => {
  const alphabet = 'aàáảãạăằắẳẵặâầấẩẫậđeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ'
  for (const letter of alphabet) {
    const read = readSubject(`x${letter}.vn`)
    expect(read?.kind, letter).toBe('domain')
    expect(lookalikeOf(read?.text ?? ''), letter).toBeUndefined()
  }
})
