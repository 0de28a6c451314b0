import { join } from 'node:path'
import { EstateStation, PlanEntry } from '@haidang/contracts/estate'
import { label } from '@haidang/contracts/label'
import { linkMigrations } from '@haidang/link/migrations'
import { localStation } from '@haidang/link/parent/local-station'
import { StationStore } from '@haidang/link/parent/station-store'
import type { StationRow } from '@haidang/link/station-tables'
import type { Caller } from '@haidang/runtime/caller'
import { ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test } from 'vitest'
import { loadEstate } from '../../estate-file.ts'
import { centreMigrations } from '../../migrations.ts'
import { EstateService } from './estate-service.ts'
import { EstateStore } from './estate-store.ts'
import { EstateView } from './estate-view.ts'
import { PlanView } from './plan-view.ts'

const rules = await loadEstate(
  join(import.meta.dirname, '../../../../../content/estate/vn-1017.yaml'),
)
const caller = (organisations: Caller['scope']['organisations']): Caller => ({
  scope: { ...systemScope, organisations, actor: { id: 'usr_1', name: 'Officer' } },
  permissions: new Set(),
  language: 'vi',
  organisation_id: '',
  person_id: null,
  session_id: null,
})
const officer = caller('all')

async function fixture() {
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const newId = idsFrom(clock)
  const database = await testDatabase([runtimeMigrations, linkMigrations, centreMigrations])
  const journal = createJournal({ database, clock, newId })
  const view = new EstateView({
    clock,
    months: rules.months,
    drift: async (_tx, ids) => new Map(ids.map((id) => [id, 'in_force'])),
  })
  const plan = new PlanView({ clock, duties: rules.duties })
  const estate = new EstateService({
    database,
    journal,
    clock,
    rules,
    view,
    plan,
    store: new EstateStore(),
    unitsOf: async () => new Map([['01', label('Hà Nội', 'Hanoi')]]),
  })
  const organisation = async (name: string, kind: string) => {
    const id = newId('organisation')
    await database.asOwner(
      `insert into organisation (id, code, name, kind, simulated, created_at, updated_at)
       values ($1, $2, $2, $3, true, now(), now())`,
      [id, name, kind],
    )
    return id
  }
  const station = async (organisation_id: string, change: Partial<StationRow> = {}) => {
    const id = newId('station')
    const node = {
      id: newId('node'),
      name: `Trạm ${id.slice(-4)}`,
      software: '1',
      capabilities: [],
      simulated: true,
    }
    const row = localStation(id, node, organisation_id, clock.iso())
    const below = { local: false, accepted_fingerprint: id, ...change }
    await database.transact(systemScope, (tx) => new StationStore().add(tx, { ...row, ...below }))
    return id
  }
  const system = (owner: string, level: number, stations: readonly string[]) =>
    database.asOwner(
      `insert into information_system (id, organisation_id, tlp_rank, code, name, folded_name, purpose, level,
         level_approval, importance, declaration, software, services, log_sources, station_ids, direct_stage,
         indirect_stage, completeness, missing, completeness_profile, created_at, updated_at)
       values ($1, $2, 0, $1, 'x', 'x', '', $3, 'drafting', '[]', '{}', '[]', '[]', '[]', $4, 'none', 'none', 0,
         '[]', '', now(), now())`,
      [newId('system'), owner, level, JSON.stringify(stations)],
    )
  const dispose = () => database[Symbol.asyncDispose]()
  return { clock, database, estate, organisation, station, system, [Symbol.asyncDispose]: dispose }
}

test('a station is listed with coverage, sources, rule sets and when its inspection is due', async () => {
  await using given = await fixture()
  const { estate, clock } = given
  const ministry = await given.organisation('Bộ', 'ministry')
  const id = await given.station(ministry, { source_count: 4, lacking_sources: 1 })
  await given.system(ministry, 3, [id])
  await given.system(ministry, 4, [])
  await given.system(ministry, 2, [])
  const [one] = (await estate.list(officer, { limit: 10 })).items
  expect(EstateStation.parse(one)).toMatchObject({
    id,
    organisation_name: 'Bộ',
    unit: '',
    rule_state: 'in_force',
    sources: 4,
    lacking_sources: 1,
    open_gaps: 0,
    systems_watched: 1,
    systems_required: 2,
    systems_uncovered: 1,
    last_inspection_on: null,
    inspection_due_on: '2026-09-01',
    inspection_overdue: false,
  })
  clock.advance(185 * 86_400_000)
  const late = await estate.list(officer, { limit: 10, filter: 'inspection_overdue:true' })
  expect(late.items.map((station) => station.id)).toEqual([id])
})

test('the estate and its plan are written out as sheets, in the words of the reader, no cell computed', async () => {
  await using given = await fixture()
  const { estate } = given
  const ministry = await given.organisation('=Bộ Ví dụ', 'ministry')
  const id = await given.station(ministry, { source_count: 4, lacking_sources: 1 })
  await estate.place(officer, id, '01')
  await given.station(await given.organisation('Tỉnh', 'province'), { state: 'silent' })
  const lines = (bytes: Uint8Array) => Buffer.from(bytes).toString().trim().split('\r\n')
  const csv = { format: 'csv' } as const
  const [head, ...stations] = lines(await estate.export(officer, csv))
  expect(head).toMatch(/^Trạm,Mã,Trạng thái,Tổ chức,"Tỉnh, thành phố",/)
  expect(stations).toHaveLength(2)
  const [one = ''] = lines(
    await estate.export(officer, { ...csv, filter: 'state:connected' }),
  ).slice(1)
  expect(one).toContain(`,${id},Đang kết nối,'=Bộ Ví dụ,Hà Nội,`)
  const english = await estate.exportPlan(
    { ...officer, language: 'en' },
    { ...csv, filter: 'kind:ministry' },
  )
  expect(lines(english)).toHaveLength(2)
  expect(lines(english)[1]).toMatch(/^'=Bộ Ví dụ,Ministry/)
})

test('pages of every order hold each station once, also those without heartbeat or inspection', async () => {
  await using given = await fixture()
  const owner = await given.organisation('A', 'isp')
  const ids = await Promise.all(
    Array.from({ length: 7 }, (_, n) =>
      given.station(owner, {
        name: 'cùng tên',
        last_heartbeat_at: n % 2 ? null : '2026-03-01T00:00:00.123Z',
        joined_at: n % 3 ? null : '2026-02-01T00:00:00.000Z',
        state: n % 2 ? 'pending' : 'connected',
      }),
    ),
  )
  for (const sort of ['name', '-state', 'organisation', '-heartbeat', 'inspection_due']) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await given.estate.list(officer, { limit: 2, sort, cursor })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen.toSorted(), sort).toEqual(ids.toSorted())
  }
})

test('stations are counted where they stand; only a unit of today is a place, and it is journaled', async () => {
  await using given = await fixture()
  const { estate, database } = given
  const owner = await given.organisation('A', 'isp')
  const id = await given.station(owner)
  await given.station(owner, { state: 'silent' })
  await given.station(owner, { state: 'revoked', replaced_by: id })
  expect((await estate.place(officer, id, '01')).unit).toBe('01')
  expect(await estate.units(officer)).toEqual([
    { unit: '', stations: 1, states: { silent: 1 } },
    { unit: '01', stations: 1, states: { connected: 1 } },
  ])
  await expect(estate.place(officer, id, '99')).rejects.toMatchObject({
    code: 'request.invalid',
    errors: [{ field: 'unit' }],
  })
  const entries = await database.asOwner(`select type from journal`)
  expect(entries.rows).toEqual([{ type: 'station.placed' }])
})

test('duties say who must have a station by when; the coordinator’s own day and an exemption go before', async () => {
  await using given = await fixture()
  const { estate } = given
  const ministry = await given.organisation('Bộ', 'ministry')
  const province = await given.organisation('Tỉnh', 'province')
  const shop = await given.organisation('Cửa hàng', 'enterprise')
  await given.station(province, { last_data_at: '2026-03-01T00:00:00.000Z' })
  const of = async (id: string) => {
    const { items } = await estate.plan(officer, { limit: 50 })
    return PlanEntry.parse(items.find((entry) => entry.id === id))
  }
  expect(await of(ministry)).toMatchObject({
    state: 'planned',
    duty: 'ministry',
    due_on: '2025-12-31',
    overdue: true,
  })
  expect(await of(province)).toMatchObject({ state: 'operating', overdue: false })
  expect(await of(shop)).toMatchObject({ state: 'planned', duty: null, due_on: null })
  expect(await estate.progress(officer)).toMatchObject({ due: 2, overdue: 1 })

  const draft = { stage: 'survey', due_on: '2026-06-30', note: '', reason: 'gia hạn' } as const
  expect(await estate.setPlan(officer, ministry, draft)).toMatchObject({
    state: 'survey',
    due_on: '2026-06-30',
    own_due_on: '2026-06-30',
    overdue: false,
  })
  await estate.setPlan(officer, ministry, { ...draft, stage: 'exempt' })
  expect(await estate.progress(officer)).toMatchObject({ due: 1, overdue: 0 })

  await given.station(ministry, { state: 'pending', accepted_fingerprint: null })
  await estate.setPlan(officer, ministry, draft)
  expect((await of(ministry)).state).toBe('joined')
})

test('who sees one organisation sees its stations, its plan and no other', async () => {
  await using given = await fixture()
  const { estate } = given
  const [mine = '', other = ''] = [
    await given.organisation('A', 'isp'),
    await given.organisation('B', 'isp'),
  ]
  const id = await given.station(mine)
  const hidden = await given.station(other)
  const owner = caller([mine])
  expect((await estate.list(owner, { limit: 9 })).items.map((one) => one.id)).toEqual([id])
  expect((await estate.plan(owner, { limit: 9 })).items.map((one) => one.id)).toEqual([mine])
  expect(await estate.units(owner)).toEqual([{ unit: '', stations: 1, states: { connected: 1 } }])
  await expect(estate.place(owner, hidden, '01')).rejects.toMatchObject({
    code: 'station.not-found',
  })
  const draft = { stage: 'exempt', due_on: null, note: '', reason: 'không' } as const
  await expect(estate.setPlan(owner, other, draft)).rejects.toMatchObject({
    code: 'organisation.not-found',
  })
})
