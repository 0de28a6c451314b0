import { expect, test } from 'vitest'
import { matchedSpan } from './matched-span.ts'

function marked(value: string, pattern: string): string | undefined {
  const span = matchedSpan({ value, pattern })
  return span && value.slice(span.start, span.end)
}

test('text is found where the modifier looks for it, letters’ case aside', () => {
  expect(marked('powershell -NOP -w', 'contains|all: -nop')).toBe('-NOP')
  expect(marked('C:\\a\\cmd.exe', 'endswith: \\cmd.exe')).toBe('\\cmd.exe')
  expect(marked('a.exe a.exe', 'endswith: a.exe')).toBe('a.exe')
  expect(matchedSpan({ value: 'a.exe a.exe', pattern: 'endswith: a.exe' })?.start).toBe(6)
  expect(marked('root', 'startswith: ro')).toBe('ro')
  expect(marked('root', 'root')).toBe('root')
})

test('wildcards span what lies between their texts; escapes are text', () => {
  expect(marked('run net   user x', 'contains: net*user')).toBe('net   user')
  expect(marked('100*50', '*\\*50')).toBe('*50')
  expect(marked('\\\\host', '\\\\\\\\host')).toBe('\\\\host')
})

test('expressions, networks and what is not there are not marked', () => {
  expect(marked('aaa', 're: a+')).toBeUndefined()
  expect(marked('10.0.0.1', 'cidr: 10.0.0.0/8')).toBeUndefined()
  expect(marked('abc', 'contains: xyz')).toBeUndefined()
  expect(marked('abc', '*')).toBeUndefined()
})
