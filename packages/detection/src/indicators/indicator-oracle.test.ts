import type { Observable } from '@haidang/contracts/event'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IndicatorSet } from './indicator-set.ts'
import { buildIndicatorTables } from './indicator-tables.ts'

// Few different parts, so that generated values meet generated indicators often; the oracle looks at every
// indicator in turn, with numbers and texts made here and not read back.
const runs = { numRuns: 200 }
const time = '2026-01-05T02:00:00Z'

function lookUp(indicators: readonly string[], type: Observable['type'], value: string) {
  const tables = buildIndicatorTables([{ path: 'x', text: indicators.join('\n') }], 'v', 3)
  return new IndicatorSet(tables).lookUp(type, value, time)?.statements[0]?.written
}

interface Range {
  readonly start: bigint
  readonly bits: number
}

const word = fc.constantFrom(0n, 1n, 0x8000n, 0xffffn, 0xfffen)
const ipv6 = fc
  .array(word, { minLength: 7, maxLength: 7 })
  .map((words) => words.reduce((sum, each) => sum * 65536n + each, 0x2001n))
const ipv4 = fc
  .array(fc.constantFrom(10n, 11n, 128n, 255n), { minLength: 4, maxLength: 4 })
  .map((octets) => octets.reduce((sum, each) => sum * 256n + each, 0xffffn))
const range = fc.oneof(
  fc.record({ start: ipv6, bits: fc.integer({ min: 16, max: 128 }) }),
  fc.record({ start: ipv4, bits: fc.integer({ min: 104, max: 128 }) }),
)

function isMapped(address: bigint): boolean {
  return address >> 32n === 0xffffn
}

function textOf(address: bigint, mapped = false): string {
  if (isMapped(address) && !mapped) {
    return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.')
  }
  return Array.from({ length: 8 }, (_, i) =>
    ((address >> BigInt(112 - i * 16)) & 0xffffn).toString(16),
  ).join(':')
}

function rangeText({ start, bits }: Range): string {
  return `${textOf(start)}/${isMapped(start) ? bits - 96 : bits}`
}

test('an address is known as the smallest range that holds it', () => {
  const address = fc.oneof(ipv4, ipv6)
  fc.assert(
    fc.property(
      fc.array(range, { maxLength: 12 }),
      address,
      fc.boolean(),
      (ranges, value, mapped) => {
        const holding = ranges.filter(({ start, bits }) => {
          const host = BigInt(128 - bits)
          return start >> host === value >> host && isMapped(start) === isMapped(value)
        })
        const smallest = Math.max(...holding.map(({ bits }) => bits))
        const found = lookUp(ranges.map(rangeText), 'ip', textOf(value, mapped))
        const expected = holding.find(({ bits }) => bits === smallest)
        expect(found).toBe(expected && rangeText(expected))
      },
    ),
    runs,
  )
})

const label = fc.constantFrom('a', 'b', 'ab', 'xn--bcher-kva')
const domain = fc
  .array(label, { minLength: 1, maxLength: 4 })
  .map((labels) => [...labels, 'example'].join('.'))
const domains = fc.array(domain, { maxLength: 8 })

test('a name is known as the longest domain it is or lies in', () => {
  fc.assert(
    fc.property(
      domains,
      domain,
      fc.constantFrom('', '.'),
      fc.boolean(),
      (listed, name, dot, upper) => {
        const within = listed.filter((each) => name === each || name.endsWith(`.${each}`))
        const [expected] = within.toSorted((a, b) => b.length - a.length)
        expect(lookUp(listed, 'domain', (upper ? name.toUpperCase() : name) + dot)).toBe(expected)
      },
    ),
    runs,
  )
})

const path = fc
  .array(fc.constantFrom('/', '/a', '/A', '/b.php', '?', '?q=1', '&r=/a'), { maxLength: 5 })
  .map((parts) => `/${parts.join('')}`)
const url = fc
  .tuple(fc.constantFrom('http', 'https'), fc.constantFrom('a.example', 'b.a.example'), path)
  .map(([scheme, host, rest]) => `${scheme}://${host}${rest}`)
const listedUrl = fc.tuple(url, fc.boolean()).map(([text, below]) => {
  return below && /[/?]$/.test(text) ? `${text}*` : text
})

test('a URL is known as itself, then as the longest listed beginning', () => {
  fc.assert(
    fc.property(fc.array(listedUrl, { maxLength: 10 }), url, (listed, seen) => {
      const begins = (each: string) => each.endsWith('*') && seen.startsWith(each.slice(0, -1))
      const [longest] = listed.filter(begins).toSorted((a, b) => b.length - a.length)
      expect(lookUp(listed, 'url', seen)).toBe(listed.includes(seen) ? seen : longest)
    }),
    runs,
  )
})

test('no text, however odd, breaks building or looking up', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        '.',
        '/',
        ':',
        '@',
        '%',
        '[',
        ']',
        '?',
        '#',
        '*',
        'ă',
        '\ud800',
        'a',
        '1',
        '\u0000',
      ),
    }),
  )
  const types = fc.constantFrom<Observable['type']>('ip', 'domain', 'url', 'email', 'sha256')
  const prefix = fc.constantFrom('', 'http://', 'http://a.example/', 'a@', '::')
  const known = ['a.example', 'http://a.example/*', 'a@a.example', '::/16', 'ab'.repeat(16)]
  fc.assert(
    fc.property(fc.array(odd), types, prefix, odd, (lines, type, start, text) => {
      lookUp([...known, ...lines, start + text], type, start + text)
    }),
    runs,
  )
})
