import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { centreMigrations } from '@haidang/centre/migrations'
import { linkMigrations } from '@haidang/link/migrations'
import { systemScope } from '@haidang/runtime/database/database'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { stationMigrations } from '@haidang/station/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { is, sql } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

// ADR 0003: SQL files make the tables, pgTable describes them to the program; both must say the same.
const packages = join(import.meta.dirname, '../../packages')
const files = readdirSync(packages, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('-tables.ts') && !name.includes('node_modules'),
)
const tables: PgTable[] = []
for (const file of files) {
  const exported = (await import(join(packages, file))) as Record<string, unknown>
  for (const value of Object.values(exported)) if (is(value, PgTable)) tables.push(value)
}

let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  database = await testDatabase([
    runtimeMigrations,
    linkMigrations,
    stationMigrations,
    centreMigrations,
  ])
})
afterAll(() => database[Symbol.asyncDispose]())

async function rows<Row>(query: ReturnType<typeof sql>): Promise<Row[]> {
  const result = await database.transact(systemScope, (tx) => tx.execute(query))
  return result.rows as Row[]
}

test('the packages describe tables', () => {
  expect(tables.length).toBeGreaterThan(20)
})

test.each(tables.map((table) => [getTableConfig(table)] as const))(
  'table $name is what its migration made',
  async ({ name, schema, columns }) => {
    const made = await rows<{ name: string; nullable: boolean }>(
      sql`select column_name as name, is_nullable = 'YES' as nullable from information_schema.columns
          where table_schema = ${schema ?? 'public'} and table_name = ${name}`,
    )
    const described = columns.map((column) => ({ name: column.name, nullable: !column.notNull }))
    const known = made.filter((row) => described.some((column) => column.name === row.name))
    const sorted = (list: { name: string; nullable: boolean }[]) =>
      list.toSorted((a, b) => a.name.localeCompare(b.name))
    expect(sorted(known)).toEqual(sorted(described))
  },
)

test('every table has row-level security, forced also for its owner, and a policy', async () => {
  const bare = await rows<{ name: string }>(
    sql`select n.nspname || '.' || c.relname as name from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'haidang_jobs')
          and c.relname <> 'migration'
          and (not c.relrowsecurity or not c.relforcerowsecurity
               or not exists (select 1 from pg_policy p where p.polrelid = c.oid))`,
  )
  expect(bare).toEqual([])
})

// Roles are words and regulations rules, the same for all; a node's name and language stand on its sign-in page.
const everybodys = new Set(['role', 'node_setting', 'regulation_version'])

test('who asks for no organisation sees no row of anybody', async () => {
  const nobody = { actor: { id: 'nobody', name: 'nobody' }, organisations: [], clearance: 4 }
  for (const table of tables) {
    const { name, schema } = getTableConfig(table)
    if (everybodys.has(name)) continue
    const relation = sql`${sql.identifier(schema ?? 'public')}.${sql.identifier(name)}`
    const seen = await database.transact(nobody, (tx) =>
      tx.execute(sql`select count(*)::int as count from ${relation}`),
    )
    expect((seen.rows[0] as { count: number }).count, name).toBe(0)
  }
})
