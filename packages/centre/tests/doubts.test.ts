import { alertApi } from '@haidang/contracts/alert-api'
import { createClient } from '@haidang/contracts/client'
import { type DoubtDraft, doubtApi } from '@haidang/contracts/doubt'
import { journalApi } from '@haidang/contracts/journal-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { stationApi } from '@haidang/contracts/station-api'
import { expect, test } from 'vitest'
import { addAlert } from './access-alerts.ts'
import { addStation, senderOf } from './access-holding.ts'
import { centreNode, localToken } from './centre-node.ts'

async function doubting() {
  const node = await centreNode()
  const send = senderOf(node, localToken)
  const [alerts, doubts] = [createClient(alertApi, send), createClient(doubtApi, send)]
  const { id: organisation } = await createClient(organisationApi, send).create({
    body: { code: 'BTN', name: 'Bộ Thử nghiệm', kind: 'ministry' },
  })
  const id = await addStation(node, organisation)
  const params = { id }
  const { node_id } = await createClient(stationApi, send).get({ params })
  const told = (n: number, time: string, of = node_id) =>
    addAlert(node, organisation, n, { time, node_id: of, entity: `may-${n}` })
  const mark = (change: Partial<DoubtDraft>) =>
    doubts.mark({
      params,
      body: {
        basis: 'occurred',
        starts_at: '2026-11-20T00:00:00Z',
        ends_at: null,
        reason: 'máy chủ trạm bị chiếm quyền',
        ...change,
      },
    })
  const found = async (filter: string) =>
    (await alerts.list({ query: { limit: 50, filter } })).items.map((one) => one.id).toSorted()
  return { node, send, alerts, doubts, params, told, mark, found }
}

test('alerts of a span are doubtful with the reason, found by it, and no more when it is lifted', {
  timeout: 120_000,
}, async () => {
  const site = await doubting()
  await using _ = site.node
  const { alerts, doubts, params, told, mark, found, send } = site
  const before = await told(1, '2026-11-19T23:59:59Z')
  const within = await told(2, '2026-11-20T00:00:00Z')
  const last = await told(3, '2026-11-20T23:59:59.999Z')
  const after = await told(4, '2026-11-21T00:00:00Z')
  const other = await told(5, '2026-11-20T12:00:00Z', 'nod_other')
  const marked = await mark({ ends_at: '2026-11-21T00:00:00Z' })
  expect(marked).toMatchObject({ alerts: 2, lifted_at: null })
  expect(await found('doubtful:true')).toEqual([within, last].toSorted())
  expect(await found('doubtful:false')).toEqual([before, after, other].toSorted())
  const read = async (id: string) => (await alerts.get({ params: { id } })).doubt
  expect(await read(within)).toEqual({ id: marked.id, reason: marked.reason })
  expect(await read(after)).toBeNull()

  const lift = { params: { id: marked.id }, body: { reason: 'đã kiểm tra lại' } }
  expect(await doubts.lift(lift)).toMatchObject({ lifted_reason: 'đã kiểm tra lại' })
  await doubts.lift({ ...lift, body: { reason: 'lần nữa' } })
  expect(await found('doubtful:true')).toEqual([])
  const { items } = await doubts.list({ params, query: {} })
  expect(items).toMatchObject([{ id: marked.id, lifted_reason: 'đã kiểm tra lại' }])
  const journal = await createClient(journalApi, send).list({
    query: { limit: 10, filter: `related:${marked.id}` },
  })
  expect(journal.items.map(({ type }) => type)).toEqual([
    'station.doubt-lifted',
    'station.data-doubted',
  ])
})

test('what was received in a span counts by when it came, an open span until it is lifted', {
  timeout: 120_000,
}, async () => {
  const site = await doubting()
  await using _ = site.node
  const { told, mark, found } = site
  const old = await told(1, '2020-01-01T00:00:00Z')
  expect(await mark({ basis: 'received', starts_at: '2026-01-01T00:00:00Z' })).toMatchObject({
    alerts: 1,
  })
  const later = await told(2, '2021-01-01T00:00:00Z')
  expect(await found('doubtful:true')).toEqual([old, later].toSorted())
  await expect(mark({ ends_at: '2026-11-20T00:00:00Z' })).rejects.toThrow('ends_at')
})
