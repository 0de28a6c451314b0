import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { systemClock } from '../clock.ts'
import { silentLog } from '../silent-log.ts'
import { type Scope, systemScope } from './database.ts'
import { openDatabase } from './open-database.ts'

function scopeOf(organisation: string, clearance = 4): Scope {
  return { actor: { id: 'usr_x', name: 'x' }, organisations: [organisation], clearance }
}

async function noteDatabase() {
  const database = await testDatabase([runtimeMigrations])
  await database.asOwner(`
    create table note (id int primary key, organisation_id text, tlp_rank smallint not null default 0);
    alter table note enable row level security;
    alter table note force row level security;
    create policy note_of_owner on note
      using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));
    grant select, insert, update, delete on note to haidang_app`)
  return database
}

test('a hundred concurrent transactions of two organisations never see each other', async () => {
  await using database = await noteDatabase()
  await database.transact(systemScope, async (tx) => {
    await tx.execute(sql`insert into note select i, case when i % 2 = 0 then 'org_a' else 'org_b' end
      from generate_series(1, 20) i`)
  })
  const seen = await Promise.all(
    Array.from({ length: 100 }, (_, index) => {
      const organisation = index % 2 === 0 ? 'org_a' : 'org_b'
      return database.transact(scopeOf(organisation), async (tx) => {
        const { rows } = await tx.execute(sql`select distinct organisation_id as id from note`)
        return { organisation, rows }
      })
    }),
  )
  for (const { organisation, rows } of seen) expect(rows).toEqual([{ id: organisation }])
})

test('a row of another organisation, or above the clearance, is refused as missing permission', async () => {
  await using database = await noteDatabase()
  const insert = (scope: Scope, organisation: string | null, rank: number) =>
    database.transact(scope, (tx) =>
      tx.execute(sql`insert into note values (1, ${organisation}, ${rank})`),
    )
  await expect(insert(scopeOf('org_a'), 'org_b', 0)).rejects.toMatchObject({
    code: 'permission.missing',
  })
  await expect(insert(scopeOf('org_a', 2), 'org_a', 3)).rejects.toMatchObject({
    code: 'permission.missing',
  })
  await expect(insert(scopeOf('org_a'), null, 0)).rejects.toMatchObject({
    code: 'permission.missing',
  })
  await insert(scopeOf('org_a', 3), 'org_a', 3)
})

test('an organisation list cannot be smuggled in through a comma or a star', async () => {
  await using database = await noteDatabase()
  await database.transact(systemScope, (tx) =>
    tx.execute(sql`insert into note values (1, 'org_b', 0)`),
  )
  for (const forged of ['org_a,org_b', '*']) {
    const { rows } = await database.transact(scopeOf(forged), (tx) =>
      tx.execute(sql`select * from note`),
    )
    expect(rows).toEqual([])
  }
})

test('counts are numbers, and a failed transaction leaves nothing', async () => {
  await using database = await noteDatabase()
  const failing = database.transact(systemScope, async (tx) => {
    await tx.execute(sql`insert into note values (1, 'org_a', 0)`)
    throw new Error('half way')
  })
  await expect(failing).rejects.toThrow('half way')
  const { rows } = await database.transact(systemScope, (tx) =>
    tx.execute(sql`select count(*) as n from note`),
  )
  expect(rows).toEqual([{ n: 0 }])
})

test('transactions that fail to serialise are repeated until they succeed', async () => {
  await using database = await noteDatabase()
  await database.asOwner("insert into note values (1, 'org_a', 0)")
  await database.asOwner(
    `do $$ begin execute format('alter database %I set default_transaction_isolation to ''repeatable read''', current_database()); end $$`,
  )
  const add = () =>
    database.transact(systemScope, (tx) =>
      tx.execute(sql`update note set tlp_rank = tlp_rank + 1 where id = 1`),
    )
  await Promise.all([add(), add(), add(), add()])
  const { rows } = await database.asOwner('select tlp_rank from note')
  expect(rows).toEqual([{ tlp_rank: 4 }])
})

test('a database that does not answer is said to be unavailable', async () => {
  const opening = openDatabase({
    url: 'postgres://nobody@127.0.0.1:1/nothing',
    migrations: [],
    clock: systemClock,
    log: silentLog,
  })
  await expect(opening).rejects.toMatchObject({ code: 'database.unavailable' })
})

test('a connection that breaks inside a transaction fails that transaction and nothing else', async () => {
  await using database = await testDatabase([])
  const broken = database.transact(systemScope, async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    // Between two statements nobody waits for an answer: the break arrives as an event of its own.
    await database.asOwner('select pg_terminate_backend($1, 5000)', [rows[0]?.pid])
    await tx.execute(sql`select 1`)
  })
  await expect(broken).rejects.toThrow()
  await database.ping()
})

test('more than is got done is told: who would wait too long is refused, and what waits is seen', async () => {
  await using database = await testDatabase([runtimeMigrations])
  const narrow = await openDatabase({
    url: database.url,
    migrations: [runtimeMigrations],
    clock: systemClock,
    log: silentLog,
    poolSize: 1,
    waitLimit: 200,
  })
  const started = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const held = narrow.transact(systemScope, async () => {
    started.resolve()
    await release.promise
  })
  await started.promise
  expect(narrow.isBusy).toBe(false)
  const late = Array.from({ length: 3 }, () => narrow.transact(systemScope, async () => 'done'))
  const outcomes = Promise.allSettled(late)
  await expect.poll(() => narrow.isBusy).toBe(true)
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'database.busy' } })
  }
  release.resolve()
  await held
  expect(narrow.isBusy).toBe(false)
  expect(await narrow.transact(systemScope, async () => 'done')).toBe('done')
  await narrow.close()
})

test('callers who take every connection they may leave some to the node’s own work', async () => {
  await using database = await testDatabase([runtimeMigrations])
  const narrow = await openDatabase({
    url: database.url,
    migrations: [runtimeMigrations],
    clock: systemClock,
    log: silentLog,
    poolSize: 5,
    waitLimit: 300,
  })
  const release = Promise.withResolvers<void>()
  let isIn = 0
  const held = Array.from({ length: 5 }, () =>
    narrow.asCaller(() =>
      narrow.transact(systemScope, async () => {
        isIn++
        await release.promise
      }),
    ),
  )
  const outcomes = Promise.allSettled(held)
  await expect.poll(() => isIn).toBe(4)
  expect(await narrow.transact(systemScope, async () => 'done')).toBe('done')
  await expect.poll(() => narrow.isBusy).toBe(true)
  // The fifth is refused when it has waited, and takes no place with it.
  await expect(held[4]).rejects.toMatchObject({ code: 'database.busy' })
  release.resolve()
  await outcomes
  const again = Array.from({ length: 8 }, (_, n) =>
    narrow.asCaller(() => narrow.transact(systemScope, async () => n)),
  )
  expect(await Promise.all(again)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  await narrow.close()
  // What the driver says without a code is said as what it is.
  await expect(narrow.transact(systemScope, async () => 'late')).rejects.toMatchObject({
    code: 'database.unavailable',
  })
})

test('a statement of a caller that takes too long is stopped and told; the node’s own goes on', async () => {
  await using database = await testDatabase([runtimeMigrations])
  const limited = await openDatabase({
    url: database.url,
    migrations: [runtimeMigrations],
    clock: systemClock,
    log: silentLog,
    poolSize: 2,
    statementLimit: 200,
  })
  const sleep = (scope: Scope, seconds: number) =>
    limited.transact(scope, (tx) => tx.execute(sql`select pg_sleep(${seconds})`))
  await expect(sleep(scopeOf('org_a'), 20)).rejects.toMatchObject({ code: 'request.too-slow' })
  await sleep(scopeOf('org_a'), 0)
  await sleep(systemScope, 0.5)
  await limited.close()
})
