import { centreMigrations } from '@haidang/centre/migrations'
import { centreRowAccess } from '@haidang/centre/row-access'
import { linkMigrations } from '@haidang/link/migrations'
import { linkRowAccess } from '@haidang/link/row-access'
import { policyStatements } from '@haidang/runtime/database/row-access'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { runtimeRowAccess } from '@haidang/runtime/row-access'
import { stationMigrations } from '@haidang/station/migrations'
import { stationRowAccess } from '@haidang/station/row-access'
import { testDatabase } from '@haidang/testbed/test-database'
import { afterAll, beforeAll, expect, test } from 'vitest'

// Who sees which rows is declared once, in src/row-access.ts of each package; migrations carry the policies.
const declared = [runtimeRowAccess, linkRowAccess, stationRowAccess, centreRowAccess].flat()

interface Policy {
  readonly name: string
  readonly rule: string
}

let database: Awaited<ReturnType<typeof testDatabase>>
let migrated: ReadonlyMap<string, Policy[]>
let generated: ReadonlyMap<string, Policy[]>

beforeAll(async () => {
  database = await testDatabase([
    runtimeMigrations,
    linkMigrations,
    stationMigrations,
    centreMigrations,
  ])
  migrated = await policies()
  const statements = declared.flatMap((access) => {
    const present = migrated.get(access.table)?.map(({ name }) => name) ?? []
    return policyStatements(access, present)
  })
  await database.asOwner(statements.join(';\n'))
  generated = await policies()
})
afterAll(() => database?.[Symbol.asyncDispose]())

/** Every table with its policies, in the words of the database itself. */
async function policies(): Promise<Map<string, Policy[]>> {
  const { rows } = await database.asOwner(`
    select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as table,
      p.policyname as name,
      concat_ws(' | ', p.cmd, p.permissive, p.roles::text, 'using ' || p.qual, 'check ' || p.with_check) as rule
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_policies p on p.schemaname = n.nspname and p.tablename = c.relname
    where c.relkind in ('r', 'p') and n.nspname in ('public', 'auth')
    order by 1, 3`)
  const found = new Map<string, Policy[]>()
  for (const { table, name, rule } of rows) {
    const list = found.get(table) ?? []
    if (name !== null) list.push({ name, rule })
    found.set(table, list)
  }
  return found
}

test('every table is declared, and no other', () => {
  const tables = declared.map(({ table }) => table)
  expect(tables.toSorted(), 'say in src/row-access.ts of its package who sees its rows').toEqual(
    [...migrated.keys()].toSorted(),
  )
  expect(new Set(tables).size).toBe(tables.length)
})

test('the migrated policies are those the declaration makes', () => {
  for (const { table } of declared) {
    const rules = generated.get(table)?.map(({ rule }) => rule) ?? []
    expect({ table, rules: migrated.get(table)?.map(({ rule }) => rule) }).toEqual({ table, rules })
    expect(rules, table).not.toEqual([])
  }
})

test('no table that carries a TLP is declared without it', async () => {
  const { rows } = await database.asOwner(
    `select table_name as table from information_schema.columns
     where table_schema = 'public' and column_name = 'tlp_rank'`,
  )
  expect(rows.length).toBeGreaterThan(15)
  for (const { table } of rows) {
    const access = declared.find((one) => one.table === table)
    expect(access, table).toMatchObject({ rank: 'tlp_rank' })
  }
})
