import type { JournalEntry } from '@haidang/contracts/journal'
import { breakText } from '@haidang/contracts/journal-check'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { systemClock } from './clock.ts'
import { systemScope } from './database/database.ts'
import { idsFrom } from './ids.ts'
import { entryHash } from './journal-chain.ts'
import { createJournal } from './journal-log.ts'
import { openJournalSource } from './journal-source.ts'
import { type ChainAnchor, type CheckOptions, verifyChain } from './journal-verifier.ts'

const length = 12

async function written() {
  const database = await testDatabase([runtimeMigrations])
  const journal = createJournal({ database, clock: systemClock, newId: idsFrom(systemClock) })
  const entries: JournalEntry[] = []
  await database.transact(systemScope, async (tx) => {
    for (let n = 1; n <= length; n++) {
      entries.push(
        await journal.append(tx, {
          type: 'incident.noted',
          organisation_id: n % 2 ? 'org_a' : null,
          actor: { id: 'usr_1', name: 'Lan' },
          authority: 'incident.handle',
          subject: `inc_${n}`,
          after: { text: `đã ghi ${n}`, amount: 1e21 },
        }),
      )
    }
  })
  const last = entries.at(-1)
  if (!last) throw new Error('nothing was written')
  return { database, journal, entries, anchor: { seq: last.seq, hash: last.hash } }
}

/** Shifts everything from a position on by one, highest first as the key wants it. */
const shift = (from: number) =>
  `update journal set seq = seq + 1000 where seq >= ${from};
   update journal set seq = seq - 999 where seq > 1000`

const copied = (of: number, at: number) =>
  `insert into journal select ${at}, 'jrn_x', time, type, organisation_id, tlp_rank, actor_id, actor_name,
     authority, subject, related, 'chen vào', before, after, previous_hash, hash from journal where seq = ${of}`

let shared: Awaited<ReturnType<typeof written>>

beforeAll(async () => {
  shared = await written()
  await shared.database.asOwner('create table genuine as table journal')
})
afterEach(() =>
  shared.database.asOwner('delete from journal; insert into journal select * from genuine'),
)
afterAll(() => shared.database[Symbol.asyncDispose]())

test.each([
  [
    'one byte of a payload',
    `update journal set after = '{"text":"đã ghi 8","amount":1e21}' where seq = 7`,
    { fault: 'altered', seq: 7 },
  ],
  ['an actor', `update journal set actor_name = 'Lam' where seq = 1`, { fault: 'altered', seq: 1 }],
  [
    'a time, by a millisecond',
    `update journal set time = time + interval '1 millisecond' where seq = 5`,
    { fault: 'altered', seq: 5 },
  ],
  [
    'the owner of a row',
    `update journal set organisation_id = 'org_b' where seq = 4`,
    { fault: 'altered', seq: 4 },
  ],
  [
    'a payload of the last entry',
    `update journal set reason = 'x' where seq = ${length}`,
    { fault: 'altered', seq: length },
  ],
  [
    'a hash',
    `update journal set hash = repeat('a', 64) where seq = 7`,
    { fault: 'hash-altered', seq: 7 },
  ],
  [
    'a hash of a predecessor',
    `update journal set previous_hash = repeat('a', 64) where seq = 7`,
    { fault: 'altered', seq: 7 },
  ],
  [
    'one entry out of the middle',
    'delete from journal where seq = 7',
    { fault: 'removed', seq: 7, until: 7 },
  ],
  [
    'several entries out of the middle',
    'delete from journal where seq between 4 and 9',
    { fault: 'removed', seq: 4, until: 9 },
  ],
  ['the first entry', 'delete from journal where seq = 1', { fault: 'removed', seq: 1, until: 1 }],
  [
    'an entry, the hole closed',
    'delete from journal where seq = 7; update journal set seq = seq - 1 where seq > 7',
    { fault: 'removed', seq: 7, until: 7 },
  ],
  [
    'two neighbours exchanged',
    'update journal set seq = 1007 where seq = 7; update journal set seq = 7 where seq = 8; update journal set seq = 8 where seq = 1007',
    { fault: 'reordered', seq: 7 },
  ],
  [
    'two apart exchanged',
    'update journal set seq = 1003 where seq = 3; update journal set seq = 3 where seq = 9; update journal set seq = 9 where seq = 1003',
    { fault: 'reordered', seq: 3 },
  ],
  ['a copy put in', `${shift(7)}; ${copied(6, 7)}`, { fault: 'inserted', seq: 7 }],
  [
    'a row nobody may see',
    'update journal set tlp_rank = 9 where seq = 7',
    { fault: 'removed', seq: 7 },
  ],
])('%s is named at its entry', async (_, act, expected) => {
  const { database, journal } = shared
  await database.asOwner(`set session_replication_role = replica; ${act}`)
  const report = await journal.verify()
  expect(report).toMatchObject({ intact: false, broken_at: expected.seq, broken: expected })
  expect(report.broken && breakText(report.broken)).toMatch(new RegExp(`\\b${expected.seq}\\b`))
})

/** What somebody can do who owns the database and knows the code: every hash after the change is right. */
async function rewrite(database: TestDatabase, entries: readonly JournalEntry[]): Promise<void> {
  let previous_hash = entries[0]?.previous_hash ?? ''
  await database.asOwner('delete from journal')
  for (const [n, { hash: _, ...entry }] of entries.entries()) {
    const open = { ...entry, seq: n + 1, previous_hash }
    previous_hash = entryHash(open)
    const values = { ...open, hash: previous_hash, folded: '' }
    await database.asOwner(
      'insert into journal select * from jsonb_populate_record(null::journal, $1)',
      [JSON.stringify(values)],
    )
  }
}

test.each<
  [
    string,
    (entries: readonly JournalEntry[]) => JournalEntry[],
    (anchors: ChainAnchor[]) => ChainAnchor[],
    object,
  ]
>([
  [
    'an entry put in and all hashes recomputed',
    (entries) =>
      entries.flatMap((entry, n) =>
        n === 6 ? [{ ...entry, id: 'jrn_x', reason: 'chen vào' }, entry] : [entry],
      ),
    ([, , third, , , , , , , , , last]) => (third && last ? [third, last] : []),
    { fault: 'rewritten', seq: 4, until: length },
  ],
  [
    'the last entry changed and its hash recomputed',
    (entries) => entries.map((entry, n) => (n === length - 1 ? { ...entry, reason: 'x' } : entry)),
    (anchors) => anchors.slice(-2),
    { fault: 'rewritten', seq: length, until: length },
  ],
  [
    'the tail cut off',
    (entries) => entries.slice(0, 8),
    (anchors) => anchors.slice(-1),
    { fault: 'cut', seq: 9, until: length },
  ],
])(
  '%s is found by what somebody else kept, and by nothing else',
  async (_, forge, kept, expected) => {
    const { database, journal, entries } = await written()
    await using _database = database
    const anchors = kept(entries.map(({ seq, hash }) => ({ seq, hash })))
    expect(await journal.verify({ anchors })).toMatchObject({
      intact: true,
      anchors: anchors.length,
    })
    await rewrite(database, forge(entries))
    expect(await journal.verify()).toMatchObject({ intact: true })
    expect(await journal.verify({ anchors })).toMatchObject({ intact: false, broken: expected })
  },
)

test('an altered entry with a hash of its own is named, not its successor', async () => {
  const { database, journal, entries } = await written()
  await using _ = database
  const { hash: written7, ...seventh } = entries[6] ?? (entries[0] as JournalEntry)
  const hash = entryHash({ ...seventh, reason: 'x' })
  await database.asOwner("update journal set reason = 'x', hash = $1 where seq = 7", [hash])
  expect(await journal.verify()).toMatchObject({
    broken: { fault: 'altered', seq: 7, expected: written7, found: hash },
  })
})

test('a check from a position on reads what follows and names what is wrong there', async () => {
  const { database, journal, anchor } = await written()
  await using _ = database
  await database.asOwner("update journal set reason = 'x' where seq = 2")
  expect(await journal.verify({ from: 5 })).toMatchObject({ intact: true, from: 5, checked: 8 })
  expect(await journal.verify({ from: 3 })).toMatchObject({ intact: false, broken_at: 2 })
  await database.asOwner("update journal set reason = 'x' where seq = 9")
  expect(await journal.verify({ from: 5, anchors: [anchor] })).toMatchObject({ broken_at: 9 })
})

test('a database is checked without a node', async () => {
  const { database, anchor } = await written()
  await using _ = database
  const direct = async (options?: CheckOptions) => {
    const source = await openJournalSource(database.url)
    return verifyChain(source, options).finally(() => source.close())
  }
  const seen: number[] = []
  expect(
    await direct({ anchors: [anchor], progress: (checked) => seen.push(checked) }),
  ).toMatchObject({
    intact: true,
    entries: length,
    checked: length,
    anchors: 1,
    head: anchor.hash,
  })
  expect(seen.at(-1)).toBe(length)
  await database.asOwner('delete from journal where seq > 10')
  expect(await direct({ anchors: [anchor] })).toMatchObject({
    broken: { fault: 'cut', seq: 11, until: 12 },
  })
})

test('a check that is called off leaves no failure of what it began to read', async () => {
  const failed = Promise.reject(new Error('the database is gone'))
  const source = { ends: async () => ({ last: 2, furthest: 2 }), read: () => failed }
  const signal = AbortSignal.abort(new Error('off'))
  await expect(verifyChain(source, { signal })).rejects.toThrow('off')
})

test('an empty journal is intact; a check that is called off ends', async () => {
  await using database = await testDatabase([runtimeMigrations])
  const journal = createJournal({ database, clock: systemClock, newId: idsFrom(systemClock) })
  expect(await journal.verify()).toMatchObject({ intact: true, entries: 0, checked: 0 })
  const { database: full, journal: long } = await written()
  await using _ = full
  await expect(long.verify({ signal: AbortSignal.abort(new Error('off')) })).rejects.toThrow('off')
})
