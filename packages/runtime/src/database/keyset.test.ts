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

test('a full page says where the next begins, a last one that there is none', () => {
  const { items, next } = page({ sort: 'count' }).of(rows)
  expect(items.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(next).toBe(encodeCursor(['count', 1, 'b']))
  expect(page({}).of(rows.slice(0, 2)).next).toBeNull()
})

test('a cursor goes with the sort it was made for', () => {
  const cursor = encodeCursor(['count', 1, 'b'])
  expect(page({ sort: '-count', cursor }).where).toBeDefined()
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
  (value) => {
    expect(page({ cursor: encodeCursor(['at', value, 'a']) }).where).toBeDefined()
  },
)

test('an unknown sort is refused with those that are known', () => {
  expect(() => page({ sort: 'colour' })).toThrow(
    expect.objectContaining({
      errors: [expect.objectContaining({ remedy: 'one of at, name, count, open' })],
    }),
  )
})
