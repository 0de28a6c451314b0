import type { Database } from '@haidang/runtime/database/database'
import type { Spool } from '@haidang/runtime/spool/spool'
import { expect, test } from 'vitest'
import { LineStore } from '../keep/line-store.ts'
import { anonymousKey, BatchKeys } from './batch-keys.ts'

/** A database that remembers no key and counts how often it was asked. */
function emptyDatabase() {
  const asked = { times: 0 }
  const transact = async () => {
    asked.times++
    return new Set<string>()
  }
  return { asked, database: { transact } as unknown as Database }
}

test('a batch without identity takes no memory: nothing would ever take it away again', async () => {
  const { asked, database } = emptyDatabase()
  const keys = new BatchKeys(database, new LineStore())
  keys.add('src_1', 'client:a')
  expect(await keys.knows('src_1', 'client:a')).toBe(true)
  expect(asked.times).toBe(0)
  const anonymous = anonymousKey(3, 'x')
  keys.add('src_1', anonymous)
  expect(await keys.knows('src_1', anonymous)).toBe(false)
})

test('of too many batches that wait the newest are known', async () => {
  const { database } = emptyDatabase()
  const keys = new BatchKeys(database, new LineStore(), 4)
  for (const key of 'abcdef') keys.add('src_1', key)
  keys.add('src_2', 'a')
  expect([...(await keys.known('src_1', [...'abcdef']))]).toEqual(['d', 'e', 'f'])
  expect(await keys.knows('src_2', 'a')).toBe(true)
})

test('of each source the newest batch without identity that waited at start is counted', () => {
  const keys = new BatchKeys(emptyDatabase().database, new LineStore())
  const waiting = [anonymousKey(3, 'x'), 'client:a', anonymousKey(7, 'y'), 'client:b']
  keys.load({
    keys: () => waiting.map((key) => ({ origin: 'src_1 192.0.2.1', key })),
  } as unknown as Spool)
  expect([...keys.anonymousInFlight()]).toEqual([['src_1', 7]])
})
