import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OrganisationDraft } from '@haidang/contracts/organisation'
import { Station } from '@haidang/contracts/station'
import { linkMigrations } from '@haidang/link/migrations'
import { openLink } from '@haidang/link/open-link'
import { localStation } from '@haidang/link/parent/local-station'
import type { StationRow } from '@haidang/link/station-tables'
import type { Caller } from '@haidang/runtime/caller'
import { ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test } from 'vitest'
import { centreMigrations } from '../../migrations.ts'
import { OrganisationService } from '../organisations/organisation-service.ts'
import { OrganisationStore } from '../organisations/organisation-store.ts'
import { SystemService } from '../systems/system-service.ts'
import { SystemStore } from '../systems/system-store.ts'
import { StationService } from './station-service.ts'
import { StationView } from './station-view.ts'

const query = { limit: 50 }
const officer: Caller = {
  scope: { ...systemScope, actor: { id: 'usr_officer', name: 'Officer' } },
  permissions: new Set(),
  language: 'vi',
  organisation_id: '',
  person_id: null,
  session_id: null,
}

async function fixture() {
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const newId = idsFrom(clock)
  const database = await testDatabase([runtimeMigrations, linkMigrations, centreMigrations])
  const journal = createJournal({ database, clock, newId })
  const organisations = new OrganisationService({
    database,
    journal,
    clock,
    newId,
    simulated: true,
    store: new OrganisationStore(),
    units: async () => [],
  })
  const keysDirectory = await mkdtemp(join(tmpdir(), 'haidang-stations-'))
  const node = {
    id: newId('node'),
    name: 'Centre',
    software: '1',
    capabilities: [],
    simulated: true,
  }
  const link = await openLink({
    database,
    journal,
    clock,
    newId,
    log: silentLog,
    node,
    keysDirectory,
    random: Math.random,
    publicUrl: 'https://centre.example:8443',
    home: (tx) => organisations.home(tx),
    nameOf: async (tx, id) => (await organisations.require(tx, id)).name,
  })
  const view = new StationView((tx, ids) => organisations.names(tx, ids))
  const { parent, child } = link
  const service = new StationService({
    database,
    view,
    parent,
    child,
    organisations,
    clock,
    newId,
    node,
    journal,
    systems: new SystemService({
      database,
      journal,
      clock,
      newId,
      organisations,
      store: new SystemStore(),
      rules: { profile: 'x', version: 1, items: [] },
    }),
  })
  const draft = OrganisationDraft.parse({ code: 'TT', name: 'Home', kind: 'national_centre' })
  const home = () =>
    database.transact(systemScope, (tx) =>
      organisations.found(tx, officer.scope.actor, draft, true),
    )
  const dispose = async () => {
    await database[Symbol.asyncDispose]()
    await rm(keysDirectory, { recursive: true })
  }
  return { clock, service, organisations, database, link, home, [Symbol.asyncDispose]: dispose }
}

const heartbeat = {
  software: '2',
  started_at: '2026-03-01T00:00:00.000Z',
  sources: [],
  queue: { spool_records: 0, spool_bytes: 0 },
  disk: { free_bytes: 1, total_bytes: 2 },
  rule_set: { version: '1', rules: 1, errors: 0 },
  indicator_set: { version: '1', indicators: 0 },
}

test('the node’s own station part is listed after set-up and falls silent like any other', async () => {
  await using node = await fixture()
  await node.service.beat(heartbeat)
  expect((await node.service.list(officer, query)).items).toEqual([])
  await node.home()
  await node.service.beat(heartbeat)
  const { items } = await node.service.list(officer, query)
  expect(items.map((item) => Station.parse(item))).toMatchObject([
    { local: true, state: 'connected', organisation_name: 'Home', software: '2', open_gaps: 0 },
  ])
  node.clock.advance(120_000)
  await node.service.detectSilence()
  const open = await node.service.gaps(officer, query)
  expect(open.items).toMatchObject([{ kind: 'silence', station_name: 'Centre', closed_at: null }])
  expect(await node.service.get(officer, items[0]?.id ?? '')).toMatchObject({
    state: 'silent',
    open_gaps: 1,
  })
  await node.service.beat(heartbeat)
  const closedAt = node.clock.iso()
  node.clock.advance(120_000)
  await node.service.detectSilence()
  const first = await node.service.gaps(officer, { limit: 1 })
  expect(first.items).toMatchObject([{ from: closedAt, closed_at: null }])
  const second = await node.service.gaps(officer, { limit: 1, cursor: first.next ?? '' })
  expect(second.items).toMatchObject([{ from: '2026-03-01T00:00:00.000Z', closed_at: closedAt }])
  expect(second.next).toBeNull()
})

test('what rules cost is summed up over stations one may see, and left out of the list', async () => {
  await using node = await fixture()
  await node.home()
  const rules = [{ id: 'r1', tried: 4, us: 10 }]
  await node.service.beat({ ...heartbeat, rule_costs: { records: 2, us: 40, rules } })
  const costs = (scope: Caller['scope']) =>
    node.database.transact(scope, (tx) => node.service.ruleCosts(tx))
  expect(await costs(officer.scope)).toEqual({
    us: 40,
    rules: new Map([['r1', { tried: 4, us: 10 }]]),
  })
  const stranger = { ...officer.scope, organisations: ['org_other'] }
  expect(await costs(stranger)).toEqual({ us: 0, rules: new Map() })
  const [station] = (await node.service.list(officer, query)).items
  expect(station?.heartbeat).not.toHaveProperty('rule_costs')
  await node.service.beat(heartbeat)
  expect(await costs(officer.scope)).toEqual({ us: 0, rules: new Map() })
})

test('a join code shows once; another organisation does not see it, nor the stations', async () => {
  await using node = await fixture()
  const home = await node.home()
  await node.service.beat(heartbeat)
  const { code, join_code } = await node.service.createJoinCode(officer, home.id, 60)
  expect(code).toMatch(/^HD1-/)
  const listed = await node.service.joinCodes(officer, query)
  expect(listed.items).toEqual([join_code])
  expect(JSON.stringify(listed)).not.toContain(code)
  const stranger = { ...officer, scope: { ...officer.scope, organisations: ['org_other'] } }
  expect((await node.service.joinCodes(stranger, query)).items).toEqual([])
  expect((await node.service.list(stranger, query)).items).toEqual([])
  const [station] = (await node.service.list(officer, query)).items
  await expect(node.service.approve(stranger, station?.id ?? '')).rejects.toMatchObject({
    code: 'station.not-found',
  })
  await expect(node.service.approve(officer, station?.id ?? '')).rejects.toMatchObject({
    code: 'station.not-pending',
  })
  await expect(
    node.service.join(officer, { code: 'HD1-nonsense-nonsense', location: '', contact: '' }),
  ).rejects.toMatchObject({ code: 'join.code-unreadable' })
  expect(await node.service.parentLink()).toMatchObject({ state: 'none', waiting: 0 })
})

test('new hardware takes the place of a station: its key ends, its systems move, its gaps stay', async () => {
  await using node = await fixture()
  const { service, database, clock, link } = node
  const home = await node.home()
  const newId = idsFrom(clock)
  const add = async (change: Partial<StationRow> = {}) => {
    const id = newId('station')
    const named = { id: newId('node'), name: id, software: '1', capabilities: [], simulated: true }
    const row = localStation(id, named, home.id, clock.iso())
    await database.transact(systemScope, (tx) =>
      link.parent.stations.add(tx, { ...row, local: false, accepted_fingerprint: id, ...change }),
    )
    return id
  }
  const [old, fresh, waiting] = [
    await add(),
    await add(),
    await add({ state: 'pending', accepted_fingerprint: null }),
  ]
  await database.asOwner(
    `insert into information_system (id, organisation_id, tlp_rank, code, name, folded_name, purpose,
       level_approval, importance, declaration, software, services, log_sources, station_ids, direct_stage,
       indirect_stage, completeness, missing, completeness_profile, created_at, updated_at)
     values ('sys_1', $1, 0, 'x', 'x', 'x', '', 'drafting', '[]', '{}', '[]', '[]', '[]', $2, 'none', 'none', 0,
       '[]', '', now(), now())`,
    [home.id, JSON.stringify([old])],
  )
  clock.advance(200_000)
  await service.detectSilence()
  const act = (successor_id: string) =>
    service.replace(officer, old, { successor_id, reason: 'máy hỏng' })
  for (const wrong of [old, waiting]) {
    await expect(act(wrong)).rejects.toMatchObject({ code: 'station.replacement-invalid' })
  }
  const after = Station.parse(await act(fresh))
  expect(after).toMatchObject({ state: 'revoked', open_gaps: 1, replaced_by: { id: fresh } })
  expect(Station.parse(await service.get(officer, fresh)).replaces).toEqual([
    { id: old, name: old },
  ])
  await expect(act(fresh)).rejects.toMatchObject({ message: 'it was replaced already' })
  const { items } = await service.gaps(officer, { limit: 9, filter: `station_id:${old}` })
  expect(items).toHaveLength(1)
  const systems = await database.asOwner('select station_ids from information_system')
  expect(systems.rows).toEqual([{ station_ids: [fresh] }])
  const types = await database.asOwner('select type, reason from journal order by seq desc limit 2')
  expect(types.rows).toEqual([
    { type: 'station.replaced', reason: 'máy hỏng' },
    { type: 'station.revoked', reason: 'máy hỏng' },
  ])
})
