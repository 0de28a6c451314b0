import { afterAll, beforeAll, expect, test } from 'vitest'
import { MyWorkView } from '../src/my-work/my-work-view.ts'
import { caller, ministryOrg, provinceOrg } from './doing.ts'
import { colleague, doer, handler, tasking, taskOf } from './tasking.ts'

/** One thing of every kind for the province, and some of each for others. */
async function wanted() {
  const node = await tasking()
  const { database, tasks } = node
  const incident = await node.opened()
  const mine = { assignee: { person_id: doer.person_id ?? '' } }
  await tasks.add(
    handler,
    incident.id,
    taskOf('Của tôi', { ...mine, due_at: '2026-11-22T04:00:00Z' }),
  )
  await tasks.add(
    handler,
    incident.id,
    taskOf('Của đơn vị', { assignee: { organisation_id: provinceOrg } }),
  )
  await tasks.add(
    handler,
    incident.id,
    taskOf('Của bộ', { assignee: { organisation_id: ministryOrg } }),
  )
  for (const [organisation_id, title] of [
    [provinceOrg, 'Lệnh cho tỉnh'],
    [ministryOrg, 'Lệnh cho bộ'],
    [ministryOrg, 'Lệnh qua liên kết'],
  ] as const) {
    await node.issuing.issue(handler, {
      kind: 'request',
      urgency: 'urgent',
      title,
      situation: 'Có dấu hiệu dò mật khẩu',
      actions: [
        { id: 'a1', kind: 'collect_log', text: 'Gửi nhật ký', due_at: null, indicators: [] },
      ],
      legal_basis: [],
      tlp: 'amber',
      incident_id: null,
      report_due_at: '2026-11-23T00:00:00Z',
      addressees: [{ organisation_id, role: 'lead' }],
    })
  }
  await database.asOwner(
    `update order_addressee a set over_link = true from coordination_order o
     where o.id = a.order_id and o.title = 'Lệnh qua liên kết'`,
  )
  await database.asOwner(
    `insert into advisory (id, remote, organisation_id, organisation_name, tlp_rank, number, state, version, content,
       simulated, published_by_name, published_at, updated_at, folded)
     values ('adv_x', false, 'org_c', 'Trung tâm', 1, 'CB-1', 'published', 1, '{"title": {"vi": "Lỗ hổng", "en": ""}}',
       true, 'A', now(), now(), '')`,
  )
  await database.asOwner(
    `insert into advisory_addressee (advisory_id, organisation_id, organisation_name, organisation_kind,
       issuer_id, tlp_rank, version, told_hash, step, note, details, systems, over_link, overdue, due_at)
     values ('adv_x', $1, 'Tỉnh', 'province', 'org_c', 1, 1, '', 'delivered', '', '[]', '[]', false, false,
       '2026-11-22T02:00:00Z'),
       ('adv_x', $2, 'Bộ', 'ministry', 'org_c', 1, 1, '', 'delivered', '', '[]', '[]', true, false, null)`,
    [provinceOrg, ministryOrg],
  )
  await database.asOwner(
    `insert into organisation (id, code, name, kind, home, simulated, created_at, updated_at)
     values ($1, 'T', 'Tỉnh', 'province', false, true, now(), now())`,
    [provinceOrg],
  )
  await database.asOwner(
    `insert into approval_request (id, kind, organisation_id, tlp_rank, state, size, facts, payload, digest, reason,
       asked_by_id, asked_by, behind_id, also_behind, asked_at, expires_at, decided_by_id, decided_by, decision, outcome)
     values ('apr_x', 'order.issue', $1, 1, 'open', 1, '[]', '{}', '', '', 'usr_k', 'Khác', 'usr_k', '[]', now(),
       '2026-11-24T00:00:00Z', '', '', '', '')`,
    [provinceOrg],
  )
  const { clock, names } = node
  const acts = { all: () => new Map([['order.issue', { approve: 'order.issue' }]]) }
  const view = new MyWorkView({ database, clock, names, acts } as never)
  return { node, view }
}

let stage: Awaited<ReturnType<typeof wanted>>
beforeAll(async () => {
  stage = await wanted()
})
afterAll(() => stage?.node[Symbol.asyncDispose]())

test('everything wanted from somebody and their organisation stands in one list, soonest first, and nothing of others', async () => {
  const { view } = stage
  const { items } = await view.list(doer, { limit: 50 })
  expect(items.map(({ kind, title }) => `${kind} ${title.vi}`)).toEqual([
    'advisory Lỗ hổng',
    'task Của tôi',
    'order Lệnh cho tỉnh',
    expect.stringMatching(/^approval /),
    'task Của đơn vị',
  ])
  expect(items.map(({ late, personal }) => [late, personal])).toEqual([
    [true, false],
    [false, true],
    [false, false],
    [false, true],
    [false, false],
  ])
  expect(await view.count(doer)).toEqual({ all: 5, personal: 2, late: 1 })
  const others = await view.list(colleague, { limit: 50, filter: 'personal:true kind:task' })
  expect(others.items).toEqual([])
  const ministry = caller(ministryOrg, { organisations: [ministryOrg] })
  const titles = (await view.list(ministry, { limit: 50 })).items.map(({ title }) => title.vi)
  expect(titles).toEqual(expect.arrayContaining(['Của bộ', 'Lệnh cho bộ']))
  expect(JSON.stringify(titles)).not.toContain('tỉnh')
  // It has a node of its own, where it answers.
  expect(titles).not.toContain('Lỗ hổng')
  expect(titles).not.toContain('Lệnh qua liên kết')
})

test('pages follow one another without a hole, through what has no due time', async () => {
  const { view } = stage
  const whole = (await view.list(doer, { limit: 50 })).items.map(({ id }) => id)
  const read: string[] = []
  for (let cursor: string | undefined, pages = 0; pages < 9; pages++) {
    const { items, next } = await view.list(doer, { limit: 1, ...(cursor && { cursor }) })
    read.push(...items.map(({ id }) => id))
    if (next === null) break
    cursor = next
  }
  expect(read).toEqual(whole)
})

test('who may see a source no more is wanted for nothing of it', async () => {
  const { view } = stage
  const few = caller(provinceOrg, { organisations: [provinceOrg], permissions: ['order.answer'] })
  expect((await view.list(few, { limit: 50 })).items.map(({ kind }) => kind)).toEqual(['order'])
  const none = caller(provinceOrg, { organisations: [provinceOrg], permissions: [] })
  expect(await view.list(none, { limit: 50 })).toEqual({ items: [], next: null })
  expect(await view.count(none)).toEqual({ all: 0, personal: 0, late: 0 })
})

test('what is found is found without tone marks', async () => {
  const { view } = stage
  const found = async (filter: string) =>
    (await view.list(doer, { limit: 50, filter })).items.map(({ title }) => title.vi)
  expect(await found('"lo hong"')).toEqual(['Lỗ hổng'])
  expect(await found('lenh')).toEqual(['Lệnh cho tỉnh'])
})

test('done in one step is offered to who may say so and while nothing else comes first', async () => {
  const { view, node } = stage
  const offered = async (who: typeof doer) =>
    new Map(
      (await view.list(who, { limit: 50 })).items.map(({ title, answerable }) => [
        title.vi,
        answerable,
      ]),
    )
  const own = await offered(doer)
  const titles = ['Của tôi', 'Của đơn vị', 'Lệnh cho tỉnh', 'Lỗ hổng']
  expect(titles.map((title) => own.get(title))).toEqual([true, true, true, false])
  // A colleague's task is on the list of their organisation and not theirs to finish.
  const of = await offered(colleague)
  expect([of.get('Của tôi'), of.get('Của đơn vị')]).toEqual([false, true])
  const incident = await node.opened()
  const assignee = { organisation_id: provinceOrg }
  const first = await node.tasks.add(handler, incident.id, taskOf('Làm trước', { assignee }))
  const depends_on = [first.id]
  await node.tasks.add(handler, incident.id, taskOf('Làm sau', { assignee, depends_on }))
  const now = await offered(doer)
  expect([now.get('Làm trước'), now.get('Làm sau')]).toEqual([true, false])
})

test('a returned task of an incident nobody handles is wanted from all who may handle it', async () => {
  const { view, node } = stage
  const incident = await node.opened()
  const assignee = { person_id: doer.person_id ?? '' }
  const { id } = await node.tasks.add(handler, incident.id, taskOf('Trả lại', { assignee }))
  await node.progress.move(doer, id, { state: 'returned', note: 'không có quyền vào máy' })
  const found = async (who: typeof doer) =>
    (await view.list(who, { limit: 50, filter: 'step:returned' })).items.map(
      ({ title, personal }) => [title.vi, personal],
    )
  expect(await found(handler)).toEqual([['Trả lại', true]])
  await node.incidents.update(handler, incident.id, { assignee_id: null })
  expect(await found(handler)).toEqual([['Trả lại', false]])
  expect(await found(doer)).toEqual([])
  const ministry = caller(ministryOrg, { organisations: [ministryOrg] })
  expect(await found(ministry)).toEqual([['Trả lại', false]])
})
