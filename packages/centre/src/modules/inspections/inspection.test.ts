import { join } from 'node:path'
import { Inspection, type InspectionDraft } from '@haidang/contracts/inspection'
import { linkMigrations } from '@haidang/link/migrations'
import { GapStore } from '@haidang/link/parent/gap-store'
import { localStation } from '@haidang/link/parent/local-station'
import { StationStore } from '@haidang/link/parent/station-store'
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
import { EstateService } from '../estate/estate-service.ts'
import { EstateStore } from '../estate/estate-store.ts'
import { EstateView } from '../estate/estate-view.ts'
import { PlanView } from '../estate/plan-view.ts'
import { InspectionService } from './inspection-service.ts'
import { InspectionStore } from './inspection-store.ts'

const rules = await loadEstate(
  join(import.meta.dirname, '../../../../../content/estate/vn-1017.yaml'),
)
const checklist = { profile: 'vn-1017.1', months: rules.months, items: rules.checklist }
const inspector: Caller = {
  scope: { ...systemScope, actor: { id: 'usr_1', name: 'Nguyễn Kiểm Tra' } },
  permissions: new Set(),
  language: 'vi',
  organisation_id: '',
  person_id: null,
  session_id: null,
}
const whole: InspectionDraft = {
  kind: 'half_year',
  inspected_on: '2026-02-28',
  inspector: 'Nguyễn Kiểm Tra',
  answers: checklist.items.map(({ id }) => ({ item: id, result: 'met', note: '' })),
  findings: [
    { text: 'Đồng hồ lệch', remedy_by: '2026-03-31' },
    { text: 'Thiếu người thay', remedy_by: null },
  ],
  summary: '',
}

async function fixture() {
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const newId = idsFrom(clock)
  const database = await testDatabase([runtimeMigrations, linkMigrations, centreMigrations])
  const journal = createJournal({ database, clock, newId })
  const kept = { database, journal, clock, newId }
  const estate = new EstateService({
    ...kept,
    rules,
    store: new EstateStore(),
    unitsOf: async () => new Map(),
    view: new EstateView({ clock, months: rules.months, drift: async () => new Map() }),
    plan: new PlanView({ clock, duties: rules.duties }),
  })
  const service = new InspectionService({
    ...kept,
    estate,
    checklist,
    store: new InspectionStore(),
  })
  const organisation_id = newId('organisation')
  await database.asOwner(
    `insert into organisation (id, code, name, kind, simulated, created_at, updated_at)
     values ($1, 'A', 'A', 'ministry', true, now(), now())`,
    [organisation_id],
  )
  const station = newId('station')
  const node = { id: newId('node'), name: 'Trạm', software: '1', capabilities: [], simulated: true }
  await database.transact(systemScope, (tx) =>
    new StationStore().add(tx, localStation(station, node, organisation_id, clock.iso())),
  )
  const entries = async () =>
    (await database.asOwner(`select type from journal order by seq`)).rows.map(({ type }) => type)
  const gaps = new GapStore(newId, clock)
  const dispose = () => database[Symbol.asyncDispose]()
  return {
    clock,
    database,
    service,
    estate,
    station,
    organisation_id,
    gaps,
    entries,
    [Symbol.asyncDispose]: dispose,
  }
}

test('an inspection is drafted, signed once and whole, and moves the day the next is due', async () => {
  await using given = await fixture()
  const { service, estate, station } = given
  const half = { ...whole, answers: whole.answers.slice(1) }
  const draft = Inspection.parse(await service.create(inspector, station, half))
  expect(draft).toMatchObject({ signed_at: null, open_findings: 2, profile: 'vn-1017.1' })
  const left = checklist.items[0]?.id
  await expect(service.sign(inspector, draft.id, 1)).rejects.toMatchObject({
    code: 'inspection.incomplete',
    message: left,
  })
  const { version } = await service.update(inspector, draft.id, { ...whole, version: 1 })
  await expect(service.update(inspector, draft.id, { ...whole, version: 1 })).rejects.toMatchObject(
    { code: 'inspection.changed-meanwhile' },
  )
  const signed = await service.sign(inspector, draft.id, version)
  expect(signed).toMatchObject({ signed_by: 'Nguyễn Kiểm Tra', version: version + 1 })
  await expect(
    service.update(inspector, draft.id, { ...whole, version: version + 1 }),
  ).rejects.toMatchObject({ code: 'inspection.signed' })

  const [row] = (await estate.list(inspector, { limit: 5 })).items
  expect(row).toMatchObject({
    last_inspection_on: '2026-02-28',
    inspection_due_on: '2026-08-28',
    open_findings: 2,
  })
  expect(await given.entries()).toEqual([
    ...['inspection.recorded', 'inspection.updated', 'inspection.signed'],
  ])
})

test('findings are remedied one by one after signing, on a day that can be', async () => {
  await using given = await fixture()
  const { service, estate, station } = given
  const { id } = await service.create(inspector, station, whole)
  const remedy = { finding: 0, remedied_on: '2026-03-01', note: 'đã chỉnh NTP' }
  await expect(service.remedy(inspector, id, remedy)).rejects.toMatchObject({
    code: 'inspection.unsigned',
  })
  await service.sign(inspector, id, 1)
  await expect(
    service.remedy(inspector, id, { ...remedy, remedied_on: '2026-03-02' }),
  ).rejects.toMatchObject({ errors: [{ field: 'remedied_on' }] })
  const after = await service.remedy(inspector, id, remedy)
  expect(after.findings[0]).toMatchObject({ remedied_on: '2026-03-01', remedy_note: remedy.note })
  expect(after.open_findings).toBe(1)
  await expect(service.remedy(inspector, id, remedy)).rejects.toMatchObject({
    errors: [{ field: 'finding' }],
  })
  expect((await estate.list(inspector, { limit: 5 })).items[0]?.open_findings).toBe(1)
})

test('the node fills in what it knows of the half year before', async () => {
  await using given = await fixture()
  const { service, station, organisation_id, gaps, clock, database } = given
  const owner = { station_id: station, organisation_id }
  await database.transact(systemScope, async (tx) => {
    await gaps.openSilence(tx, owner, '2026-02-27T00:00:00.000Z')
    // Before the period, and after the inspection.
    await gaps.openSilence(tx, owner, '2025-01-01T00:00:00.000Z')
    await gaps.openSilence(tx, owner, '2026-02-28T18:00:00.000Z')
    const lost = { first: 1, last: 7, count: 7, reason: 'full' }
    const at = '2026-02-01T00:00:00.000Z'
    await gaps.dropped(tx, owner, 'alerts', { ...lost, from: at, to: at })
  })
  const { facts } = await service.create(inspector, station, whole)
  // From the silence to the end of the day of the inspection in Vietnam.
  expect(facts).toMatchObject({ gaps: 2, silent_seconds: 41 * 3_600, dropped_records: 7 })
  expect(clock.iso() > facts.period_from).toBe(true)
})

test('what cannot be is refused with its field', async () => {
  await using given = await fixture()
  const { service, station } = given
  const [first] = whole.answers
  if (!first) throw new Error('the checklist is empty')
  await expect(
    service.create(inspector, station, {
      ...whole,
      inspected_on: '2026-03-02',
      answers: [first, first, { ...first, item: 'nothing' }],
      findings: [{ text: 'sớm quá', remedy_by: '2026-03-01' }],
    }),
  ).rejects.toMatchObject({
    code: 'request.invalid',
    errors: [
      { field: 'inspected_on' },
      { field: 'answers.1.item' },
      { field: 'answers.2.item' },
      { field: 'findings.0.remedy_by' },
    ],
  })
  const stranger = { ...inspector, scope: { ...inspector.scope, organisations: ['org_other'] } }
  await expect(service.create(stranger, station, whole)).rejects.toMatchObject({
    code: 'station.not-found',
  })
})
