import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { newestFirst, oldestFirst, type StoredRecord } from './stored-pages.ts'

/** Events at these milliseconds, newest first as the store has them; `asked` counts the looks at it. */
function storeOf(times: readonly number[]) {
  const newest = times.toSorted((a, b) => b - a)
  const within = ({ from, to }: { from: string; to: string }) =>
    newest.filter((time) => time >= Date.parse(from) && time < Date.parse(to))
  const store = {
    asked: 0,
    count: async (_: unknown, range: { from: string; to: string }) => {
      store.asked += 1
      return within(range).length
    },
    records: async (
      _: unknown,
      query: { from: string; to: string; limit: number; cursor?: string | undefined },
    ) => {
      const start = Number(query.cursor ?? 0)
      const some = within(query)
      const end = start + query.limit
      const items = some.slice(start, end).map((time) => ({ time }) as StoredRecord)
      return { items, next: end < some.length ? String(end) : null }
    },
  }
  return store
}

const day = 86_400_000
/** Most of it in one minute, as attacks are. */
const times = Array.from({ length: 9000 }, (_, n) => (n < 1000 ? n * 60_000 : 7 * 3_600_000 + n))
const sought = { scope: systemScope, from: 0, to: day, most: 200_000 }

async function all(pages: AsyncGenerator<readonly StoredRecord[]>): Promise<number[]> {
  const read: number[] = []
  for await (const page of pages) read.push(...page.map(({ time }) => time))
  return read
}

test('oldest first is newest first the other way round, with few looks at the store', async () => {
  const store = storeOf(times)
  const newest = await all(newestFirst(store, sought))
  expect(newest).toHaveLength(9000)
  expect(await all(oldestFirst(store, sought))).toEqual(newest.toReversed())
  expect(store.asked).toBeLessThan(100)
})

test('of more events than wanted the newest are read', async () => {
  const store = storeOf(times)
  const read = await all(oldestFirst(store, { ...sought, most: 2500 }))
  const expected = times.toSorted((a, b) => b - a).slice(0, 2500)
  expect(read).toEqual(expected.reverse())
})

test('events of one millisecond that are more than a stretch holds end the cutting', async () => {
  const store = storeOf(Array.from({ length: 5000 }, () => 77))
  expect(await all(oldestFirst(store, sought))).toHaveLength(5000)
  expect(await all(oldestFirst(storeOf([]), sought))).toEqual([])
})
