import { IncidentDraft } from '@haidang/contracts/incident'
import { Permission } from '@haidang/contracts/permission'
import { writtenTogether } from '@haidang/contracts/written-alert'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { alertOf, caller, centreOrg, doing, ministryOrg, origin, provinceOrg } from './doing.ts'

const watch = caller(centreOrg)
const problem = (code: string) => expect.objectContaining({ code })
const draft = IncidentDraft.parse({
  title: 'Dò mật khẩu cổng dịch vụ',
  summary: '',
  type: 'INTRUSION',
  severity: 'medium',
  tlp: 'amber',
  organisation_id: ministryOrg,
})

async function withCluster() {
  const node = await doing()
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether([alertOf(1)])),
  )
  const { items } = await node.clusters.list(watch, { limit: 1 })
  return { node, cluster: items[0]?.id ?? '' }
}

test('an incident opened from a cluster escalates it, tells its story and closes it at the end', async () => {
  const { node, cluster } = await withCluster()
  await using _ = node
  await node.triage.triage(watch, [cluster], { act: 'acknowledge' })
  const opened = await node.incidents.open(watch, { ...draft, cluster_ids: [cluster] })
  expect(opened).toMatchObject({ number: 'SC-2026-0001', state: 'open', cluster_count: 1 })
  expect(await node.clusters.get(watch, cluster)).toMatchObject({
    state: 'escalated',
    incident_id: opened.id,
  })
  await node.notes.write(watch, opened.id, { text: 'Đã gọi đầu mối' })
  await node.incidents.move(watch, opened.id, { state: 'verified', note: '' })
  await node.incidents.move(watch, opened.id, { state: 'closed', note: 'xong' })
  expect(await node.clusters.get(watch, cluster)).toMatchObject({
    state: 'closed',
    close_reason: 'true_positive',
  })
  const { items } = await node.incidents.timeline(watch, opened.id, { limit: 50 })
  expect(items.map(({ kind }) => kind)).toEqual([
    'cluster.triaged',
    'cluster.triaged',
    'incident.opened',
    'incident.noted',
    'incident.moved',
    'incident.moved',
    'cluster.triaged',
  ])
})

test('a change made on an old version is refused', async () => {
  await using node = await doing()
  const { id, version } = await node.incidents.open(watch, draft)
  const changed = await node.incidents.update(watch, id, { title: 'Tên mới', version })
  expect(changed).toMatchObject({ title: 'Tên mới', severity: 'medium', version: version + 1 })
  await expect(node.incidents.update(watch, id, { title: 'Tên khác', version })).rejects.toThrow(
    problem('incident.changed-meanwhile'),
  )
})

test('closing needs its own permission and no open order', async () => {
  await using node = await doing()
  const { id } = await node.incidents.open(watch, draft)
  const handler = caller(centreOrg, {
    permissions: Permission.options.filter((one) => one !== 'incident.close'),
  })
  const close = { state: 'closed', note: '' } as const
  await expect(node.incidents.move(handler, id, close)).rejects.toThrow(
    problem('permission.missing'),
  )
  const order = await node.issuing.issue(watch, {
    kind: 'request',
    urgency: 'urgent',
    title: 'Cung cấp nhật ký',
    situation: 'Có dấu hiệu dò mật khẩu',
    actions: [{ id: 'a1', kind: 'collect_log', text: 'Gửi nhật ký', due_at: null, indicators: [] }],
    legal_basis: [],
    tlp: 'amber',
    incident_id: id,
    report_due_at: '2026-11-23T00:00:00Z',
    addressees: [{ organisation_id: ministryOrg, role: 'lead' }],
  })
  expect(order.number).toBe('YCĐP-2026-0001')
  await expect(node.incidents.move(watch, id, close)).rejects.toThrow(
    problem('incident.orders-open'),
  )
  await node.orders.withdraw(watch, order.id, 'không cần nữa')
  expect(await node.incidents.move(watch, id, close)).toMatchObject({ state: 'closed' })
})

test('numbers run without holes while many open at once', async () => {
  await using node = await doing()
  const opened = await Promise.all(
    Array.from({ length: 8 }, () => node.incidents.open(watch, draft)),
  )
  expect(opened.map(({ number }) => number).toSorted()).toEqual(
    Array.from({ length: 8 }, (_, n) => `SC-2026-000${n + 1}`),
  )
})

test('what stood in an incident before it was made less confidential stays as confidential', async () => {
  await using node = await doing()
  const { id } = await node.incidents.open(watch, { ...draft, tlp: 'red', summary: 'bí mật' })
  await node.incidents.update(watch, id, { tlp: 'green', summary: 'đã lược' })
  const low = caller(ministryOrg, { organisations: [ministryOrg], clearance: 1 })
  expect(await node.incidents.get(low, id)).toMatchObject({ summary: 'đã lược' })
  const { items } = await node.incidents.timeline(low, id, { limit: 50 })
  expect(JSON.stringify(items)).not.toContain('bí mật')
})

test('an incident is not known to another organisation, nor above its clearance', async () => {
  await using node = await doing()
  const { id } = await node.incidents.open(watch, draft)
  const own = caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 })
  expect(await node.incidents.get(own, id)).toMatchObject({ id })
  const low = caller(ministryOrg, { organisations: [ministryOrg], clearance: 1 })
  const stranger = caller(provinceOrg, { organisations: [provinceOrg] })
  for (const reader of [low, stranger]) {
    await expect(node.incidents.get(reader, id)).rejects.toThrow(problem('incident.not-found'))
    expect((await node.incidents.list(reader, { limit: 10 })).items).toEqual([])
  }
})
