import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyDelta, type IndicatorDelta, mergeFrom, mergeLayers } from './indicator-delta.ts'
import type { StoredDetails } from './indicator-details.ts'
import type { IndicatorLayer, IndicatorTables } from './indicator-layer.ts'
import { IndicatorSet } from './indicator-set.ts'
import { buildIndicatorTables } from './indicator-tables.ts'

const names = ['a.example', 'b.a.example', 'c.example', 'd.example']
const sources = ['một', 'hai', 'ba']
const time = '2026-01-05T02:00:00Z'
const statement = fc.record({
  value: fc.constantFrom(...names),
  source: fc.constantFrom(...sources),
  confidence: fc.integer({ min: 0, max: 100 }),
})
const removal = fc.oneof(
  fc.record({ value: fc.constantFrom(...names) }),
  fc.record({ value: fc.constantFrom(...names), source: fc.constantFrom(...sources) }),
)
const deltas = fc.array(
  fc.record({
    add: fc.array(statement, { maxLength: 5 }),
    remove: fc.array(removal, { maxLength: 3 }),
  }),
  { maxLength: 6 },
)

type Change = Pick<IndicatorDelta, 'add' | 'remove'>

/** What stands after the changes, kept as plainly as can be: by name and source. */
function plainly(changes: readonly Change[]): Map<string, number> {
  const known = new Map<string, number>()
  for (const { add, remove } of changes) {
    for (const { value, source } of remove) {
      for (const each of source === undefined ? sources : [source]) known.delete(`${value},${each}`)
    }
    for (const { value, source, confidence = 50 } of add.toReversed()) {
      known.set(`${value},${source}`, confidence)
    }
  }
  return known
}

function known(tables: IndicatorTables): Map<string, number> {
  const set = new IndicatorSet(tables)
  return new Map(
    names.flatMap((name) => {
      const found = set.lookUp('domain', name, time)
      // A name of which nothing is left is known as the domain above it.
      return found?.text === name
        ? found.statements.map(
            ({ source, confidence }) => [`${name},${source}`, confidence] as const,
          )
        : []
    }),
  )
}

function sorted(map: ReadonlyMap<string, number>): [string, number][] {
  return [...map].sort()
}

test('changes one after the other, merged anywhere, give what the same content gives from scratch', () => {
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 8 }), deltas, fc.nat(5), (first, changes, cut) => {
      const text = first.map(({ value, source, confidence }) => `${value},${confidence},${source}`)
      const list = { path: 'x', text: ['value,confidence,source', ...text].join('\n') }
      let tables = buildIndicatorTables([list], 'v', 5)
      const base = tables.layers.length
      for (const [i, change] of changes.entries()) {
        tables = applyDelta(tables, { version: `${i}`, ...change })
      }
      const expected = plainly([{ add: first, remove: [] }, ...changes])
      expect(sorted(known(tables))).toEqual(sorted(expected))
      expect(tables.count).toBe(expected.size)
      const from = Math.min(base + cut, tables.layers.length)
      const layers = [...tables.layers.slice(0, from), mergeLayers(tables.layers.slice(from), 5)]
      expect(sorted(known({ ...tables, layers }))).toEqual(sorted(expected))
    }),
    { numRuns: 300 },
  )
})

test('a change leaves the tables it was made of as they were', () => {
  const before = buildIndicatorTables([{ path: 'x', text: 'a.example' }], 'v1')
  const after = applyDelta(before, { version: 'v2', add: [], remove: [{ value: 'A[.]example' }] })
  expect([before.version, after.version]).toEqual(['v1', 'v2'])
  expect(new IndicatorSet(before).lookUp('domain', 'a.example', time)).toBeDefined()
  expect(new IndicatorSet(after).lookUp('domain', 'a.example', time)).toBeUndefined()
})

test('a change says what in it is no indicator, and keeps time and comment of the rest', () => {
  const add = [
    { value: 'không phải', source: 's' },
    { value: 'a.example', source: 's', valid_until: 'mai' },
    {
      value: '192.0.2.0/24',
      source: 's',
      valid_until: '2026-01-05T02:00:01Z',
      comment: 'ghi chú '.repeat(99),
    },
  ]
  const empty = buildIndicatorTables([], 'v1')
  const tables = applyDelta(empty, { version: 'v2', add, remove: [{ value: '' }] })
  expect(tables.problems).toEqual([
    'add 1: no address, range, domain, URL, hash or e-mail address',
    'add 2: valid_until is no time of RFC 3339',
    'remove 1: no address, range, domain, URL, hash or e-mail address',
  ])
  const set = new IndicatorSet(tables)
  expect(set.lookUp('ip', '192.0.2.9', time)?.statements[0]?.comment).toBe(
    'ghi chú '.repeat(99).slice(0, 500),
  )
  expect(set.lookUp('ip', '192.0.2.9', '2026-01-05T02:00:01Z')).toBeUndefined()
})

test('merging reads details in pieces, and copies each statement only a few times', () => {
  const files = new Map<string, Uint8Array>()
  const readFile = (path: string, offset: number, most: number) =>
    files.get(path)?.subarray(offset, offset + most) ?? new Uint8Array(0)
  const filed = (details: StoredDetails): StoredDetails => {
    if (!(details instanceof Uint8Array)) return details
    files.set(`${files.size}`, details)
    return { path: `${files.size - 1}`, bytes: details.length }
  }
  let tables = buildIndicatorTables([], 'v')
  let copied = 0
  for (let i = 0; i < 60; i++) {
    const add = Array.from({ length: 500 }, (_, n) => {
      return { value: `host-${i}-${n}.example`, source: 's', comment: 'dài '.repeat(20) }
    })
    tables = applyDelta(tables, { version: 'v', add, remove: [] }, readFile)
    const from = mergeFrom(tables.layers)
    if (from === tables.layers.length) continue
    const merged: IndicatorLayer = mergeLayers(tables.layers.slice(from), tables.seed, readFile)
    copied += merged.statements
    const layer = { ...merged, details: filed(merged.details) }
    tables = { ...tables, layers: [...tables.layers.slice(0, from), layer] }
  }
  expect(tables.count).toBe(30_000)
  expect(tables.layers.length).toBeLessThan(8)
  expect(copied).toBeLessThan(30_000 * 6)
  const set = new IndicatorSet(tables, readFile)
  const found = Array.from({ length: 60 }, (_, i) =>
    set.lookUp('domain', `www.host-${i}-${i * 8}.example`, time),
  )
  expect(found.every((each) => each !== undefined)).toBe(true)
  expect(set.lookUp('domain', 'host-60-0.example', time)).toBeUndefined()
})
