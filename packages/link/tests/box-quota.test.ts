import { ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BoxQuota } from '../src/boxes/box-quota.ts'
import { BoxStore } from '../src/boxes/box-store.ts'
import { upKey } from '../src/boxes/outbox.ts'
import { linkMigrations } from '../src/migrations.ts'
import { beyond, readBatch } from '../src/wire/batch.ts'

const key = upKey('events')
const clock = new ManualClock('2026-03-01T00:00:00.000Z')
const boxes = new BoxStore(clock)
let db: TestDatabase

beforeAll(async () => {
  db = await testDatabase([runtimeMigrations, linkMigrations])
})
afterAll(() => db[Symbol.asyncDispose]())

/** The other end as the link wants it: everything up to `stored`, records by number, gaps by what they cover. */
class Parent {
  stored = 0
  readonly records = new Map<number, number>()
  missing = 0

  take({ first, last, lines }: { first: number; last: number; lines: readonly string[] }): number {
    expect(first, 'no hole').toBeLessThanOrEqual(this.stored + 1)
    for (const entry of beyond(
      readBatch(Buffer.from(lines.join('\n')), { first, last }),
      this.stored,
    )) {
      if (entry.kind === 'record') this.records.set(entry.first, Number(entry.value['n']))
      else {
        expect(entry.gap.count).toBe(entry.last - entry.first + 1)
        this.missing += entry.gap.count
      }
    }
    this.stored = Math.max(this.stored, last)
    return this.stored
  }
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ append: fc.array(fc.nat(80), { maxLength: 12 }) }) },
  fc.record({ take: fc.integer({ min: 1, max: 8 }), isLost: fc.boolean() }),
  // A batch that reaches the parent while the child goes on, answered later.
  fc.record({
    take: fc.integer({ min: 1, max: 8 }),
    late: fc.array(fc.nat(80), { maxLength: 20 }),
  }),
)
const quota: fc.Arbitrary<BoxQuota> = fc.record({
  records: fc.integer({ min: 1, max: 15 }),
  bytes: fc.integer({ min: 100, max: 900 }),
  gives: fc.constantFrom('oldest', 'newest'),
})

/** The child's end, over an empty box. */
class Child {
  made = 0
  readonly #limit: BoxQuota

  constructor(limit: BoxQuota) {
    this.#limit = limit
  }

  static async open(limit: BoxQuota): Promise<Child> {
    await db.asOwner('delete from link_box_record')
    await db.asOwner('delete from link_box')
    await db.transact(systemScope, (tx) => boxes.open(tx, key))
    return new Child(limit)
  }

  append(sizes: readonly number[]): Promise<void> {
    clock.advance(1000)
    const lines = sizes.map((size) => JSON.stringify({ n: ++this.made, x: 'x'.repeat(size) }))
    return db.transact(systemScope, (tx) => boxes.append(tx, key, lines, this.#limit))
  }

  /** Sends one batch; false: nothing waits. */
  async send(parent: Parent, { take, isLost = false, late = [] }: Sending): Promise<boolean> {
    const batch = await db.transact(systemScope, (tx) => boxes.next(tx, key, 0, take))
    const stored = batch && parent.take(batch)
    await this.append(late)
    if (stored === undefined) return false
    if (!isLost) await db.transact(systemScope, (tx) => boxes.confirm(tx, key, stored))
    return true
  }
}

interface Sending {
  readonly take: number
  /** The answer does not come through. */
  readonly isLost?: boolean
  /** Sizes of lines that come while the batch is on its way. */
  readonly late?: readonly number[]
}

test('whatever waits, gives way and is sent again: each number is at the parent once, as record or in a gap', async () => {
  await fc.assert(
    fc.asyncProperty(quota, fc.array(step, { maxLength: 25 }), async (limit, steps) => {
      const parent = new Parent()
      const child = await Child.open(limit)
      for (const each of steps) {
        if ('append' in each) await child.append(each.append)
        else await child.send(parent, each)
        await verifyBox(limit)
      }
      while (await child.send(parent, { take: 7 }));
      expect(parent.stored).toBe(child.made)
      expect(parent.records.size + parent.missing).toBe(child.made)
      for (const [seq, n] of parent.records) expect(n).toBe(seq)
    }),
    { numRuns: 20 },
  )
})

/** Counters say what is there, the quota holds, and gap records never outnumber records by more than one. */
async function verifyBox(limit: BoxQuota): Promise<void> {
  const [lane] = await db.transact(systemScope, (tx) => boxes.lanes(tx, 'up', ''))
  const { rows } = await db.asOwner(
    `select count(*) filter (where dropped = 0)::int as waiting, coalesce(sum(size), 0)::int as bytes,
       count(*) filter (where dropped > 0)::int as gaps from link_box_record`,
  )
  expect(lane).toMatchObject({ waiting: rows[0]?.waiting, bytes: rows[0]?.bytes })
  expect(lane?.waiting).toBeLessThanOrEqual(limit.records)
  expect(lane?.bytes).toBeLessThanOrEqual(limit.bytes)
  expect(rows[0]?.gaps).toBeLessThanOrEqual((lane?.waiting ?? 0) + 1)
  expect(lane?.oldest_at === null).toBe(lane?.waiting === 0)
}
