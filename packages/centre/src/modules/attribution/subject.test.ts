import { expect, test } from 'vitest'
import { lookalikeOf } from './lookalike.ts'
import { readRange, readSubject } from './subject.ts'

test.each([
  ['203.0.113.5/24', 'the address has bits beyond the length of the network', '203.0.113.0/24'],
  ['203.0.113.0/33', 'not a network', 'as 203.0.113.0/24 or 2001:db8::/32'],
  ['203.0.113.256', 'not a network', 'as 203.0.113.0/24 or 2001:db8::/32'],
  ['0.0.0.0/0', 'wider than anybody owns', 'at least /8 of IPv4, /16 of IPv6'],
  ['::/0', 'wider than anybody owns', 'at least /8 of IPv4, /16 of IPv6'],
  ['vn', 'a top-level domain belongs to nobody here', 'as example.vn'],
  ['exa mple.vn', 'neither network, domain, URL nor AS number', 'as example.vn'],
  ['-.vn', 'neither network, domain, URL nor AS number', 'as example.vn'],
  ['=HYPERLINK("x").vn', 'neither network, domain, URL nor AS number', 'as example.vn'],
  ['javascript://x.vn/', 'not a web address', 'as https://cong.example.vn/dich-vu/'],
])('%s is refused with cause and remedy', (text, cause, remedy) => {
  expect(readRange(text)).toEqual({ cause, remedy })
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
