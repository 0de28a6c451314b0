import { isWithin, readIp, readNetwork } from '@haidang/detection/ip-address'
import { type MmdbRecord, mmdbOf } from '@haidang/testbed/mmdb-writer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Mmdb } from './mmdb.ts'

const builtAt = 1_767_225_600_000

function asked(mmdb: Mmdb, address: string) {
  const place = mmdb.find(Uint32Array.from(readIp(address) ?? []))
  return place < 0 ? undefined : mmdb.read(place)
}

describe.each([24, 28, 32] as const)('records of %i bits', (recordBits) => {
  const networks = [
    ['198.51.100.0/24', { name: 'wide', list: [1, true, 'x'] }],
    ['198.51.100.128/25', { name: 'narrow' }],
    ['192.0.2.7/32', { name: 'one' }],
    ['2001:db8::/32', { name: 'six', text: 'ô'.repeat(200) }],
  ] as const
  const bytes = mmdbOf(networks, { type: 'Test', recordBits, builtAt })

  test('the longest network that holds an address is found', () => {
    const mmdb = new Mmdb(bytes)
    expect(mmdb.facts).toEqual({ type: 'Test', builtAt })
    expect(asked(mmdb, '198.51.100.5')).toEqual(
      new Map<string, unknown>([
        ['name', 'wide'],
        ['list', [1, true, 'x']],
      ]),
    )
    expect(asked(mmdb, '198.51.100.200')).toEqual(new Map([['name', 'narrow']]))
    expect(asked(mmdb, '2001:db8::7')).toEqual(
      new Map([
        ['name', 'six'],
        ['text', 'ô'.repeat(200)],
      ]),
    )
    expect(asked(mmdb, '192.0.2.7')).toEqual(new Map([['name', 'one']]))
    expect(asked(mmdb, '192.0.2.6')).toBeUndefined()
    expect(asked(mmdb, '198.51.101.1')).toBeUndefined()
    expect(asked(mmdb, '2001:db9::1')).toBeUndefined()
  })

  test('a database of IPv4 alone knows no IPv6', () => {
    const mmdb = new Mmdb(mmdbOf(networks.slice(0, 2), { type: 'Test', recordBits, ipVersion: 4 }))
    expect(asked(mmdb, '198.51.100.200')).toEqual(new Map([['name', 'narrow']]))
    expect(asked(mmdb, '2001:db8::7')).toBeUndefined()
  })
})

test('it answers as a search through all networks does', () => {
  const octet = fc.integer({ min: 0, max: 3 })
  const network = fc
    .tuple(octet, octet, octet, octet, fc.integer({ min: 1, max: 32 }))
    .map(([a, b, c, d, bits]) => `${64 * a}.${64 * b}.${64 * c}.${64 * d}/${bits}`)
  fc.assert(
    fc.property(fc.uniqueArray(network, { minLength: 1, maxLength: 20 }), network, (all, some) => {
      const sorted = all.toSorted((a, b) => Number(a.split('/')[1]) - Number(b.split('/')[1]))
      const records = sorted.map((text): readonly [string, MmdbRecord] => [text, text])
      const [address = ''] = some.split('/')
      const ip = readIp(address)
      const expected = sorted.findLast((text) => {
        const range = readNetwork(text)
        return ip && range && isWithin(ip, range)
      })
      const mmdb = new Mmdb(mmdbOf(records, { type: 'Test' }))
      // Two ways to write the same network: the later of them stands.
      const found = asked(mmdb, address)
      const sameLength = (text: unknown) => String(text).split('/')[1]
      expect(sameLength(found)).toBe(sameLength(expected))
    }),
    { numRuns: 200 },
  )
})

test('damaged bytes are refused or answered, never thrown about or searched for long', () => {
  const whole = mmdbOf(
    Array.from({ length: 40 }, (_, n) => [`203.0.${n}.0/24`, { n, deep: [[[{ n }]]] }] as const),
    { type: 'Test', builtAt },
  )
  const damage = fc.record({
    at: fc.nat(whole.length - 1),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
    length: fc.nat(whole.length),
  })
  const before = process.cpuUsage()
  fc.assert(
    fc.property(damage, fc.boolean(), ({ at, bytes, length }, cut) => {
      const damaged = Uint8Array.from(whole)
      damaged.set(bytes.subarray(0, damaged.length - at), at)
      const mmdb = opened(cut ? damaged.subarray(0, length) : damaged)
      for (let n = 0; mmdb !== undefined && n < 40; n++) asked(mmdb, `203.0.${n}.9`)
    }),
    { numRuns: 2_000 },
  )
  expect(process.cpuUsage(before).user / 2_000).toBeLessThan(5_000)
})

test('records that point at themselves end', () => {
  const bytes = mmdbOf([['203.0.113.0/24', ['a']]], { type: 'Test' })
  const at = Buffer.from(bytes).lastIndexOf(Buffer.from([0x01, 0x04, 0x41, 0x61]))
  // An array of one, whose one is a pointer to the array.
  bytes.set([0x01, 0x04, 0x20, 0x00], at)
  const mmdb = new Mmdb(bytes)
  expect(asked(mmdb, '203.0.113.1')).toBeUndefined()
})

test('files of another kind are refused with the reason', () => {
  expect(() => new Mmdb(Buffer.from('PK\u0003\u0004'))).toThrow('not a MaxMind DB')
  const bytes = mmdbOf([['203.0.113.0/24', 'x']], { type: 'Test' })
  expect(() => new Mmdb(bytes.subarray(bytes.length - 250))).toThrow('the tree is cut off')
})

function opened(bytes: Uint8Array): Mmdb | undefined {
  try {
    return new Mmdb(bytes)
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError)
    return undefined
  }
}
