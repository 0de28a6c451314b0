import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AttributionIndex, type Claim } from './attribution-index.ts'
import { noEnd } from './period-table.ts'
import { isFault, readRange } from './subject.ts'

const always = { from: 0, until: noEnd }

function claim(text: string, system: string, period = always, organisation = 'org_a'): Claim {
  const range = readRange(text)
  if (isFault(range)) throw new Error(`${text}: ${range.fault}`)
  return { ...range, ...period, system_id: system, organisation_id: organisation }
}

function indexOf(...claims: Claim[]): AttributionIndex {
  const index = new AttributionIndex(7)
  for (const one of claims) expect(index.add(one), one.text).toBe(true)
  return index
}

test('the longest network wins, and says by which range', () => {
  const index = indexOf(claim('203.0.113.0/24', 'wide'), claim('203.0.113.64/26', 'narrow'))
  expect(index.ofText('203.0.113.70', 0)).toMatchObject({
    system_id: 'narrow',
    text: '203.0.113.64/26',
  })
  expect(index.ofText('203.0.113.5', 0)?.system_id).toBe('wide')
  expect(index.ofText('203.0.114.5', 0)).toBeUndefined()
})

test.each([
  ['::ffff:203.0.113.5'],
  ['::FFFF:CB00:7105'],
  ['0:0:0:0:0:ffff:203.0.113.5'],
  ['[::ffff:203.0.113.5]'],
])('%s is the IPv4 address', (written) => {
  const index = indexOf(claim('203.0.113.0/24', 'cong'))
  expect(index.ofText(written, 0)?.system_id).toBe('cong')
})

test('a range written as mapped IPv6 is the IPv4 range', () => {
  expect(readRange('::ffff:203.0.113.0/120')).toEqual({ kind: 'network', text: '203.0.113.0/24' })
})

test('a wide IPv6 range holds no IPv4 address', () => {
  const index = indexOf(claim('2001:db8::/32', 'sáu'))
  expect(index.ofText('2001:db8:1::1', 0)?.system_id).toBe('sáu')
  expect(index.ofText('203.0.113.5', 0)).toBeUndefined()
})

test('a range that changed hands belongs to who held it then', () => {
  const index = indexOf(
    claim('203.0.113.0/24', 'cũ', { from: 0, until: 100 }),
    claim('203.0.113.0/24', 'mới', { from: 100, until: noEnd }),
    claim('203.0.0.0/16', 'nhà cung cấp'),
  )
  expect(index.ofText('203.0.113.9', 99)?.system_id).toBe('cũ')
  expect(index.ofText('203.0.113.9', 100)?.system_id).toBe('mới')
})

test('outside its time a longer range leaves the answer to the shorter one', () => {
  const index = indexOf(
    claim('203.0.113.0/24', 'thuê', { from: 50, until: 60 }),
    claim('203.0.0.0/16', 'chủ'),
  )
  expect(index.ofText('203.0.113.9', 49)?.system_id).toBe('chủ')
  expect(index.ofText('203.0.113.9', 60)?.system_id).toBe('chủ')
})

test('one range belongs to one system at a time', () => {
  const index = indexOf(claim('203.0.113.0/24', 'a', { from: 10, until: 20 }))
  expect(index.add(claim('203.0.113.0/24', 'b', { from: 19, until: 30 }))).toBe(false)
  expect(index.add(claim('203.0.113.0/24', 'b', { from: 20, until: 30 }))).toBe(true)
})

test('a private range belongs to its network alone', () => {
  const index = indexOf(
    claim('10.1.0.0/16', 'ở A', always, 'org_a'),
    claim('10.1.0.0/16', 'ở B', always, 'org_b'),
  )
  expect(index.ofText('10.1.2.3', 0, 'org_a')?.system_id).toBe('ở A')
  expect(index.ofText('10.1.2.3', 0, 'org_b')?.system_id).toBe('ở B')
  expect(index.ofText('10.1.2.3', 0, 'org_c')).toBeUndefined()
  expect(index.ofText('10.1.2.3', 0)).toBeUndefined()
})

test('a name belongs to the nearest domain above it, whole labels only', () => {
  const index = indexOf(claim('example.vn', 'trên'), claim('cong.example.vn', 'dưới'))
  expect(index.ofText('www.cong.example.vn.', 0)).toMatchObject({
    system_id: 'dưới',
    text: 'cong.example.vn',
  })
  expect(index.ofText('WWW.EXAMPLE.VN', 0)?.system_id).toBe('trên')
  expect(index.ofText('notexample.vn', 0)).toBeUndefined()
})

test('a name in Vietnamese letters and its Punycode are one name, composed or not', () => {
  const index = indexOf(claim('tỉnh-mẫu.vn', 'tỉnh'))
  expect(index.ofText('dịch-vụ.tỉnh-mẫu.vn'.normalize('NFD'), 0)?.system_id).toBe('tỉnh')
  expect(index.ofText(domainToASCII('www.tỉnh-mẫu.vn'), 0)?.system_id).toBe('tỉnh')
  expect(index.ofText('TỈNH-MẪU.VN', 0)?.text).toMatch(/^xn--/)
})

test('a URL belongs to the longest path, else to its host', () => {
  const index = indexOf(
    claim('https://cong.example.vn/thue/', 'thuế'),
    claim('example.vn', 'trên'),
    claim('203.0.113.0/24', 'mạng'),
  )
  const owner = (url: string) => index.ofText(url, 0)?.system_id
  expect(owner('http://cong.example.vn:80/thue/nop?x=1#y')).toBe('thuế')
  expect(owner('https://cong.example.vn/khac/../thue')).toBe('thuế')
  expect(owner('https://cong.example.vn/thuephi')).toBe('trên')
  expect(owner('https://cong.example.vn:8443/thue/')).toBe('trên')
  expect(owner('https://203.0.113.9/x')).toBe('mạng')
  expect(owner('https://[::ffff:203.0.113.9]/x')).toBe('mạng')
  expect(owner('ftp://cong.example.vn/thue/')).toBeUndefined()
})

test('an autonomous system is looked up by its number', () => {
  const index = indexOf(claim('AS64500', 'mạng'))
  expect(index.ofText('as 64500', 0)?.system_id).toBe('mạng')
  expect(index.ofText('as64500.vn', 0)).toBeUndefined()
})

test('what passes to another organisation keeps its history', () => {
  const index = indexOf(
    claim('example.vn', 'cổng', { from: 0, until: 10 }, 'org_a'),
    claim('example.vn', 'cổng', { from: 10, until: noEnd }, 'org_b'),
  )
  expect(index.ofText('example.vn', 9)?.organisation_id).toBe('org_a')
  expect(index.ofText('example.vn', 10)?.organisation_id).toBe('org_b')
})

// The model: every claim looked at in turn, addresses as whole numbers.
const prefix = fc
  .record({
    address: fc.constantFrom(0xcb00_7100, 0xcb00_7180, 0xcb01_0000, 0x0808_0808, 0xcb00_71ff),
    bits: fc.constantFrom(8, 12, 15, 16, 17, 24, 25, 31, 32),
  })
  .map(({ address, bits }) => {
    const size = 2 ** (32 - bits)
    return { start: Math.floor(address / size) * size, bits, size }
  })
const period = fc
  .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 8 }))
  .map(([from, length]) => ({ from, until: from + length }))
const dotted = (n: number) => [24, 16, 8, 0].map((s) => (n >>> s) & 255).join('.')

interface Held {
  readonly claim: Claim
  readonly start: number
  readonly bits: number
  readonly size: number
}

function isSameRangeAndTime(one: Held, other: Held): boolean {
  const meets = one.claim.from < other.claim.until && other.claim.from < one.claim.until
  return one.start === other.start && one.bits === other.bits && meets
}

function ownerAt(held: readonly Held[], address: number, at: number): string | undefined {
  const [best] = held
    .filter(({ start, size }) => start <= address && address < start + size)
    .filter(({ claim: { from, until } }) => from <= at && at < until)
    .toSorted((a, b) => b.bits - a.bits)
  return best?.claim.system_id
}

interface Act {
  readonly prefix: Omit<Held, 'claim'>
  readonly period: { readonly from: number; readonly until: number }
  readonly remove: boolean
  readonly pick: number
}

/** Does one act to the index and to the list of what it should hold. */
function play(index: AttributionIndex, held: Held[], n: number, act: Act): void {
  const { prefix: range, period: time, remove, pick } = act
  const gone = remove ? held.splice(pick % Math.max(held.length, 1), 1)[0] : undefined
  if (gone) expect(index.remove(gone.claim)).toBe(true)
  const text = `${dotted(range.start)}/${range.bits}`
  const one = { ...range, claim: claim(text, `s${n}`, time) }
  const isFree = !held.some((other) => isSameRangeAndTime(one, other))
  expect(index.add(one.claim)).toBe(isFree)
  if (isFree) held.push(one)
}

test('whatever is added and taken away, the index answers as a look at every claim does', () => {
  const act = fc.record({ prefix, period, remove: fc.boolean(), pick: fc.nat(20) })
  const asked = fc.tuple(
    fc.constantFrom(0xcb00_7101, 0xcb00_71ff, 0xcb01_0001, 0x0808_0808, 0xcbff_0000, 1),
    fc.integer({ min: 0, max: 17 }),
  )
  const acts = fc.array(act, { maxLength: 40 })
  fc.assert(
    fc.property(acts, fc.array(asked, { maxLength: 20 }), (done, asks) => {
      const index = new AttributionIndex(11, 1)
      const held: Held[] = []
      for (const [n, each] of done.entries()) play(index, held, n, each)
      expect(index.size).toBe(held.length)
      for (const [address, at] of asks) {
        expect(index.ofText(dotted(address), at)?.system_id).toBe(ownerAt(held, address, at))
      }
    }),
    { numRuns: 300 },
  )
})

test('names answer as a look at every suffix does', () => {
  const label = fc.constantFrom('a', 'b', 'cổng', 'www')
  const name = fc
    .array(label, { minLength: 1, maxLength: 4 })
    .map((labels) => [...labels, 'vn'].join('.'))
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 12 }), name, (owned, asked) => {
      const index = indexOf(...owned.map((one) => claim(one, one)))
      const [best] = owned
        .filter((one) => asked === one || asked.endsWith(`.${one}`))
        .toSorted((a, b) => b.length - a.length)
      expect(index.ofText(asked, 0)?.system_id).toBe(best)
    }),
  )
})

test('no text makes it throw', () => {
  const index = indexOf(claim('203.0.113.0/24', 'a'), claim('example.vn', 'b'))
  const hostile = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webUrl(), fc.ipV6())
  fc.assert(
    fc.property(hostile, (text) => {
      index.ofText(text, 0)
      readRange(text)
    }),
  )
})
