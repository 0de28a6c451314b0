import { IncidentDraft } from '@haidang/contracts/incident'
import { writtenTogether } from '@haidang/contracts/written-alert'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { LikenessView } from '../src/likeness/likeness-view.ts'
import { alertOf, caller, centreOrg, doing, ministryOrg, origin, provinceOrg } from './doing.ts'

type Node = Awaited<ReturnType<typeof doing>>

const watch = caller(centreOrg)
const draft = IncidentDraft.parse({
  title: 'Dò mật khẩu cổng dịch vụ',
  organisation_id: ministryOrg,
})
const names = {
  organisations: async () => new Map<string, string>(),
  sources: async () => new Map([[ministryOrg, 'Bộ Ví dụ']]),
  people: async () => new Map<string, string>(),
  stations: async () => new Map<string, string>(),
}
const viewOf = (node: Node) => new LikenessView({ ...node, names })

/** Clusters of two rules about the same address. */
async function twoClusters(node: Node): Promise<string[]> {
  const rule = alertOf(1).rule
  const alerts = [alertOf(1), alertOf(2, { rule: { ...rule, id: 'rule-b' } })]
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether(alerts)),
  )
  const { items } = await node.clusters.list(watch, { limit: 5 })
  return items.map(({ id }) => id)
}

test('what shares an address comes first, then what is titled alike; before opening and after', async () => {
  await using node = await doing()
  const [first = '', second = ''] = await twoClusters(node)
  const shares = await node.incidents.open(watch, {
    ...draft,
    title: 'Máy chủ lạ',
    cluster_ids: [first],
  })
  const titled = await node.incidents.open(watch, { ...draft, title: 'do mat khau CONG dich vu' })
  await node.incidents.open(watch, { ...draft, title: 'Mất điện phòng máy' })
  const view = viewOf(node)
  const before = await view.draft(watch, { title: draft.title, clusters: second })
  expect(before.items).toMatchObject([
    {
      incident: { id: shares.id, organisation_name: 'Bộ Ví dụ' },
      because: ['entity'],
      shared: ['192.0.2.7'],
    },
    { incident: { id: titled.id }, because: ['title'], shared: [] },
  ])
  const opened = await node.incidents.open(watch, { ...draft, cluster_ids: [second] })
  const after = await view.of(watch, opened.id)
  expect(after.items.map(({ incident }) => incident.id)).toEqual([shares.id, titled.id])
  expect((await view.draft(watch, { title: '', clusters: '' })).items).toEqual([])
})

test('nobody learns of an incident they may not see by asking what resembles theirs', async () => {
  await using node = await doing()
  await node.incidents.open(watch, draft)
  const red = await node.incidents.open(watch, { ...draft, tlp: 'red' })
  const stranger = caller(provinceOrg, { organisations: [provinceOrg] })
  const low = caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 })
  const view = viewOf(node)
  const asked = { title: draft.title, clusters: '' }
  expect((await view.draft(stranger, asked)).items).toEqual([])
  const seen = (await view.draft(low, asked)).items.map(({ incident }) => incident.id)
  expect(seen).toHaveLength(1)
  expect(seen).not.toContain(red.id)
  await expect(view.of(stranger, red.id)).rejects.toMatchObject({ code: 'incident.not-found' })
})
