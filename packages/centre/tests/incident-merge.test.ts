import { expect, test } from 'vitest'
import { caller, centreOrg, doing, ministryOrg, provinceOrg } from './doing.ts'
import { clustersOf, incidentDraft as draft } from './incidents-for.ts'
import { tasking, taskOf } from './tasking.ts'

const watch = caller(centreOrg)
const problem = (code: string) => expect.objectContaining({ code })

async function two() {
  const node = await doing()
  const [one = '', other = '', later = ''] = await clustersOf(node, [1, 2, 3])
  const head = await node.incidents.open(watch, draft('Mã độc ở cổng', { cluster_ids: [one] }))
  const strict = draft('Mã độc ở máy trạm', { cluster_ids: [other], tlp: 'red' })
  const member = await node.incidents.open(watch, strict)
  return { node, head, member, later, one, other }
}

test('the head shows what hangs on all, the merged number points on, and nothing is decided there', async () => {
  const { node, head, member, other } = await two()
  await using _ = node
  const chosen = { into: head.id, ids: [member.id] }
  expect(await node.incidentMerges.preview(watch, chosen)).toMatchObject({
    into: { id: head.id },
    incidents: [{ id: member.id }],
    joins: [
      { kind: 'cluster', count: 1 },
      { kind: 'order', count: 0 },
      { kind: 'task', count: 0 },
      { kind: 'report', count: 0 },
    ],
    tlp: 'red',
  })
  const { head: shown } = await node.incidentMerges.merge(watch, { ...chosen, reason: 'một vụ' })
  expect(shown).toMatchObject({ tlp: 'red', cluster_count: 2, merged_ids: [member.id] })
  const clusters = await node.incidents.clusters(watch, head.id, { limit: 10 })
  expect(clusters.items.map(({ id }) => id)).toContain(other)
  const found = await node.incidents.list(watch, { limit: 10, filter: `number:${member.number}` })
  expect(found.items).toMatchObject([{ id: member.id, merged_into: head.id }])
  await expect(node.notes.write(watch, member.id, { text: 'x' })).rejects.toThrow(
    problem('incident.merged'),
  )
  await expect(
    node.incidents.move(watch, member.id, { state: 'closed', note: '' }),
  ).rejects.toThrow(problem('incident.merged'))
  const story = await node.incidents.timeline(watch, head.id, { limit: 50 })
  expect(
    story.items.filter(({ subject }) => subject === member.id).map(({ kind }) => kind),
  ).toEqual(['incident.opened', 'incident.merged'])
  await node.incidents.move(watch, head.id, { state: 'closed', note: '' })
  expect(await node.clusters.get(watch, other)).toMatchObject({ state: 'closed' })
})

test('a merged incident is told only to whom all are told, and is not made less strict than they are', async () => {
  await using node = await doing()
  const told_to = { organisations: [provinceOrg], groups: [], people: [] }
  const head = await node.incidents.open(watch, draft('Được chia sẻ', { told_to }))
  const member = await node.incidents.open(watch, draft('Không chia sẻ', { tlp: 'amber+strict' }))
  const province = caller(provinceOrg, { organisations: [provinceOrg] })
  expect(await node.incidents.get(province, head.id)).toMatchObject({ id: head.id })
  const chosen = { into: head.id, ids: [member.id] }
  expect((await node.incidentMerges.preview(watch, chosen)).loses).toEqual([
    { kind: 'organisation', id: provinceOrg },
  ])
  const { merge } = await node.incidentMerges.merge(watch, { ...chosen, reason: '' })
  for (const id of [head.id, member.id]) {
    await expect(node.incidents.get(province, id)).rejects.toThrow(problem('incident.not-found'))
  }
  for (const change of [{ tlp: 'green' as const }, { told_to }]) {
    await expect(node.incidents.update(watch, head.id, change)).rejects.toThrow(
      problem('incident.merged-stricter'),
    )
  }
  await node.incidentMerges.unmerge(watch, merge.id, { incidents: 'as-before', give: [] })
  expect(await node.incidents.get(province, head.id)).toMatchObject({ tlp: 'amber' })
})

test('who may not see the head sees their own incident as before, and nothing of the merge', async () => {
  const { node, head, member } = await two()
  await using _ = node
  const low = caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 })
  const before = await node.incidents.get(low, head.id)
  const chosen = { into: member.id, ids: [head.id], reason: 'kín' }
  const { merge } = await node.incidentMerges.merge(watch, chosen)
  const after = await node.incidents.get(low, head.id)
  expect({ ...after, version: 0, updated_at: '' }).toEqual({
    ...before,
    version: 0,
    updated_at: '',
  })
  expect(
    (await node.incidents.list(low, { limit: 10, filter: 'merged:false' })).items,
  ).toHaveLength(1)
  const story = await node.incidents.timeline(low, head.id, { limit: 50 })
  expect(JSON.stringify(story)).not.toContain(member.number)
  const parting = { incidents: 'as-before', give: [] } as const
  await expect(node.incidentMerges.unmerge(low, merge.id, parting)).rejects.toThrow(
    problem('merge.not-found'),
  )
})

test('who takes a merge back is told what was added since, gives of it, and may let what was decided hold', async () => {
  const { node, head, member, later } = await two()
  await using _ = node
  const chosen = { into: head.id, ids: [member.id], reason: '' }
  const { merge } = await node.incidentMerges.merge(watch, chosen)
  await node.incidents.attach(watch, head.id, [later])
  await node.incidents.move(watch, head.id, { state: 'verified', note: '' })
  expect((await node.incidentMerges.list(watch, head.id, { limit: 10 })).items).toMatchObject([
    { id: merge.id, since: [{ kind: 'cluster', id: later }], head_changed: true },
  ])
  const give = [{ kind: 'cluster' as const, id: later, to: member.id }]
  const strange = {
    incidents: 'as-head' as const,
    give: [{ ...give[0], to: head.id }] as typeof give,
  }
  await expect(node.incidentMerges.unmerge(watch, merge.id, strange)).rejects.toThrow(
    problem('request.invalid'),
  )
  await node.incidentMerges.unmerge(watch, merge.id, { incidents: 'as-head', give })
  expect(await node.incidents.get(watch, member.id)).toMatchObject({
    state: 'verified',
    cluster_count: 2,
    merged_into: null,
  })
  expect(await node.clusters.get(watch, later)).toMatchObject({ incident_id: member.id })
  await expect(
    node.incidentMerges.unmerge(watch, merge.id, { incidents: 'as-head', give: [] }),
  ).rejects.toThrow(problem('merge.ended'))
})

test('incidents of two organisations, finished ones and one merged already are not merged', async () => {
  const { node, head, member } = await two()
  await using _ = node
  const strange = await node.incidents.open(watch, draft('Khác', { organisation_id: provinceOrg }))
  const merge = (into: string, ids: string[]) =>
    node.incidentMerges.merge(watch, { into, ids, reason: '' })
  await expect(merge(head.id, [strange.id])).rejects.toThrow(problem('incident.unlike'))
  await expect(merge(head.id, [head.id])).rejects.toThrow(problem('request.invalid'))
  await merge(head.id, [member.id])
  const third = await node.incidents.open(watch, draft('Thứ ba'))
  await expect(merge(third.id, [member.id])).rejects.toThrow(problem('incident.merged'))
  await node.incidents.move(watch, third.id, { state: 'rejected', note: 'nhầm' })
  await expect(merge(head.id, [third.id])).rejects.toThrow(problem('incident.illegal-transition'))
})

test('a task given since goes with the incident taken out, and waits no more for what stays', async () => {
  await using node = await tasking()
  const [head, member] = [await node.opened('amber'), await node.opened('red')]
  const chosen = { into: head.id, ids: [member.id], reason: '' }
  const { merge } = await node.incidentMerges.merge(watch, chosen)
  const first = await node.tasks.add(watch, head.id, taskOf('Thu nhật ký'))
  const second = await node.tasks.add(
    watch,
    head.id,
    taskOf('Phân tích nhật ký', { depends_on: [first.id] }),
  )
  await expect(node.incidents.move(watch, head.id, { state: 'closed', note: '' })).rejects.toThrow(
    problem('incident.tasks-open'),
  )
  const give = [{ kind: 'task' as const, id: second.id, to: member.id }]
  await node.incidentMerges.unmerge(watch, merge.id, { incidents: 'as-before', give })
  const { items } = await node.tasks.list(watch, { limit: 10, filter: `id:${second.id}` })
  expect(items).toMatchObject([{ incident_id: member.id, tlp: 'red', depends_on: [] }])
})
