import type { SQL } from 'drizzle-orm'
import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { encodeCursor } from '../http/cursor.ts'
import { instant } from './columns.ts'
import { keyset } from './keyset.ts'

const thing = pgTable('thing', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  count: integer('count').notNull(),
  at: instant('at').notNull(),
  open: boolean('open').notNull(),
})
const fields = {
  name: { column: thing.name, kind: 'text' },
  count: { column: thing.count, kind: 'number' },
  at: { column: thing.at, kind: 'time' },
  open: { column: thing.open, kind: 'boolean' },
} as const

function page(query: { sort?: string; cursor?: string; filter?: string; limit?: number }) {
  const sorts = ['-at', 'name', 'count', 'open'] as const
  return keyset({ query: { limit: 2, ...query }, fields, sorts, id: thing.id })
}

const rows = ['a', 'b', 'c'].map((id, count) => ({
  id,
  count,
  name: id,
  at: '2026-11-22',
  open: true,
}))

/** A select that finds these rows; `asked` is the condition it was given. */
function selectOf(found: typeof rows) {
  const select = {
    asked: undefined as SQL | undefined,
    where: (condition: SQL | undefined) => {
      select.asked = condition
      return { orderBy: () => ({ limit: async (most: number) => found.slice(0, most) }) }
    },
  }
  return select
}

async function conditionOf(query: Parameters<typeof page>[0]): Promise<SQL | undefined> {
  const select = selectOf([])
  await page(query).read(select)
  return select.asked
}

test('a full page says where the next begins, a last one that there is none', async () => {
  const { items, next } = await page({ sort: 'count' }).read(selectOf(rows))
  expect(items.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(next).toBe(encodeCursor(['count', 1, 'b']))
  expect((await page({}).read(selectOf(rows.slice(0, 2)))).next).toBeNull()
})

test('a cursor goes with the sort it was made for', async () => {
  const cursor = encodeCursor(['count', 1, 'b'])
  expect(await conditionOf({ sort: '-count', cursor })).toBeDefined()
  expect(() => page({ sort: 'name', cursor })).toThrow('made for another sort')
})

test.each([
  ['count', 'one'],
  ['count', 1.5],
  ['count', 2 ** 40],
  ['-at', 'yesterday'],
  ['-at', 5],
  ['name', 'a\u0000'],
  ['name', '\ud800'],
  ['name', null],
  ['open', 'true'],
])(
  'a cursor of %s somebody wrote with %j is refused before the database sees it',
  (sort, value) => {
    const cursor = encodeCursor([sort.replace('-', ''), value, 'a'])
    expect(() => page({ sort, cursor })).toThrow(
      expect.objectContaining({ code: 'cursor.invalid' }),
    )
  },
)

test.each(['2026-11-22T03:00:00.000Z', '2026-11-22 03:00:00.123+00', 'infinity'])(
  'a time may be written %s',
  async (value) => {
    expect(await conditionOf({ cursor: encodeCursor(['at', value, 'a']) })).toBeDefined()
  },
)

test('an unknown sort is refused with those that are known', () => {
  expect(() => page({ sort: 'colour' })).toThrow(
    expect.objectContaining({
      errors: [expect.objectContaining({ remedy: 'one of at, name, count, open' })],
    }),
  )
})
