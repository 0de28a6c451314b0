import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { JournalDigest } from '@haidang/contracts/journal-digest'
import { Signer } from '@haidang/link/envelopes/signer'
import { organisationKey } from '@haidang/link/keys/organisation-key'
import { linkMigrations } from '@haidang/link/migrations'
import type { Caller } from '@haidang/runtime/caller'
import { ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test } from 'vitest'
import { centreMigrations } from '../../migrations.ts'
import { CheckService } from './check-service.ts'
import { DigestService } from './digest-service.ts'
import { DigestStore } from './digest-store.ts'
import { JournalView } from './journal-view.ts'

const auditor: Caller = {
  scope: { ...systemScope, actor: { id: 'usr_1', name: 'Lan' } },
  permissions: new Set(['audit.read']),
  language: 'vi',
  organisation_id: 'org_a',
  person_id: null,
  session_id: null,
}

async function digesting() {
  const database = await testDatabase([runtimeMigrations, linkMigrations, centreMigrations])
  const place = await mkdtemp(join(tmpdir(), 'haidang-digest-'))
  // One minute before midnight in Vietnam.
  const clock = new ManualClock('2026-11-21T16:59:00.000Z')
  const newId = idsFrom(clock)
  const journal = createJournal({ database, clock, newId })
  const view = new JournalView()
  const signer = new Signer(await organisationKey(join(place, 'keys')))
  const directory = join(place, 'digests')
  const parts = { database, journal, clock, view, signer, directory, nodeId: newId('node') }
  const serviceOn = (of: Journal) =>
    new DigestService({ ...parts, journal: of, store: new DigestStore() })
  const digests = serviceOn(journal)
  const checks = new CheckService({ ...parts, digests, signal: new AbortController().signal })
  const append = (subject: string) =>
    database.transact(systemScope, (tx) =>
      journal.append(tx, {
        type: 'incident.noted',
        organisation_id: 'org_a',
        actor: systemScope.actor,
        authority: 'test',
        subject,
      }),
    )
  const days = async () => (await digests.list(auditor, { limit: 50 })).items.map(({ day }) => day)
  return {
    database,
    clock,
    journal,
    digests,
    checks,
    append,
    days,
    directory,
    serviceOn,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      await rm(place, { recursive: true, force: true })
    },
  }
}

test('each day of Vietnam is signed once, soon after it ended, and lies as a file', async () => {
  await using node = await digesting()
  await node.digests.turn()
  expect(await node.days()).toEqual([])
  const last = await node.append('inc_1')
  await Promise.all([node.digests.turn(), node.digests.turn()])
  expect(await node.days()).toEqual(['2026-11-20'])
  await node.append('inc_2')
  node.clock.advance(120_000)
  await node.digests.turn()
  await node.digests.turn()
  expect(await node.days()).toEqual(['2026-11-21', '2026-11-20'])
  const [first, second] = await Promise.all(
    ['2026-11-20', '2026-11-21'].map((day) => node.digests.get(auditor, day)),
  )
  expect(first).toMatchObject({ entries: 1, head: last.hash, previous: null })
  expect(second).toMatchObject({ entries: 3, previous: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect((await readdir(node.directory)).sort()).toEqual([
    'journal-digest-2026-11-20.json',
    'journal-digest-2026-11-21.json',
  ])
  const text = await readFile(join(node.directory, 'journal-digest-2026-11-21.json'), 'utf8')
  expect(JournalDigest.parse(JSON.parse(text))).toEqual(second)
  await expect(node.digests.get(auditor, '2026-11-19')).rejects.toMatchObject({
    code: 'journal.digest-not-found',
  })
})

test('cut short before its commit a day leaves nothing, after it only its file to be written', async () => {
  await using node = await digesting()
  await node.append('inc_1')
  const cut: Journal = {
    ...node.journal,
    append: () => Promise.reject(new Error('killed')),
  }
  await expect(node.serviceOn(cut).turn()).rejects.toThrow('killed')
  expect(await node.days()).toEqual([])
  // Where the files go stands something else: the digest is committed, its file is not.
  await writeFile(node.directory, '')
  await expect(node.digests.turn()).rejects.toThrow()
  expect(await node.days()).toEqual(['2026-11-20'])
  const signed = await node.digests.get(auditor, '2026-11-20')
  await rm(node.directory)
  await node.digests.turn()
  expect(await node.digests.get(auditor, '2026-11-20')).toEqual(signed)
  expect(await readdir(node.directory)).toEqual(['journal-digest-2026-11-20.json'])
  const { rows } = await node.database.asOwner(
    "select count(*)::int as n from journal where type = 'journal.digest-signed'",
  )
  expect(rows).toEqual([{ n: 1 }])
})

test('a digest somebody kept finds a tail that was cut with everything that knew of it', async () => {
  await using node = await digesting()
  for (let n = 0; n < 5; n++) await node.append(`inc_${n}`)
  await node.digests.turn()
  const kept = await node.digests.get(auditor, '2026-11-20')
  const whole = await node.checks.start(auditor, { digests: [kept] })
  expect(whole.report).toMatchObject({ intact: true, anchors: 2 })
  await node.database.asOwner(
    `set session_replication_role = replica; delete from journal where seq > 3; delete from journal_digest`,
  )
  expect((await node.checks.start(auditor, {})).report).toMatchObject({ intact: true })
  await node.database.asOwner('delete from journal where seq > 3')
  expect((await node.checks.start(auditor, { digests: [kept] })).report).toMatchObject({
    broken: { fault: 'cut', seq: 4, until: 5 },
  })
})

test('a digest of the node that was altered is named; one that was forged is refused', async () => {
  await using node = await digesting()
  await node.append('inc_1')
  await node.digests.turn()
  const genuine = await node.digests.get(auditor, '2026-11-20')
  const forged = { ...genuine, entries: 2 }
  await expect(node.checks.start(auditor, { digests: [forged] })).rejects.toMatchObject({
    code: 'journal.digest-invalid',
  })
  const stranger = { ...genuine, node_id: 'nod_00000000-0000-7000-8000-000000000000' }
  await expect(node.checks.start(auditor, { digests: [stranger] })).rejects.toThrow('of node')
  await node.database.asOwner(
    `update journal_digest set document = jsonb_set(document, '{time}', '"2026-11-20T00:00:00.000Z"')`,
  )
  expect((await node.checks.start(auditor, {})).report).toMatchObject({
    broken: { fault: 'digest-altered', seq: 1 },
  })
})

test('a check that is cancelled counts for nothing; the next one runs, and stands as the last', async () => {
  await using node = await digesting()
  for (let n = 0; n < 5; n++) await node.append(`inc_${n}`)
  const running = node.checks.start(auditor, {})
  expect(node.checks.cancel(auditor)).toMatchObject({ state: 'cancelled' })
  expect(await running).toMatchObject({ state: 'cancelled', report: null })
  expect(await node.checks.chain(auditor)).toMatchObject({ entries: 5, verified: null })
  expect(await node.checks.start(auditor, {})).toMatchObject({ state: 'done' })
  expect(await node.checks.chain(auditor)).toMatchObject({
    entries: 6,
    verified: { by: 'Lan', report: { intact: true, checked: 5 } },
  })
})

test('digests are for whoever sees the whole node', async () => {
  await using node = await digesting()
  const bound: Caller = { ...auditor, scope: { ...auditor.scope, organisations: ['org_a'] } }
  await expect(node.digests.list(bound, { limit: 10 })).rejects.toMatchObject({
    code: 'permission.missing',
  })
  await expect(node.checks.start(bound, {})).rejects.toMatchObject({ code: 'permission.missing' })
})
