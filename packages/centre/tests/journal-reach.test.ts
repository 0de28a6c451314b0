import { ManualClock } from '@haidang/runtime/clock'
import { type Scope, systemScope } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { entryColumns, journal as table } from '@haidang/runtime/journal-tables'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { JournalView, journalFields } from '../src/modules/audit/journal-view.ts'

const scopes: readonly Scope[] = [
  systemScope,
  { ...systemScope, clearance: 1 },
  { ...systemScope, organisations: ['org_a'] },
  { ...systemScope, organisations: ['org_a', 'org_b'], clearance: 2 },
  { ...systemScope, organisations: [] },
]
const filters = [
  ...['', '"dong y"', 'ĐỒNG', '100%', 'a_b', 'khan7', 'khan7 dong', 'khan7 or khan8', 'not khan7'],
  ...['time:2026-11-21', 'time<2026-11-21T00:00:10Z', 'time:2026-11-21 khan', 'time:1999-01-01'],
  ...['time>2026-11-21T00:00:30Z', 'type:order.issued khan', 'khong-co', '%', 'text:"khan7"'],
]

test('what helps a search changes nothing of what it finds, also where the clock was set back', {
  timeout: 120_000,
}, async () => {
  await using database = await testDatabase([runtimeMigrations])
  const clock = new ManualClock('2026-11-21T00:00:00.000Z')
  const journal = createJournal({ database, clock, newId: idsFrom(clock) })
  for (let n = 0; n < 60; n++) {
    clock.advance(n % 20 === 19 ? -90_000_000 : 2_000_000)
    await database.transact(systemScope, (tx) =>
      journal.append(tx, {
        type: n % 3 ? 'incident.noted' : 'order.issued',
        organisation_id: [null, 'org_a', 'org_b', 'org_c'][n % 4] ?? null,
        tlp_rank: n % 5,
        actor: { id: 'usr_1', name: 'Lan' },
        authority: 'test',
        subject: `inc_${n}`,
        reason: n % 2 ? `khẩn${n} đồng ý` : 'a_b 100%',
      }),
    )
  }
  const view = new JournalView()
  for (const scope of scopes) {
    for (const filter of filters) {
      const query = { limit: 7, filter }
      const page = keyset({ query, fields: journalFields, sorts: ['-seq'], id: table.id })
      const [helped, plain] = await database.transact(scope, async (tx) => [
        await view.list(tx, scope, query),
        await page.read(tx.select(entryColumns).from(table)),
      ])
      expect(helped, `${JSON.stringify(scope)} ${filter}`).toEqual(plain)
    }
  }
  const page = { limit: 100, filter: '' }
  const all = await database.transact(systemScope, (tx) => view.list(tx, systemScope, page))
  for (const scope of scopes) {
    const { items } = await database.transact(scope, (tx) => view.list(tx, scope, page))
    const shown = new Set(items.map(({ id }) => id))
    for (const { id } of all.items) {
      const entry = await database.transact(scope, (tx) => view.get(tx, id))
      expect(entry !== undefined, id).toBe(shown.has(id))
    }
  }
})

test('beside the policy only who sees every entry is answered', async () => {
  await using database = await testDatabase([runtimeMigrations])
  const ask = (scope: Scope) =>
    database.transact(scope, (tx) => tx.execute(sql`select journal_containing('{khan}', 5) as f`))
  expect((await ask(systemScope)).rows).toEqual([{ f: [] }])
  for (const scope of scopes.slice(1)) {
    await expect(ask(scope)).rejects.toMatchObject({ code: 'permission.missing' })
  }
})
