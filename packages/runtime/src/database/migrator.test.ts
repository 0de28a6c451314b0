import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test } from 'vitest'
import { silentLog } from '../silent-log.ts'
import { type MigrationSet, migrate } from './migrator.ts'

async function setOf(files: Record<string, string>): Promise<MigrationSet> {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-migrations-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text)
  return { name: 'thing', directory }
}

const first = { '0001-thing.sql': 'create table thing (id int primary key)' }

test('each file is applied once, by name, also when two processes start together', async () => {
  await using database = await testDatabase([runtimeMigrations])
  const set = await setOf({
    '0002-thing-name.sql': 'alter table thing add name text',
    ...first,
    'notes.txt': 'not a migration',
  })
  const both = await Promise.all([
    migrate(database.url, [runtimeMigrations, set], silentLog),
    migrate(database.url, [runtimeMigrations, set], silentLog),
  ])
  expect(both.flat()).toEqual(['thing/0001-thing.sql', 'thing/0002-thing-name.sql'])
})

test('an applied file that was edited or removed is refused; other line ends are no edit', async () => {
  await using database = await testDatabase([runtimeMigrations])
  const set = await setOf({ '0001-thing.sql': 'create table thing (\nid int)' })
  await migrate(database.url, [set], silentLog)
  const file = join(set.directory, '0001-thing.sql')
  await writeFile(file, 'create table thing (\r\nid int)')
  expect(await migrate(database.url, [set], silentLog)).toEqual([])
  await writeFile(file, 'create table thing (id bigint)')
  await expect(migrate(database.url, [set], silentLog)).rejects.toThrow(
    'thing/0001-thing.sql was applied and has since been edited',
  )
  await rm(file)
  await expect(migrate(database.url, [set], silentLog)).rejects.toThrow(
    'made by a newer version of this program: it has thing/0001-thing.sql',
  )
})

test('a file that fails leaves nothing of itself and names itself', async () => {
  await using database = await testDatabase([runtimeMigrations])
  const set = await setOf({
    ...first,
    '0002-thing-broken.sql': 'create table other (id int); select nonsense',
  })
  await expect(migrate(database.url, [set], silentLog)).rejects.toThrow('thing/0002-thing-broken')
  const { rows } = await database.asOwner("select to_regclass('other') as other")
  expect(rows).toEqual([{ other: null }])
})
