import { parseFilter } from '@haidang/contracts/filter'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { instant, json } from './columns.ts'
import { systemScope } from './database.ts'
import { type FilterFields, filterToSql } from './filter-sql.ts'

const thing = pgTable('thing', {
  id: integer('id').primaryKey(),
  code: text('code'),
  title: text('title'),
  weight: integer('weight'),
  seen: instant('seen'),
  address: text('address'),
  hot: boolean('hot'),
  tags: json<string[]>('tags'),
})
const fields: FilterFields = {
  code: { column: thing.code, kind: 'word' },
  title: { column: thing.title, kind: 'text' },
  weight: { column: thing.weight, kind: 'number' },
  seen: { column: thing.seen, kind: 'time' },
  address: { column: thing.address, kind: 'ip' },
  hot: { column: thing.hot, kind: 'boolean' },
  tags: { column: thing.tags, kind: 'member' },
}
let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  database = await testDatabase([runtimeMigrations])
  await database.asOwner(`create table thing (id int primary key, code text, title text, weight int,
    seen timestamptz, address text, hot boolean, tags jsonb);
    grant select, insert on thing to haidang_app`)
  const rows = [
    ['A-1', 'Tấn công vào Đà Nẵng', 5, '2026-11-22T08:00:00.123Z', '203.0.113.9', true, ['x']],
    ['B_2', '100% sure', 7, '2026-11-23T00:00:00.000Z', '2001:db8::1', false, ['x', 'y']],
    [null, 'nothing', null, null, null, null, []],
  ] as const
  await database.transact(systemScope, async (tx) => {
    for (const [index, [code, title, weight, seen, address, hot, tags]] of rows.entries()) {
      await tx
        .insert(thing)
        .values({ id: index + 1, code, title, weight, seen, address, hot, tags: [...tags] })
    }
  })
})
afterAll(() => database[Symbol.asyncDispose]())

function found(filter: string): Promise<number[]> {
  return database.transact(systemScope, async (tx) => {
    const read = parseFilter(filter)
    if (!read.ok || !read.node) throw new Error(`unreadable ${filter}`)
    const rows = await tx.select().from(thing).where(filterToSql(read.node, fields))
    return rows.map(({ id }) => id).sort()
  })
}

test.each([
  ['code:A-1', [1]],
  ['not code:A-1', [2, 3]],
  ['code:B*', [2]],
  ['code:B%', []],
  ['code:""', [3]],
  ['title:"da nang"', [1]],
  ['title:"ĐÀ NẴNG"', [1]],
  ['title:"0% s"', [2]],
  ['tấn', [1]],
  ['weight>=5 and weight<7', [1]],
  ['seen:2026-11-22', [1]],
  ['seen>2026-11-22T08:00:00.200Z', [2]],
  ['address:203.0.113.0/24', [1]],
  ['address:203.0.113.77/24', [1]],
  ['address:2001:db8::/32', [2]],
  ['hot:true or hot:false', [1, 2]],
  ['tags:y', [2]],
  ['tags:x and not tags:y', [1]],
])('the filter %s finds %j', async (filter, expected) => {
  expect(await found(filter)).toEqual(expected)
})

test.each([
  ['titel:x', 'did you mean title?'],
  ['weight:heavy', 'a number, as in 42'],
  ['address:300.1.1.1', 'an address or network, as in 203.0.113.0/24'],
  ['address:10.0.0.0/33', 'an address or network, as in 203.0.113.0/24'],
  ['seen:yesterday', 'RFC 3339, as in 2026-11-22T08:00:00Z'],
  ['hot:maybe', 'true or false'],
  ['title>x', 'title:value'],
])('the filter %s is refused with a remedy', async (filter, remedy) => {
  await expect(found(filter)).rejects.toMatchObject({
    code: 'filter.invalid',
    errors: [{ remedy }],
  })
})

test('instants read back as RFC 3339 with milliseconds, and text no column can hold is replaced', async () => {
  await database.transact(systemScope, async (tx) => {
    await tx.insert(thing).values({
      id: 9,
      seen: '2026-11-22T15:00:00.5+07:00',
      tags: ['a\u0000b', '\ud800'],
    })
    const [row] = await tx
      .select()
      .from(thing)
      .where(
        filterToSql(
          { kind: 'term', field: 'tags', operator: ':', value: 'a\u0000b', quoted: true },
          fields,
        ),
      )
    expect(row).toMatchObject({ seen: '2026-11-22T08:00:00.500Z', tags: ['a\ufffdb', '\ufffd'] })
  })
})
