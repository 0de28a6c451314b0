import { vietnamDate } from '@haidang/centre/vietnam-date'
import { createClient } from '@haidang/contracts/client'
import { estateApi } from '@haidang/contracts/estate-api'
import { inspectionApi } from '@haidang/contracts/inspection-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { systemApi } from '@haidang/contracts/system-api'
import { systemClock } from '@haidang/runtime/clock'
import { apiSender } from '../api-sender.ts'
import type { LocalAccess } from '../local-access.ts'
import type { DemoNodePlan } from './demo-plan.ts'

/** Where the invented stations stand: units of today, so that the map shows something. */
const units: Readonly<Record<DemoNodePlan['key'], string>> = {
  centre: '01',
  ministry: '01',
  province: '22',
  isp: '48',
}

/** Tells the centre where a station stands, which systems it watches, and that one was inspected. */
export async function describeStation(
  key: DemoNodePlan['key'],
  organisation_id: string,
  centre: LocalAccess,
): Promise<void> {
  const send = apiSender(centre.url, centre.token)
  const estate = createClient(estateApi, send)
  const filter = `organisation_id:${organisation_id}`
  const [station] = (await estate.list({ query: { filter } })).items
  if (!station) return
  await estate.place({ params: { id: station.id }, body: { unit: units[key] } })
  const systems = createClient(systemApi, send)
  const [system] = (await systems.list({ query: { filter, sort: 'name' } })).items
  if (system && key !== 'province') {
    const body = { station_ids: [station.id] }
    await systems.update({ params: { id: system.id }, body })
  }
  if (key === 'ministry') await inspect(station.id, centre)
}

/** An organisation that must have a station and has none yet: the plan has something to say. */
export async function planStation(centre: LocalAccess): Promise<void> {
  const send = apiSender(centre.url, centre.token)
  const { id } = await createClient(organisationApi, send).create({
    body: { code: 'MP.BMP', name: 'Bộ Mô phỏng số hai (mô phỏng)', kind: 'ministry' },
  })
  await createClient(estateApi, send).setPlan({
    params: { id },
    body: { stage: 'survey', due_on: null, note: 'Đang khảo sát phòng máy', reason: 'trình diễn' },
  })
}

async function inspect(station_id: string, { url, token }: LocalAccess): Promise<void> {
  const inspections = createClient(inspectionApi, apiSender(url, token))
  const { items } = await inspections.checklist({})
  const today = vietnamDate(systemClock.now())
  const { id, version } = await inspections.create({
    body: {
      station_id,
      kind: 'half_year',
      inspected_on: today,
      inspector: 'Trần Kiểm Tra',
      answers: items.map((item, n) => ({
        item: item.id,
        result: n === 1 ? 'not_met' : 'met',
        note: n === 1 ? 'Một nguồn lệch giờ' : '',
      })),
      findings: [
        {
          text: 'Đồng hồ của máy chủ lệch 4 phút',
          remedy_by: `${Number(today.slice(0, 4)) + 1}-01-15`,
        },
      ],
    },
  })
  await inspections.sign({ params: { id }, body: { version } })
}
