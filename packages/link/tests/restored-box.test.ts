import { ManualClock } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { giveAgain, meetAgain } from '../src/boxes/box-meeting.ts'
import { atMost } from '../src/boxes/box-quota.ts'
import { BoxStore } from '../src/boxes/box-store.ts'
import { downKey } from '../src/boxes/downbox.ts'
import { EnvelopeStore } from '../src/envelopes/envelope-store.ts'
import { linkMigrations } from '../src/migrations.ts'

// Two nodes of which one was restored from a backup: numbers both remember differently.
const key = downKey('nod_child', 'messages')
const clock = new ManualClock('2026-03-01T00:00:00.000Z')
const boxes = new BoxStore(clock)
let db: TestDatabase

beforeAll(async () => {
  db = await testDatabase([runtimeMigrations, linkMigrations])
})
afterAll(() => db[Symbol.asyncDispose]())
beforeEach(() =>
  db.asOwner('truncate link_box, link_box_record, link_envelope').then(() => undefined),
)

const within = <T>(work: (tx: Tx) => Promise<T>) => db.transact(systemScope, work)

/** Says something to the child, as the parent does: kept until confirmed, and in the record of all that was sent. */
function say(...words: string[]): Promise<void> {
  return within(async (tx) => {
    await boxes.open(tx, key)
    for (const id of words) {
      const envelope = {
        specversion: '1.0',
        id,
        source: 'x',
        type: 'order.issued',
        subject: id,
        time: clock.iso(),
        tlp: 'green',
        from: 'org_a',
        to: 'org_b',
        exercise: false,
        dataschema: 'x',
        data: {},
        signature: 'x',
      } as unknown as Parameters<EnvelopeStore['sent']>[2]
      await boxes.append(tx, key, [JSON.stringify(envelope)], atMost(100))
      await new EnvelopeStore(clock).sent(tx, 'nod_child', envelope)
    }
  })
}

/** What the child gets after a number: first, last, and the words or the gap. */
async function heard(after: number) {
  const batch = await within((tx) => boxes.next(tx, key, after))
  const lines = batch?.lines.map((line) => JSON.parse(line))
  return {
    first: batch?.first,
    last: batch?.last,
    words: lines?.map(({ id, gap }) => id ?? gap),
  }
}

test('a child that lost orders it had confirmed is given them again, and those that waited after them', async () => {
  await say('1', '2', '3', '4', '5')
  await within((tx) => boxes.confirm(tx, key, 4))
  await within((tx) => giveAgain(tx, key, 1, clock))
  expect(await heard(1)).toEqual({ first: 2, last: 5, words: ['2', '3', '4', '5'] })
  expect(await within((tx) => boxes.counters(tx, key))).toMatchObject({ confirmed: 1, waiting: 4 })
  await within((tx) => boxes.confirm(tx, key, 5))
  expect(await within((tx) => boxes.counters(tx, key))).toMatchObject({
    confirmed: 5,
    waiting: 0,
    bytes: 0,
  })
})

test('what is no longer in the record of what was sent is told as a gap', async () => {
  await say('1', '2', '3')
  await within((tx) => boxes.confirm(tx, key, 3))
  await db.asOwner(`delete from link_envelope where envelope_id in ('1', '2')`)
  await within((tx) => giveAgain(tx, key, 0, clock))
  const { first, last, words } = await heard(0)
  expect({ first, last }).toEqual({ first: 1, last: 3 })
  expect(words).toEqual([expect.objectContaining({ first: 1, last: 2, count: 2 }), '3'])
})

test('a parent that is behind says what is new above all a child holds, also when it said much before they met', async () => {
  // Of its earlier life the backup knows two orders; the child holds five.
  await say('1', '2')
  await within((tx) => boxes.confirm(tx, key, 2))
  await db.asOwner('update link_box set restored = true')
  await say('new 3', 'new 4', 'new 5', 'new 6')
  await within((tx) => meetAgain(tx, key, 5))
  expect(await heard(5)).toEqual({
    first: 6,
    last: 9,
    words: ['new 3', 'new 4', 'new 5', 'new 6'],
  })
  // Once is enough: from here on a number means what it says.
  await within((tx) => meetAgain(tx, key, 7))
  expect(await within((tx) => boxes.counters(tx, key))).toMatchObject({ last: 9, confirmed: 5 })
})

test('without a restore nothing is numbered anew', async () => {
  await say('1', '2', '3')
  await within((tx) => meetAgain(tx, key, 2))
  expect(await heard(0)).toMatchObject({ first: 1, last: 3 })
})
