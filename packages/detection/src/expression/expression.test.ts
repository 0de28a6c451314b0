import { expect, test } from 'vitest'
import { compileExpression } from './expression.ts'

const plain = { ignoreCase: false, multiline: false, dotAll: false }

test.each([
  ['evil[0-9]{2}', 'v8'],
  ['^cmd(\\.exe)?$', 'v8'],
  ['^[^ ]*evil$', 'v8'],
  ['(a+)+$', 'linear'],
  ['[^/]{100,}$', 'linear'],
  ['a.*b', 'linear'],
  ['(x?){30}y', 'linear'],
  ['\\sfoo', 'linear'],
])('%s is run by %s', (source, engine) => {
  expect(compileExpression(source, plain).engine).toBe(engine)
})

test.each([
  ['(a|aa)+$', 'a'],
  ['(.*a){12}', 'a'],
  ['(x+x+)+y', 'x'],
  ['[^/]{100,}$', '/'],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'],
])('%s takes linear time on a megabyte', (source, letter) => {
  const { test: matches } = compileExpression(source, plain)
  const text = `${letter.repeat(1_000_000)}!`
  const before = performance.now()
  matches(text, text)
  expect(performance.now() - before).toBeLessThan(5_000)
})

test.each([
  ['foo(bar|baz)[0-9]+qux', ['foo']],
  ['(alpha|beta)[0-9]', ['alpha', 'beta']],
  ['[a-z]+', []],
  ['x?evil', ['evil']],
  ['(?i)EVIL', ['evil']],
])('%s can only match where one of %j stands', (source, literals) => {
  expect(compileExpression(source, plain).literals).toEqual(literals)
})

test.each(['a(?=b)', '(a)\\1', '('])('%s is refused, not tried', (source) => {
  expect(() => compileExpression(source, plain)).toThrow()
})
