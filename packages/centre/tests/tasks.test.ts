import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { caller, ministryOrg, provinceOrg } from './doing.ts'
import { colleague, doer, handler, tasking, taskOf } from './tasking.ts'

const problem = (code: string) => expect.objectContaining({ code })
const byProvince = { assignee: { organisation_id: provinceOrg } }
const page = { limit: 50 }

test('who is given a task sees it and nothing else of the incident, and says how far it is', async () => {
  await using node = await tasking()
  const { tasks, progress } = node
  const incident = await node.opened()
  await tasks.add(handler, incident.id, taskOf('Việc nội bộ'))
  const checklist = [{ id: 'c1', text: 'Sao lưu', done: false }]
  const given = await tasks.add(
    handler,
    incident.id,
    taskOf('Chặn ip', { ...byProvince, checklist }),
  )
  const seen = await tasks.list(doer, page)
  expect(seen.items.map(({ title }) => title)).toEqual(['Chặn ip'])
  expect(seen.items[0]).toMatchObject({ incident_title: null, mine: true, state: 'open' })
  await expect(node.incidents.get(doer, incident.id)).rejects.toThrow(problem('incident.not-found'))
  await expect(tasks.change(doer, given.id, { title: 'khác' })).rejects.toThrow(
    problem('task.not-yours'),
  )
  await progress.tick(doer, given.id, 'c1', true)
  const done = { state: 'done', note: 'đã chặn' } as const
  expect(await progress.move(doer, given.id, done)).toMatchObject({ state: 'done', version: 3 })
  expect(await progress.move(doer, given.id, done)).toMatchObject({ version: 3 })
  await expect(progress.move(doer, given.id, { state: 'open', note: '' })).rejects.toThrow(
    problem('permission.missing'),
  )
  const { items } = await node.incidents.timeline(handler, incident.id, page)
  expect(items.map(({ kind }) => kind)).toEqual([
    'incident.opened',
    'task.added',
    'task.added',
    'task.assigned',
    'task.ticked',
    'task.moved',
  ])
})

test('nobody sees tasks of others, nor above their clearance, whatever they ask the database', async () => {
  await using node = await tasking()
  const incident = await node.opened('amber')
  const { id } = await node.tasks.add(handler, incident.id, taskOf('Thu nhật ký', byProvince))
  const sees = async (organisation: string, clearance: number) => {
    const who = caller(organisation, { organisations: [organisation], clearance })
    const { rows } = await node.database.transact(who.scope, (tx) =>
      tx.execute<{ id: string }>(sql`select id from task`),
    )
    return rows.length
  }
  expect(await sees(provinceOrg, 2)).toBe(1)
  expect(await sees(ministryOrg, 2)).toBe(1)
  expect(await sees(provinceOrg, 1)).toBe(0)
  expect(await sees('org_khac', 4)).toBe(0)
  await node.incidents.update(handler, incident.id, { tlp: 'amber+strict' })
  expect(await sees(provinceOrg, 2)).toBe(0)
  expect(await node.tasks.get(doer, id)).toMatchObject({ tlp: 'amber+strict' })
})

test('a person’s task is theirs, one of an organisation is anybody’s there; returned ones go to the next', async () => {
  await using node = await tasking()
  const { tasks, progress } = node
  const incident = await node.opened()
  const mine = { assignee: { person_id: doer.person_id ?? '' } }
  const { id } = await tasks.add(handler, incident.id, taskOf('Đổi mật khẩu', mine))
  await expect(progress.move(colleague, id, { state: 'doing', note: '' })).rejects.toThrow(
    problem('task.not-assigned'),
  )
  await expect(progress.move(doer, id, { state: 'returned', note: '' })).rejects.toThrow(
    problem('task.note-required'),
  )
  await progress.move(doer, id, { state: 'returned', note: 'không có quyền trên máy' })
  const next = await tasks.change(handler, id, byProvince)
  expect(next).toMatchObject({ state: 'open', assignee_id: null })
  expect(await progress.move(colleague, id, { state: 'doing', note: '' })).toMatchObject({
    state: 'doing',
  })
  await expect(
    progress.move(doer, id, { state: 'done', note: '', version: next.version }),
  ).rejects.toThrow(problem('task.changed-meanwhile'))
})

test('what depends on something unfinished waits, also for who may not see what it waits for', async () => {
  await using node = await tasking()
  const { tasks, progress } = node
  const incident = await node.opened()
  const first = await tasks.add(handler, incident.id, taskOf('Xác minh'))
  const second = await tasks.add(
    handler,
    incident.id,
    taskOf('Cô lập', { ...byProvince, depends_on: [first.id] }),
  )
  expect((await tasks.get(doer, second.id)).blocked).toBe(true)
  const doing = { state: 'doing', note: '' } as const
  await expect(progress.move(doer, second.id, doing)).rejects.toThrow(problem('task.blocked'))
  await expect(tasks.change(handler, first.id, { depends_on: [second.id] })).rejects.toThrow(
    problem('task.circular'),
  )
  await progress.move(handler, first.id, { state: 'cancelled', note: 'đã biết rõ' })
  expect(await progress.move(doer, second.id, doing)).toMatchObject({ blocked: false })
})

test('an incident is not closed before its tasks are; many are dropped, dated and given at once or not at all', async () => {
  await using node = await tasking()
  const { tasks, templates } = node
  const incident = await node.opened()
  const taken = { template: 'response', assignee: null }
  expect(await templates.take(handler, incident.id, taken)).toEqual({ added: 7 })
  expect(await templates.take(handler, incident.id, taken)).toEqual({ added: 0 })
  const { items } = await tasks.list(handler, {
    ...page,
    filter: `incident_id:${incident.id}`,
    sort: 'position',
  })
  expect(items.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(items[0]).toMatchObject({
    clause: 'NĐ 333/2026/NĐ-CP, Điều 9.1',
    due_at: '2026-11-22T07:00:00.000Z',
  })
  const ids = items.map(({ id }) => id)
  await tasks.order(handler, incident.id, ids.slice(5))
  const placed = await tasks.list(handler, { ...page, sort: 'position' })
  expect(placed.items.map(({ id }) => id)).toEqual([...ids.slice(5), ...ids.slice(0, 5)])
  const close = { state: 'closed', note: 'xong' } as const
  await expect(node.incidents.move(handler, incident.id, close)).rejects.toThrow(
    problem('incident.tasks-open'),
  )
  const unknown = `tsk_${incident.id.slice(4)}`
  const cancel = { act: 'cancel', note: 'không cần nữa' } as const
  await expect(tasks.bulk(handler, [...ids, unknown], cancel)).rejects.toThrow(
    problem('task.not-found'),
  )
  await expect(tasks.bulk(doer, ids, cancel)).rejects.toThrow(problem('task.not-found'))
  await tasks.bulk(handler, ids, { act: 'assign', ...byProvince })
  expect((await tasks.list(doer, { ...page, filter: 'late:true' })).items).toEqual([])
  node.clock.advance(5 * 3_600_000)
  expect((await tasks.list(doer, { ...page, filter: 'late:true' })).items).toHaveLength(1)
  expect(await tasks.bulk(handler, ids, cancel)).toEqual({ changed: 7 })
  expect(await node.incidents.move(handler, incident.id, close)).toMatchObject({ state: 'closed' })
  await expect(tasks.add(handler, incident.id, taskOf('Muộn'))).rejects.toThrow(
    problem('incident.illegal-transition'),
  )
})

test('tasks that are over are found by who did them and their organisation, the last first', async () => {
  await using node = await tasking()
  const { tasks, progress, clock } = node
  const incident = await node.opened()
  const mine = { assignee: { person_id: doer.person_id ?? '' } }
  for (const title of ['Làm trước', 'Làm sau', 'Chưa làm']) {
    const { id } = await tasks.add(handler, incident.id, taskOf(title, mine))
    clock.advance(60_000)
    if (title !== 'Chưa làm') await progress.move(doer, id, { state: 'done', note: '' })
  }
  const filter = `(state:done or state:cancelled) and (assignee_id:${doer.person_id} or assignee_organisation_id:${doer.organisation_id})`
  const { items } = await tasks.list(doer, { limit: 50, filter, sort: '-updated_at' })
  expect(items.map(({ title }) => title)).toEqual(['Làm sau', 'Làm trước'])
})
