import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { IncidentOwnerStore } from '../src/modules/incidents/incident-owner-store.ts'
import { caller, centreOrg, doing, ministryOrg, provinceOrg } from './doing.ts'
import { clustersOf, incidentDraft as draft } from './incidents-for.ts'
import { handler, tasking, taskOf } from './tasking.ts'

const watch = caller(centreOrg)
const problem = (code: string) => expect.objectContaining({ code })
const asBefore = { incidents: 'as-before', give: [] } as const

test('what is under an incident one may not see is neither merged again nor merged into', async () => {
  await using node = await doing()
  const hidden = await node.incidents.open(watch, draft('Kín', { tlp: 'red' }))
  const member = await node.incidents.open(watch, draft('Thấy được'))
  const third = await node.incidents.open(watch, draft('Thứ ba'))
  const into = { into: hidden.id, ids: [member.id], reason: '' }
  const { merge } = await node.incidentMerges.merge(watch, into)
  const low = caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 })
  for (const [head, one] of [
    [third.id, member.id],
    [member.id, third.id],
  ] as const) {
    const asked = { into: head, ids: [one], reason: '' }
    await expect(node.incidentMerges.merge(low, asked)).rejects.toThrow(
      problem('incident.unmergeable'),
    )
    await expect(node.incidentMerges.preview(low, asked)).rejects.not.toThrow(hidden.number)
  }
  expect((await node.incidents.get(watch, hidden.id)).merged_ids).toEqual([member.id])
  await node.incidentMerges.unmerge(watch, merge.id, asBefore)
  expect((await node.incidents.get(watch, member.id)).merged_into).toBeNull()
})

test('a head shown to an owner by the register is shown to who owns it when a merge is taken back, not to who did', async () => {
  await using node = await doing()
  const owners = new IncidentOwnerStore()
  const [one = '', other = ''] = await clustersOf(node, [1, 2])
  const head = await node.incidents.open(watch, draft('Ở tỉnh', { cluster_ids: [one] }))
  const member = await node.incidents.open(watch, draft('Ở bộ', { cluster_ids: [other] }))
  const own = (cluster: string, owner: string | null) =>
    node.database.transact(systemScope, async (tx) => {
      await tx.execute(sql`update cluster set owner_id = ${owner}, shown_to = ${owner},
        system_id = case when ${owner}::text is not null then 'sys_' || ${owner} end,
        owner_range = case when ${owner}::text is not null then '192.0.2.0/24' end where id = ${cluster}`)
      return owners.follow(tx, [head.id, member.id], 2)
    })
  const shown = () =>
    node.database.transact(
      systemScope,
      async (tx) =>
        (await tx.execute(sql`select shown_to from incident where id = ${head.id}`)).rows[0]?.[
          'shown_to'
        ],
    )
  await own(one, provinceOrg)
  expect(await shown()).toBe(provinceOrg)
  const chosen = { into: head.id, ids: [member.id], reason: '' }
  const { merge } = await node.incidentMerges.merge(watch, chosen)
  expect(await shown()).toBeNull()
  await own(other, provinceOrg)
  expect(await shown()).toBe(provinceOrg)
  await own(other, null)
  expect(await shown()).toBeNull()
  expect((await own(one, centreOrg)).map(({ id }) => id)).toEqual([head.id])
  expect(await own(one, centreOrg)).toEqual([])
  await node.incidentMerges.unmerge(watch, merge.id, asBefore)
  expect(await shown()).toBe(centreOrg)
})

test('more clusters than are read at once all follow their incident, and are too many to be merged', async () => {
  await using node = await doing()
  const [one = ''] = await clustersOf(node, [1])
  const head = await node.incidents.open(watch, draft('Rất lớn', { cluster_ids: [one] }))
  const small = await node.incidents.open(watch, draft('Nhỏ'))
  const open = () =>
    node.database.transact(systemScope, async (tx) => {
      const counted = sql`select count(*)::int as n from cluster where state <> 'closed'`
      return (await tx.execute<{ n: number }>(counted)).rows[0]?.n
    })
  await node.database.transact(systemScope, (tx) =>
    tx.execute(sql`insert into cluster select (jsonb_populate_record(c, jsonb_build_object(
      'id', 'clu_' || lpad(n::text, 8, '0')))).* from cluster c, generate_series(1, 2000) n`),
  )
  const chosen = { into: small.id, ids: [head.id], reason: '' }
  await expect(node.incidentMerges.merge(watch, chosen)).rejects.toThrow(
    problem('incident.merged-too-much'),
  )
  await node.incidents.move(watch, head.id, { state: 'closed', note: '' })
  expect(await open()).toBe(0)
}, 60_000)

test('tasks of a merged incident are given and dropped through its head while that is open, and none is added', async () => {
  await using node = await tasking()
  const [head, member] = [await node.opened('amber'), await node.opened('amber')]
  const { id } = await node.tasks.add(handler, member.id, taskOf('Thu nhật ký'))
  const chosen = { into: head.id, ids: [member.id], reason: '' }
  const { merge } = await node.incidentMerges.merge(handler, chosen)
  await expect(node.tasks.add(handler, member.id, taskOf('Thêm'))).rejects.toThrow(
    problem('incident.merged'),
  )
  await node.tasks.change(handler, id, { assignee: { organisation_id: provinceOrg } })
  await node.progress.move(handler, id, { state: 'cancelled', note: 'trùng' })
  await node.incidents.move(handler, head.id, { state: 'closed', note: '' })
  await expect(node.progress.move(handler, id, { state: 'open', note: '' })).rejects.toThrow(
    problem('incident.illegal-transition'),
  )
  await node.incidentMerges.unmerge(handler, merge.id, asBefore)
  expect(await node.tasks.get(handler, id)).toMatchObject({ state: 'cancelled' })
})

test('a task handed on is found under its new incident and told in the story of both; of one template none stands twice', async () => {
  await using node = await tasking()
  const [head, member] = [await node.opened('amber'), await node.opened('amber')]
  const taken = { template: 'response', assignee: null }
  await node.templates.take(handler, member.id, taken)
  const chosen = { into: head.id, ids: [member.id], reason: '' }
  const { merge } = await node.incidentMerges.merge(handler, chosen)
  const given = await node.tasks.add(handler, head.id, taskOf('Thu nhật ký'))
  const stays = await node.tasks.add(handler, head.id, taskOf('Ở lại'))
  await node.templates.take(handler, head.id, taken)
  const page = { limit: 50 }
  const twin = (await node.tasks.list(handler, { ...page, filter: `incident_id:${head.id}` })).items
    .filter(({ template_id }) => template_id !== null)
    .map(({ id }) => ({ kind: 'task' as const, id, to: member.id }))
  await expect(
    node.incidentMerges.unmerge(handler, merge.id, { incidents: 'as-before', give: twin }),
  ).rejects.toThrow(problem('merge.task-there'))
  const give = [{ kind: 'task' as const, id: given.id, to: member.id }]
  await node.incidentMerges.unmerge(handler, merge.id, { incidents: 'as-before', give })
  const filter = `incident_id:${member.id} and text:${member.number.replaceAll('-', ' ')}`
  const found = (await node.tasks.list(handler, { ...page, filter, sort: 'position' })).items
  expect(found.at(-1)).toMatchObject({ id: given.id, position: 8, version: given.version + 1 })
  expect((await node.tasks.get(handler, stays.id)).version).toBe(stays.version)
  for (const { id } of [head, member]) {
    const { items } = await node.incidents.timeline(handler, id, page)
    expect(items.find(({ kind }) => kind === 'incident.unmerged')?.after).toMatchObject({
      given: [{ kind: 'task', id: given.id, to: member.id, label: 'Thu nhật ký' }],
    })
  }
})

test('what is handed on is named in the story of its incidents to who may read of it alone', async () => {
  await using node = await doing()
  const [kept = '', secret = ''] = await clustersOf(node, [1, 2])
  const head = await node.incidents.open(watch, draft('Chính'))
  const member = await node.incidents.open(watch, draft('Phụ'))
  const chosen = { into: head.id, ids: [member.id], reason: '' }
  const { merge } = await node.incidentMerges.merge(watch, chosen)
  await node.database.transact(systemScope, (tx) =>
    tx.execute(sql`update cluster set incident_id = ${head.id}, state = 'escalated',
      tlp_rank = case when id = ${secret} then 4 else 2 end where id in (${kept}, ${secret})`),
  )
  const give = [kept, secret].map((id) => ({ kind: 'cluster' as const, id, to: member.id }))
  await node.incidentMerges.unmerge(watch, merge.id, { incidents: 'as-before', give })
  const low = caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 })
  for (const { id } of [head, member]) {
    const { items } = await node.incidents.timeline(low, id, { limit: 50 })
    const given = [
      { kind: 'cluster', id: kept, to: member.id, label: expect.any(String) },
      { kind: 'cluster', id: secret, to: member.id },
    ]
    expect(items.find(({ kind }) => kind === 'incident.unmerged')?.after).toEqual(
      expect.objectContaining({ given }),
    )
  }
})

test('what comes to a head counts as decided since the merge only where its state or its assignee changed', async () => {
  await using node = await doing()
  const [later = ''] = await clustersOf(node, [1])
  const head = await node.incidents.open(watch, draft('Chính'))
  const [one, other] = [
    await node.incidents.open(watch, draft('Một')),
    await node.incidents.open(watch, draft('Hai')),
  ]
  for (const { id } of [one, other]) {
    await node.incidentMerges.merge(watch, { into: head.id, ids: [id], reason: '' })
  }
  await node.incidents.attach(watch, head.id, [later])
  await node.incidents.update(watch, head.id, { title: 'Tên khác' })
  const changed = async () =>
    (await node.incidentMerges.list(watch, head.id, { limit: 10 })).items.map(
      ({ head_changed }) => head_changed,
    )
  expect(await changed()).toEqual([false, false])
  await node.incidents.update(watch, head.id, { assignee_id: null })
  expect(await changed()).toEqual([true, true])
})
