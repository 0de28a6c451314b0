import { describe, expect, test } from 'vitest'
import { compileExpression } from './expression.ts'

const plain = { ignoreCase: false, multiline: false, dotAll: false }

function occurs(source: string, text: string, flags = plain): boolean {
  return compileExpression(source, flags).test(text, text.toLowerCase())
}

test.each([
  ['a.c', 'a\rc', true],
  ['a.c', 'a\u2028c', true],
  ['a.c', 'a\nc', false],
  ['(?s)a.c', 'a\nc', true],
  ['^b', 'a\nb', false],
  ['(?m)^b$', 'a\nb\nc', true],
  ['(?m)^b$', 'a\rb\rc', false],
  ['a$', 'a\n', false],
  ['a\\Z', 'a\n', true],
  ['a\\z', 'a\n', false],
  ['\\Ab', 'ab', false],
  ['a(?i)b(?-i)c', 'aBc', true],
  ['a(?i)b(?-i)c', 'aBC', false],
  ['a(?i:b)c', 'aBc', true],
  ['(?i)a|b', 'B', true],
  ['(?i)đường', 'ĐƯỜNG', true],
  ['(?i)[^k]', 'K', false],
  ['(?i)k', '\u212a', false],
  ['\\s', '\u00a0', false],
  ['\\s', '\u000b', true],
  ['\\w', 'é', false],
  ['\\bab\\b', 'x ab.', true],
  ['\\bab\\b', 'xab', false],
  ['a\\B', 'a', false],
  ['[[:xdigit:]]{2}-[[:^alpha:]]', 'fF-1', true],
  ['[]a]+b', ']]b', true],
  ['[\\w+|\\s]-[a\\-z]', '|--', true],
  ['[\\d-z]', '-', true],
  ['\\x41\\x{42}\\u0043\\103\\t', 'ABCC\t', true],
  ['\\p{Lu}\\P{L}\\pL', 'Đ1ư', true],
  ['\\p{Cyrillic}', 'а', true],
  ['\\Qa.b*\\E', 'a.bb', false],
  ['\\Qa.b*\\E', 'xa.b*', true],
  ['(?P<one>a)(?<two>b)', 'ab', true],
  ['a{,2}|b{x', 'b{x', true],
  ['x\\-\\/\\"\\_', 'x-/"_', true],
  ['^😀{2}$', '😀😀', true],
  ['^[😀-😎é]{2}$', 'é😃', true],
  ['\\x00\\x{d800}', '\u0000\ud800', true],
  ['[^\\s\\S]|b', 'a', false],
  ['', '', true],
  ['()*|(a*)*', '', true],
  ['a{20,30}b', `${'a'.repeat(40)}b`, true],
  ['^x.{20,30}b', `x${'a'.repeat(19)}b`, false],
  ['x.{20,30}b', `x${'a'.repeat(30)}b`, true],
  ['x.{20,30}b', `x${'a'.repeat(31)}b`, false],
  ['x(?:.{20,30}b){2}', `xx${'a'.repeat(30)}b${'a'.repeat(20)}b`, true],
  ['x(?:.{20,30}b){2}', `xx${'a'.repeat(31)}b${'a'.repeat(20)}b`, false],
])('%s in %j: %s', (source, text, expected) => {
  expect(occurs(source, text)).toBe(expected)
})

test.each([
  ['a(?=b)', 'look-around'],
  ['(?<!a)b', 'look-around'],
  ['(a)\\1', 'back-references'],
  ['(?P=a)', 'back-references'],
  ['(?R)', 'recursion'],
  ['(?>a)', 'atomic'],
  ['a++', 'possessive'],
  ['a**', 'repeated twice'],
  ['*a', 'nothing to repeat'],
  ['(', 'not closed'],
  ['a)', 'not opened'],
  ['[a', 'not closed'],
  ['[z-a]', 'ends before it begins'],
  ['a{2,1}', 'ends before it begins'],
  ['a{99999}', 'repeated more than'],
  ['[^😀]', 'beyond U+FFFF'],
  ['\\y', '\\y is not supported'],
  ['\\p{constructor}', 'no Unicode property'],
  ['[[:proto:]]', 'no class'],
  ['\\', 'ends too early'],
  ['(?x)a', 'unknown group or flag'],
  ['((((a|b){100}){100}){100}){100}', 'too large'],
  ['('.repeat(200), 'groups deep'],
  ['a'.repeat(5_000), 'longer than'],
])('%s is refused: %s', (source, cause) => {
  expect(() => compileExpression(source, plain)).toThrow(cause)
})

test.each([
  ['foo(bar|baz)[0-9]+qux', ['foo']],
  ['(alpha|beta)[0-9]', ['alpha', 'beta']],
  ['[a-z]+', []],
  ['x?evil', ['evil']],
  ['(?i)EVIL', ['evil']],
  ['[Rr][Uu][Nn]dll', ['rundll']],
])('%s can only match where one of %j stands', (source, literals) => {
  expect(compileExpression(source, plain).literals).toEqual(literals)
})

test.each([
  ['evil[0-9]{2}', 'v8'],
  ['^cmd(\\.exe)?$', 'v8'],
  ['(a+)+$', 'v8'],
  ['b(a+b?)+c$', 'linear'],
  ['[^/]{100,}$', 'linear'],
  ['a.*b', 'linear'],
])('%s is run by %s', (source, engine) => {
  expect(compileExpression(source, plain).engine).toBe(engine)
})

const hostile: [string, string][] = [
  ['(a|aa)+$', 'a'],
  ['(.*a){12}b', 'a'],
  ['(x+x+)+y', 'x'],
  ['[^/]{100,}$', '/'],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'],
  ['a.{2,128}b.{1,64}c', 'ab'],
  ['[ab]*a[ab]{12}c', 'aab'],
  ['\\w+`(\\w+|-|.)`[\\w+|\\s]', '`'],
  ['\\s-[^-\\s]{0,20}i', ' -'],
  ['[a-z]{5,6}\\.wll', 'a'],
]

describe('time grows as the text does', () => {
  test.each(hostile)('%s on %s', (source, piece) => {
    const { test: matches } = compileExpression(source, plain)
    const short = `${piece.repeat(100_000 / piece.length)}!`
    const long = `${piece.repeat(400_000 / piece.length)}!`
    fastest(matches, short)
    const factor = fastest(matches, long) / Math.max(fastest(matches, short), 0.2)
    expect(factor).toBeLessThan(12)
  })
})

function fastest(matches: (text: string, lower: string) => boolean, text: string): number {
  const times = Array.from({ length: 3 }, () => {
    const begun = performance.now()
    matches(text, text)
    return performance.now() - begun
  })
  return Math.min(...times)
}

test('a table that is full goes on with the right answer', () => {
  const { test: matches } = compileExpression('(?:a|b)*a(?:a|b){14}c|d{3}', plain)
  let text = ''
  let seed = 1
  while (text.length < 60_000) {
    seed = (seed * 48_271) % 2_147_483_647
    text += seed % 2 === 0 ? 'a' : 'b'
  }
  expect(matches(text, text)).toBe(false)
  const ending = `${text}a${'b'.repeat(14)}c`
  expect(matches(ending, ending)).toBe(true)
  expect(matches(`${text}ddd`, `${text}ddd`)).toBe(true)
})

test('letters whose lower case is longer move nothing', () => {
  expect(occurs('(?i)evil\\d+$', `${'İ'.repeat(50)}EVIL7`)).toBe(true)
})
