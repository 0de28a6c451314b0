import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LeaseChange, LeaseTable } from './lease-table.ts'

const address = '192.0.2.10'
const give = (at: number, mac: string, until = at + 100): LeaseChange => {
  return { kind: 'dhcp', address, at, until, mac, hostname: `pc-${mac}` }
}
const who = (table: LeaseTable, time: number) => table.at(address, time)?.mac

test('an address belongs to who was given it, from then until it is given to another, given back or run out', () => {
  const table = new LeaseTable(10)
  table.learn(give(100, 'a'))
  table.learn(give(150, 'a'))
  table.learn(give(200, 'b'))
  table.learn({ kind: 'end', address, at: 250 })
  expect([99, 100, 199, 200, 249, 250].map((time) => who(table, time))).toEqual([
    undefined,
    'a',
    'a',
    'b',
    'b',
    undefined,
  ])
  table.learn(give(400, 'c'))
  expect(who(table, 499)).toBe('c')
  expect(who(table, 500)).toBeUndefined()
})

test('a lease told late takes its place in time', () => {
  const table = new LeaseTable(10)
  table.learn(give(200, 'b'))
  table.learn(give(100, 'a', 1_000))
  expect(who(table, 150)).toBe('a')
  expect(who(table, 250)).toBe('b')
})

test('a renewal without a name keeps the name', () => {
  const table = new LeaseTable(10)
  table.learn(give(100, 'a'))
  table.learn({ kind: 'dhcp', address, at: 150, until: 300, mac: 'a' })
  expect(table.at(address, 290)).toEqual({
    kind: 'dhcp',
    since: 100,
    until: 300,
    mac: 'a',
    hostname: 'pc-a',
    user: undefined,
  })
})

test('the table is bounded, and what was longest without a change goes first', () => {
  const table = new LeaseTable(2)
  const of = (last: number) => ({ ...give(100, 'a'), address: `192.0.2.${last}` })
  for (const last of [1, 2, 1, 3]) table.learn(of(last))
  expect([1, 2, 3].map((last) => table.at(`192.0.2.${last}`, 150)?.mac)).toEqual([
    'a',
    undefined,
    'a',
  ])
  for (let n = 0; n < 50; n++) table.learn(give(1_000 + n * 10, `m${n}`))
  expect(table.keep().find(([name]) => name === address)?.[1]).toHaveLength(8)
})

const changes = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('dhcp' as const),
      address: fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3'),
      at: fc.nat(100),
      until: fc.integer({ min: 101, max: 200 }),
      mac: fc.constantFrom('a', 'b', 'c'),
    }),
    fc.record({
      kind: fc.constant('end' as const),
      address: fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3'),
      at: fc.nat(100),
    }),
  ),
  { maxLength: 40 },
)

test('leases of an address never overlap, and what is kept comes back the same', () => {
  fc.assert(
    fc.property(changes, (told) => {
      const table = new LeaseTable(2)
      for (const change of told) table.learn(change)
      for (const [, leases] of table.keep()) {
        for (const [i, { since, until }] of leases.entries()) {
          expect(since).toBeLessThanOrEqual(until)
          expect(until).toBeLessThanOrEqual(leases[i + 1]?.since ?? until)
        }
      }
      const again = new LeaseTable(2)
      again.restore(table.keep())
      expect(again.keep()).toEqual(table.keep())
    }),
  )
})

test('a change told twice in a row changes nothing more', () => {
  fc.assert(
    fc.property(changes, (told) => {
      const once = new LeaseTable(10)
      const twice = new LeaseTable(10)
      for (const change of told) {
        once.learn(change)
        twice.learn(change)
        twice.learn(change)
      }
      const times = Array.from({ length: 200 }, (_, time) => time)
      const view = (table: LeaseTable) => times.map((time) => table.at('192.0.2.1', time)?.mac)
      expect(view(twice)).toEqual(view(once))
    }),
  )
})
