import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { systemClock } from './clock.ts'
import { type Database, type Scope, systemScope } from './database/database.ts'
import { idsFrom } from './ids.ts'
import type { EntryDraft, JournalReader } from './journal.ts'
import { createJournal } from './journal-log.ts'

const draft: EntryDraft = {
  type: 'incident.noted',
  organisation_id: 'org_a',
  actor: { id: 'usr_1', name: 'Lan' },
  authority: 'incident.handle',
  subject: 'inc_1',
  before: { b: 1, a: [1e21, -0, 0.1] },
  after: { text: 'nul \u0000 and \ud800', missing: undefined },
}

async function journalled(options?: { poolSize: number }) {
  const database = await testDatabase([runtimeMigrations], options)
  const journal = createJournal({ database, clock: systemClock, newId: idsFrom(systemClock) })
  const append = (change: Partial<EntryDraft> = {}, scope: Scope = systemScope) =>
    database.transact(scope, (tx) => journal.append(tx, { ...draft, ...change }))
  return { database, journal, append }
}

function seqs(database: Database): Promise<number[]> {
  return database.transact(systemScope, async (tx) => {
    const { rows } = await tx.execute<{ seq: number }>(sql`select seq from journal order by seq`)
    return rows.map(({ seq }) => seq)
  })
}

test('concurrent appends, some of them undone, leave positions without holes and an intact chain', async () => {
  const { database, journal, append } = await journalled({ poolSize: 8 })
  await using _ = database
  await Promise.allSettled(
    Array.from({ length: 40 }, (_, index) =>
      database.transact(systemScope, async (tx) => {
        await journal.append(tx, { ...draft, subject: `inc_${index}` })
        if (index % 3 === 0) throw new Error('undone')
      }),
    ),
  )
  const last = await append()
  expect(await seqs(database)).toEqual(Array.from({ length: 27 }, (_, index) => index + 1))
  expect(await journal.verify()).toMatchObject({
    entries: 27,
    intact: true,
    broken_at: null,
    head: last.hash,
  })
})

test('an organisation appends to a chain whose other rows it cannot see', async () => {
  const { database, journal, append } = await journalled()
  await using _ = database
  await append({ organisation_id: 'org_b' })
  const scope: Scope = { actor: draft.actor, organisations: ['org_a'], clearance: 2 }
  expect((await append({}, scope)).seq).toBe(2)
  const { rows } = await database.transact(scope, (tx) => tx.execute(sql`select seq from journal`))
  expect(rows).toEqual([{ seq: 2 }])
  expect(await journal.verify()).toMatchObject({ intact: true })
})

test('the application can neither change nor remove what is written', async () => {
  const { database, append } = await journalled()
  await using _ = database
  await append()
  for (const act of [
    "update journal set reason = 'x'",
    'delete from journal',
    'truncate journal',
  ]) {
    const attempt = database.transact(systemScope, (tx) => tx.execute(sql.raw(act)))
    await expect(attempt).rejects.toMatchObject({ code: 'permission.missing' })
  }
})

test.each([
  ["update journal set reason = 'nothing happened' where seq = 2", 2],
  ["update journal set after = '{}' where seq = 1", 1],
  ['delete from journal where seq = 2', 2],
  ['delete from journal where seq = 3', 3],
])('whoever owns the database cannot hide: %s', async (act, brokenAt) => {
  const { database, journal, append } = await journalled()
  await using _ = database
  for (let i = 0; i < 3; i++) await append()
  await readAll(journal, database, 3)
  await database.asOwner(act)
  expect(await journal.verify()).toMatchObject({ intact: false, broken_at: brokenAt })
})

async function readAll(
  journal: ReturnType<typeof createJournal>,
  database: Database,
  upTo: number,
): Promise<void> {
  const stop = new AbortController()
  const reader: JournalReader = { name: 'to the end', types: 'all', handle: async () => undefined }
  const done = journal.follow(reader, stop.signal)
  await vi.waitFor(async () => {
    const { rows } = await database.transact(systemScope, (tx) =>
      tx.execute(sql`select seq from journal_reader`),
    )
    expect(rows).toEqual([{ seq: upTo }])
  })
  stop.abort()
  await done
}

test('a reader killed half way handles every entry exactly once, in order', async () => {
  const { database, journal, append } = await journalled()
  await using _ = database
  await database.asOwner(
    `create table seen (n int generated always as identity, seq int unique);
     grant select, insert on seen to haidang_app; grant usage on all sequences in schema public to haidang_app`,
  )
  for (let i = 0; i < 5; i++) await append()
  let faults = 2
  const reader: JournalReader = {
    name: 'careful',
    types: ['incident.noted'],
    handle: async (tx, entry) => {
      await tx.execute(sql`insert into seen (seq) values (${entry.seq})`)
      if (entry.seq === 3 && faults-- > 0) throw new Error('killed')
    },
  }
  const stop = new AbortController()
  const done = journal.follow(reader, stop.signal)
  await append({ type: 'incident.opened' })
  await append()
  const seen = async () =>
    (await database.asOwner('select seq from seen order by n')).rows.map(({ seq }) => seq)
  await vi.waitFor(async () => expect(await seen()).toEqual([1, 2, 3, 4, 5, 7]), {
    timeout: 10_000,
  })
  stop.abort()
  await done
})

test('whoever waits is woken by the commit, and not by what was undone', async () => {
  const { database, journal, append } = await journalled()
  await using _ = database
  let wakes = 0
  const first = Promise.withResolvers<void>()
  const stop = journal.onAppend(() => {
    wakes++
    first.resolve()
  })
  await first.promise
  await vi.waitFor(async () => {
    const before = wakes
    await append()
    await vi.waitFor(() => expect(wakes).toBeGreaterThan(before), { timeout: 2_000 })
  })
  stop()
})
