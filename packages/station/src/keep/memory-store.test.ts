import { systemScope } from '@haidang/runtime/database/database'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test } from 'vitest'
import { stationMigrations } from '../migrations.ts'
import { MemoryStore } from './memory-store.ts'

test('each detection has a memory of its own: the snapshot of one takes nothing from another', async () => {
  await using database = await testDatabase([runtimeMigrations, stationMigrations])
  const store = new MemoryStore()
  const end = (offset: number) => ({ segment: 1, offset })
  const step = (kind: 'observations' | 'snapshot', body: number) => ({
    kind,
    body: Buffer.of(body),
  })
  const [behaviour, correlation] = await database.transact(systemScope, async (tx) => {
    await store.keep(tx, 'behaviour', end(20), step('observations', 2))
    await store.keep(tx, 'behaviour', end(10), step('observations', 1))
    await store.keep(tx, 'correlation', end(10), step('observations', 3))
    await store.keep(tx, 'correlation', end(20), step('snapshot', 4))
    await store.keep(tx, 'correlation', end(30), step('observations', 5))
    return [await store.read(tx, 'behaviour'), await store.read(tx, 'correlation')]
  })
  expect(behaviour).toEqual({ snapshot: undefined, ranges: [Buffer.of(1), Buffer.of(2)] })
  expect(correlation).toEqual({ snapshot: Buffer.of(4), ranges: [Buffer.of(5)] })
})
