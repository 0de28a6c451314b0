import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test } from 'vitest'
import { SourceStore } from '../keep/source-store.ts'
import { stationMigrations } from '../migrations.ts'
import { SourceService, type SourceServiceParts } from './source-service.ts'

test('default sources that several ensure at once are there once, and nobody is refused', async () => {
  await using database = await testDatabase([runtimeMigrations, stationMigrations])
  const clock = systemClock
  const newId = idsFrom(clock)
  const store = new SourceStore()
  const parts: Omit<SourceServiceParts, 'view'> = {
    database,
    store,
    clock,
    newId,
    dataDirectory: '/nowhere',
    journal: createJournal({ database, clock, newId, log: silentLog }),
    home: async () => 'org_1',
    silenceSeconds: async () => undefined,
    changed: async () => undefined,
  }
  const service = new SourceService(parts as SourceServiceParts)
  await Promise.all(Array.from({ length: 6 }, () => service.ensureDefaults('org_1')))
  const rows = await database.transact(systemScope, (tx) => store.all(tx))
  expect(rows.map(({ name }) => name).toSorted()).toEqual([
    'syslog-tcp-default',
    'syslog-udp-default',
  ])
})
