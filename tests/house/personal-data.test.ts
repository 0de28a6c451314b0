import { centreMigrations } from '@haidang/centre/migrations'
import { notPersonal } from '@haidang/contracts/not-personal'
import { personalDataRegister } from '@haidang/contracts/personal-data'
import { linkMigrations } from '@haidang/link/migrations'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { stationMigrations } from '@haidang/station/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { beforeAll, expect, test } from 'vitest'

// The register of processing of personal data is data; a column that sounds of a person must stand in it, or say why not.
const sounds =
  /(email$|phone|position|ip_address|user_agent|user_id|person_id|people|(?<!f)actor|author(?!ity)|reviewer|openpgp|contact|_by(_id|_name)?$)/
const plainName = /^name$/
const declared = personalDataRegister.flatMap(({ columns }) => columns)
const excused = Object.keys(notPersonal)
let columns: string[]

beforeAll(async () => {
  await using database = await testDatabase([
    runtimeMigrations,
    linkMigrations,
    stationMigrations,
    centreMigrations,
  ])
  const { rows } = await database.asOwner(
    `select table_schema || '.' || table_name || '.' || column_name as column
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema in ('public', 'auth') and table_type = 'BASE TABLE' order by 1`,
  )
  columns = rows.map(({ column }) => String(column))
})

function covers(pattern: string, column: string): boolean {
  return pattern.endsWith('*') ? column.startsWith(pattern.slice(0, -1)) : column === pattern
}

test('every column that sounds of a person stands in the register, or says why it does not', () => {
  const suspicious = columns.filter((column) => {
    const name = column.split('.')[2] ?? ''
    return sounds.test(name) || plainName.test(name)
  })
  const unknown = suspicious.filter(
    (column) => ![...declared, ...excused].some((pattern) => covers(pattern, column)),
  )
  expect(suspicious.length).toBeGreaterThan(40)
  expect(unknown, 'declare it in packages/contracts/src/personal-data.ts').toEqual([])
})

test('every column the register names is there', () => {
  const gone = [...declared, ...excused].filter(
    (pattern) => !columns.some((column) => covers(pattern, column)),
  )
  expect(gone).toEqual([])
})

test('every processing says what, of whom, why, on what ground, for whom and until when, in both languages', () => {
  for (const { id, columns: _, ...labels } of personalDataRegister)
    for (const [field, words] of Object.entries(labels))
      expect(words, `${id}.${field}`).toMatchObject({
        vi: expect.stringMatching(/\S/),
        en: expect.stringMatching(/\S/),
      })
})
