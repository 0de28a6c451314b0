import { createClient } from '@haidang/contracts/client'
import { incidentApi } from '@haidang/contracts/incident-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { setupApi } from '@haidang/contracts/person-api'
import { regulationApi } from '@haidang/contracts/regulation-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderDraft } from './access-drafts.ts'
import { addEverything, everything, keyFor, password, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'

let node: CentreNode
let ministry: string
const api = () => createClient(regulationApi, senderOf(node, localToken))
const summaryOf = async (profile: string) =>
  (await api().list({})).items.find(({ current }) => current.profile === profile)
const vn2026 = async () =>
  (await api().get({ params: { profile: 'vn-2026' }, query: {} })).regulation

beforeAll(async () => {
  node = await centreNode()
  await createClient(setupApi, senderOf(node)).complete({
    body: {
      token: (await node.setup.token()) ?? '',
      language: 'vi',
      node_name: 'Trung tâm',
      organisation: { code: 'TT', name: 'Trung tâm', kind: 'national_centre' },
      administrator: { name: 'A', email: 'a@tt.example', password },
    },
  })
  const made = await createClient(organisationApi, senderOf(node, localToken)).create({
    body: { code: 'BO', name: 'Bộ Thử nghiệm', kind: 'ministry' },
  })
  ministry = made.id
}, 60_000)
afterAll(() => node[Symbol.asyncDispose]())

test('shipped profiles stand as version 0, with how much of them is not certain', async () => {
  const { items } = await api().list({})
  expect(items.map(({ current }) => [current.profile, current.version])).toEqual([
    ['vn-2017', 0],
    ['vn-2026', 0],
    ['vn-labour', 0],
    ['vn-units', 0],
  ])
  const labour = await summaryOf('vn-labour')
  expect(labour?.calendar_until).toBe(2029)
  expect((await summaryOf('vn-2026'))?.provisional).toBeGreaterThan(0)
})

test('a change is previewed on what is open, put into force from its day, kept in history and journal', async () => {
  const incidents = createClient(incidentApi, senderOf(node, localToken))
  const incident = await incidents.open({
    body: { title: 'Sự cố thử', organisation_id: ministry, detected_at: '2026-11-20T00:00:00Z' },
  })
  const old = await incidents.open({
    body: { title: 'Sự cố cũ', organisation_id: ministry, detected_at: '2026-11-01T00:00:00Z' },
  })
  const order = await createClient(orderApi, senderOf(node, localToken)).issue({
    body: orderDraft(node, ministry) as never,
  })
  const before = await vn2026()
  const regulation = structuredClone(before)
  for (const rule of regulation.deadlines) if (rule.id === '2026.report72h') rule.within = 'PT48H'
  regulation.deadlines = regulation.deadlines.filter(({ id }) => id !== '2017.ack')
  const change = { regulation, effective_from: '2026-11-10' }
  const preview = await api().preview({ body: change })
  expect(preview).toMatchObject({ examined: 3, open: 3, moved_count: 2, superseded_by: [] })
  expect(preview.changes.map(({ section, id, what }) => [section, id, what])).toEqual([
    ['deadlines', '2026.report72h', 'changed'],
    ['deadlines', '2017.ack', 'removed'],
  ])
  expect(preview.moved).toEqual([
    expect.objectContaining({
      subject: incident.id,
      label: incident.number,
      before: '2026-11-23T00:00:00.000Z',
      after: '2026-11-22T00:00:00.000Z',
    }),
    expect.objectContaining({ subject: order.id, deadline: '2017.ack', after: null }),
  ])
  expect(preview.moved.map(({ subject }) => subject)).not.toContain(old.id)
  expect(await vn2026()).toEqual(before)

  const body = { ...change, reason: 'Văn bản mới rút ngắn thời hạn', based_on: 0 }
  const published = await api().publish({ body })
  expect(published).toMatchObject({ version: 1, effective_from: '2026-11-10' })
  expect(await vn2026()).toEqual(regulation)
  const due = async (from: string) => {
    const { items } = await api().due({ query: { trigger: 'incident.detected', from } })
    return items.map(({ id, due_at, version }) => [id, due_at, version])
  }
  expect(await due('2026-11-20T00:00:00Z')).toEqual([
    ['2026.report72h', '2026-11-22T00:00:00.000Z', 1],
  ])
  expect(await due('2026-11-01T00:00:00Z')).toEqual([
    ['2026.report72h', '2026-11-04T00:00:00.000Z', 0],
  ])

  const params = { profile: 'vn-2026' }
  const history = await api().versions({ params, query: { limit: 1 } })
  expect(history.items).toMatchObject([{ version: 1, reason: 'Văn bản mới rút ngắn thời hạn' }])
  expect(history.items[0]?.changes.map(({ id }) => id)).toEqual(['2026.report72h', '2017.ack'])
  const earlier = await api().versions({ params, query: { limit: 5, cursor: history.next ?? '' } })
  expect(earlier).toMatchObject({ items: [{ version: 0, changes: [] }], next: null })
  const { regulation: shipped } = await api().get({ params, query: { version: 0 } })
  expect(shipped).toEqual(before)

  const journal = await createClient(journalApi, senderOf(node, localToken)).list({
    query: { limit: 5, filter: 'type:regulation.changed' },
  })
  expect(journal.items).toMatchObject([
    { subject: 'regulation:vn-2026:1', reason: 'Văn bản mới rút ngắn thời hạn' },
  ])
  await expect(api().publish({ body })).rejects.toThrow('regulation.changed-meanwhile')
  const again = { ...body, based_on: 1 }
  await expect(api().publish({ body: again })).rejects.toThrow('regulation.unchanged')
  const sooner = { ...again, effective_from: '2026-11-09' }
  expect(await api().publish({ body: sooner })).toMatchObject({ version: 2 })
})

test('a version of a day to come is announced and holds from then on only', async () => {
  const { regulation } = await api().get({ params: { profile: 'vn-labour' }, query: {} })
  const years = { ...regulation, calendar_years: [...regulation.calendar_years, 2030] }
  const body = { regulation: years, effective_from: '2199-01-01', reason: 'Lịch năm 2030' }
  await api().publish({ body: { ...body, based_on: 0 } })
  const found = await summaryOf('vn-labour')
  expect(found).toMatchObject({
    current: { version: 0 },
    newest: 1,
    scheduled: [{ version: 1, effective_from: '2199-01-01' }],
    calendar_until: 2029,
  })
  const preview = await api().preview({ body: { regulation, effective_from: '2026-11-22' } })
  expect(preview.superseded_by).toMatchObject([{ version: 1 }])
})

test('another country adds a profile of its own', async () => {
  const { regulation } = await api().read({
    body: {
      text: 'profile: la-2027\nname: {vi: Lào, en: Laos}\nvalid_from: 2027-01-01\nzone: Asia/Vientiane\n',
    },
  })
  const body = { regulation, effective_from: '2027-01-01', reason: 'Hồ sơ mới', based_on: -1 }
  expect(await api().publish({ body })).toMatchObject({ profile: 'la-2027', version: 1 })
  expect(await summaryOf('la-2027')).toMatchObject({ in_force: false, entries: 0 })
  await expect(api().publish({ body })).rejects.toThrow('regulation.changed-meanwhile')
})

test('of two who publish at once one is told that the other came first', async () => {
  const { regulation } = await api().get({ params: { profile: 'vn-2017' }, query: {} })
  const changed = { ...regulation, name: { vi: 'Quy định cũ', en: 'Former rules' } }
  const body = {
    regulation: changed,
    effective_from: '2026-01-01',
    reason: 'cùng lúc',
    based_on: 0,
  }
  const both = await Promise.allSettled([api().publish({ body }), api().publish({ body })])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const refused = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult
  expect(String(refused.reason)).toContain('regulation.changed-meanwhile')
})

test('who is bound to one organisation changes the rules of nobody, whatever the permissions', async () => {
  await addEverything(node)
  const bound = createClient(
    regulationApi,
    senderOf(node, await keyFor(node, ministry, everything)),
  )
  const { regulation } = await bound.get({ params: { profile: 'vn-units' }, query: {} })
  const body = { regulation, effective_from: '2026-01-01', reason: 'thử', based_on: 0 }
  await expect(bound.publish({ body })).rejects.toThrow('permission.missing')
  await expect(bound.get({ params: { profile: 'vn-none' }, query: {} })).rejects.toThrow(
    'regulation.not-found',
  )
})
