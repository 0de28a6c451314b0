import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test } from 'vitest'
import { createProgram } from '../program.ts'

async function haidang(...words: string[]) {
  const out: string[] = []
  const io = {
    out: (text: string) => void out.push(text),
    err: () => undefined,
    dataDirectory: '/nonexistent',
    environment: {},
  }
  const program = await createProgram(io, new AbortController().signal)
  const error: unknown = await program.parseAsync(['node', 'haidang', ...words]).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return { out, error: error instanceof Error ? error.message : error }
}

test('audit verify reads a database without a node and names the entry that was altered', async () => {
  await using database = await testDatabase([runtimeMigrations])
  const journal = createJournal({ database, clock: systemClock, newId: idsFrom(systemClock) })
  const ids: string[] = []
  for (let n = 0; n < 5; n++) {
    const entry = await database.transact(systemScope, (tx) =>
      journal.append(tx, {
        type: 'incident.noted',
        organisation_id: null,
        actor: systemScope.actor,
        authority: 'test',
        subject: `inc_${n}`,
        reason: 'ghi chú',
      }),
    )
    ids.push(entry.id)
  }
  const verify = (...more: string[]) =>
    haidang('audit', 'verify', '--database', database.url, ...more)
  const whole = await verify('--json')
  expect(whole.error).toBeUndefined()
  expect(JSON.parse(whole.out[0] ?? '')).toMatchObject({ intact: true, entries: 5, checked: 5 })
  await database.asOwner(
    "set session_replication_role = replica; update journal set reason = 'ghi chu' where seq = 3",
  )
  const broken = await verify('--json')
  expect(JSON.parse(broken.out[0] ?? '')).toMatchObject({
    intact: false,
    broken_at: 3,
    broken: { fault: 'altered', seq: 3, entry_id: ids[2] },
  })
  expect(broken.error).toMatch(`entry 3 (${ids[2]}) was altered`)
  expect((await verify('--since', '5')).error).toBeUndefined()
  expect((await verify('--since', '2999-01-01T00:00:00Z')).error).toBeUndefined()
  expect((await verify('--since', 'yesterday')).error).toContain('--since takes')
})

test('audit verify says where to look when there is neither node nor database', async () => {
  expect((await haidang('audit', 'verify')).error).toContain('--database')
})
