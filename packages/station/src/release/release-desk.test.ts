import type { Alert } from '@haidang/contracts/alert'
import { findingOf } from '@haidang/contracts/detection-finding'
import { ReleasePolicy } from '@haidang/contracts/release'
import type { Caller } from '@haidang/runtime/caller'
import { ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test } from 'vitest'
import { SourceStore } from '../keep/source-store.ts'
import { stationMigrations } from '../migrations.ts'
import { Pseudonyms } from './pseudonym.ts'
import { ReleaseDesk } from './release-desk.ts'
import { ReleaseService } from './release-service.ts'
import { ReleaseStore } from './release-store.ts'

const caller: Caller = {
  scope: systemScope,
  permissions: new Set(),
  language: 'vi',
  organisation_id: '',
  person_id: null,
  session_id: null,
}

const alert: Alert = {
  id: 'alt',
  organisation_id: 'org',
  tlp: 'amber',
  node_id: 'nod',
  source_id: 'waf',
  event_id: 'evt',
  time: '2026-03-01T00:00:00Z',
  detected_time: '2026-03-01T00:00:00Z',
  rule: {
    id: 'r',
    title: 't',
    description: '',
    version: '1',
    tags: [],
    false_positives: [],
    references: [],
  },
  detector: 'sigma',
  severity: 'high',
  title: 'nguyen.an đăng nhập',
  entity: '192.0.2.1',
  matches: [{ field: 'User', value: 'nguyen.an', pattern: '*', selection: 's' }],
  observables: [],
  raw_data: 'user=nguyen.an',
  simulated: false,
}

async function fixture() {
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const database = await testDatabase([runtimeMigrations, stationMigrations])
  const journal = createJournal({ database, clock, newId: idsFrom(clock) })
  const store = new ReleaseStore()
  const names = new Pseudonyms(Buffer.alloc(32, 1))
  const desk = new ReleaseDesk({ store, sources: new SourceStore(), journal, clock, names })
  const told: number[] = []
  const service = new ReleaseService({
    database,
    store,
    journal,
    clock,
    home: async () => 'org',
    tell: async (_tx, { version }) => void told.push(version),
  })
  const publish = (policy: object, based_on: number) =>
    service.publish(caller, {
      policy: ReleasePolicy.parse(policy),
      reason: 'thỏa thuận',
      based_on,
    })
  const released = (stream: string, records: readonly object[]) =>
    database.transact(systemScope, (tx) => desk.released(tx, stream, records))
  const entries = async (type: string) =>
    (await database.asOwner('select reason from journal where type = $1', [type])).rows
  return { clock, database, desk, service, publish, released, entries, told }
}

test('each record meets one decision, which is counted; the same record leaves the same way again', async () => {
  const node = await fixture()
  await using _database = node.database
  await node.publish(
    {
      rules: [
        { name: 'đỏ', tlp: ['red'], decision: 'counts' },
        {
          name: 'che',
          sources: ['waf'],
          decision: 'masked',
          fields: [{ field: 'user', how: 'hash' }],
        },
      ],
    },
    0,
  )
  const given = [alert, { ...alert, tlp: 'red' as const }, { ...alert, source_id: 'dns' }]
  const left = await node.released('alerts', given.map(findingOf))
  expect(left).toHaveLength(1)
  expect(JSON.stringify(left)).not.toContain('nguyen.an')
  expect(left[0]).toMatchObject({ message: expect.stringMatching(/^user~/) })
  expect(await node.released('alerts', [findingOf(alert)])).toEqual(left)
  const { counts } = await node.service.inForce(caller)
  expect(counts).toEqual([
    { day: '2026-03-01', stream: 'alerts', decision: 'counts', class_uid: 2004, count: 1 },
    { day: '2026-03-01', stream: 'alerts', decision: 'keep', class_uid: 2004, count: 1 },
    { day: '2026-03-01', stream: 'alerts', decision: 'masked', class_uid: 2004, count: 2 },
  ])
})

test('secret material leaves by no way: no alert, no message, no name in a heartbeat; the policy itself is told', async () => {
  const node = await fixture()
  await using _database = node.database
  await node.publish(
    {
      secret: { sources: ['kho'], markings: ['TỐI MẬT'] },
      rules: [{ name: 'tất cả', decision: 'send' }],
    },
    0,
  )
  const secret = [
    { ...alert, raw_data: 'Tối mật: x' },
    { ...alert, source_id: 'kho' },
  ]
  expect(await node.released('alerts', secret.map(findingOf))).toEqual([])
  const order = { id: 'e1', type: 'order.completed', data: { note: 'tối mật' } }
  const policy = { id: 'e2', type: 'release.published', data: { markings: ['TỐI MẬT'] } }
  expect(await node.released('messages', [order, policy])).toEqual([policy])
  expect(await node.entries('release.refused')).toHaveLength(1)
  const sources = ['kho', 'waf'].map((name) => ({ id: `src_${name}`, name })) as never[]
  const beat = await node.database.transact(systemScope, (tx) => node.desk.beat(tx, { sources }))
  expect(beat.sources).toEqual([{ id: 'src_waf', name: 'waf' }])
})

test('versions follow each other, are told, and an exception ends by itself, once', async () => {
  const node = await fixture()
  await using _database = node.database
  const exception = {
    order: '12/LĐP',
    reason: 'điều tra',
    streams: ['alerts'],
    from: '2026-03-01T00:00:00Z',
    to: '2026-03-02T00:00:00Z',
  }
  await node.publish({ rules: [], exceptions: [exception] }, 0)
  await expect(node.publish({ rules: [] }, 0)).rejects.toMatchObject({
    code: 'release.changed-meanwhile',
  })
  expect(await node.released('alerts', [findingOf(alert)])).toHaveLength(1)
  await node.service.keepUp()
  node.clock.advance(86_400_000)
  expect(await node.released('alerts', [findingOf(alert)])).toEqual([])
  await node.service.keepUp()
  await node.service.keepUp()
  expect(await node.entries('release.exception-ended')).toEqual([{ reason: '12/LĐP' }])
  await node.publish({ rules: [] }, 1)
  const { items } = await node.service.versions(caller, { limit: 1 })
  expect(items).toMatchObject([{ version: 2, reason: 'thỏa thuận' }])
  expect(node.told).toEqual([1, 2])
})
