import { systemScope } from '@haidang/runtime/database/database'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test } from 'vitest'
import { stationMigrations } from '../migrations.ts'
import { LineStore } from './line-store.ts'

test('beyond the newest so many only keys that start so are forgotten', async () => {
  await using database = await testDatabase([runtimeMigrations, stationMigrations])
  const store = new LineStore()
  const keys = ['record:1', 'client:1', 'record:2', 'record:3', 'client:2']
  const left = await database.transact(systemScope, async (tx) => {
    for (const [minute, key] of keys.entries()) {
      const at = `2026-11-22T03:0${minute}:00.000Z`
      await store.rememberBatches(tx, [{ sourceId: 'src_1', key, records: 1 }], at)
    }
    expect(await store.forgetBeyond(tx, 'record:', 5)).toBe(0)
    expect(await store.forgetBeyond(tx, 'record:', 2)).toBe(2)
    return store.knownKeys(tx, 'src_1', keys)
  })
  expect([...left].toSorted()).toEqual(['client:1', 'client:2', 'record:3'])
})
