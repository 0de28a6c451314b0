import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestFields } from './request-fields.ts'

interface Asked {
  readonly target?: string
  readonly host?: string
}

const fields = requestFields<Asked>(
  ({ target }) => target,
  ({ host }) => host,
)
const read = (name: string, asked: Asked) => fields[name]?.(asked)

test.each<[string, Asked, Record<string, unknown>]>([
  [
    'a path with a query, asked of a host',
    { target: '/a/b.php?id=1&u=/x.exe', host: 'www.example.vn' },
    {
      'c-uri': ['http://www.example.vn/a/b.php?id=1&u=/x.exe', '/a/b.php?id=1&u=/x.exe'],
      'cs-uri': ['http://www.example.vn/a/b.php?id=1&u=/x.exe', '/a/b.php?id=1&u=/x.exe'],
      'c-uri-query': ['/a/b.php?id=1&u=/x.exe', 'id=1&u=/x.exe'],
      'cs-uri-query': ['/a/b.php?id=1&u=/x.exe', 'id=1&u=/x.exe'],
      'cs-uri-stem': '/a/b.php',
      'c-uri-extension': 'php',
      'cs-host': 'www.example.vn',
      'r-dns': 'www.example.vn',
    },
  ],
  [
    'a URL, as proxies are asked',
    { target: 'https://user@c2.example:8443/x.exe?a', host: 'proxy.example' },
    {
      'c-uri': ['https://user@c2.example:8443/x.exe?a', '/x.exe?a'],
      'cs-uri-query': ['/x.exe?a', 'a'],
      'cs-uri-stem': '/x.exe',
      'c-uri-extension': 'exe',
      'cs-host': 'c2.example',
    },
  ],
  [
    'a URL without a path',
    { target: 'http://[2001:db8::1]:81?q' },
    {
      'cs-host': '[2001:db8::1]',
      'cs-uri-stem': '/',
      'c-uri': ['http://[2001:db8::1]:81?q', '/?q'],
    },
  ],
  [
    'a tunnel',
    { target: 'c2.example:443', host: 'c2.example:443' },
    { 'c-uri': 'c2.example:443', 'cs-host': 'c2.example' },
  ],
  [
    'a path that holds a URL',
    { target: '/x?u=http://a.example/', host: '[2001:db8::1]' },
    { 'cs-host': '[2001:db8::1]', 'cs-uri-stem': '/x' },
  ],
  ['no host', { target: '/x' }, { 'c-uri': '/x', 'cs-host': undefined }],
  ['nothing', {}, { 'c-uri': undefined, 'cs-uri-query': undefined, 'c-uri-extension': undefined }],
])('%s', (_, asked, expected) => {
  for (const [name, value] of Object.entries(expected)) expect(read(name, asked)).toEqual(value)
})

test('whatever the target, a stem has no query, a query ends the target, a host holds no path', () => {
  const words = ['http://', 'a.vn', ':80', '/', '?', '#', '.', '[', ']', '@', 'é']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words)), (given) => {
      const target = given.join('')
      const one = (name: string) => String(read(name, { target }) ?? '')
      expect(one('cs-uri-stem')).not.toMatch(/[?#]/)
      expect(one('cs-host')).not.toMatch(/[/?#]/)
      expect(one('c-uri-extension')).not.toMatch(/[/.?]/)
      const query: unknown = read('cs-uri-query', { target })
      const [, asked = ''] = Array.isArray(query) ? query : []
      expect(target.endsWith(asked)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
