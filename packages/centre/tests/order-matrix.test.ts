import { randomUUID } from 'node:crypto'
import type { OrderDraft, StepDraft } from '@haidang/contracts/order'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caller, centreOrg, doing, ministryOrg, moreOrganisations, provinceOrg } from './doing.ts'

const centre = caller(centreOrg)
const ministry = caller(ministryOrg, { organisations: [ministryOrg] })
const problem = (code: string) => expect.objectContaining({ code })
const many = moreOrganisations(450)

let node: Awaited<ReturnType<typeof doing>>
beforeAll(async () => {
  node = await doing()
})
afterAll(() => node?.[Symbol.asyncDispose]())

function draftTo(addressees: readonly string[], change: Partial<OrderDraft> = {}): OrderDraft {
  return {
    kind: 'order',
    urgency: 'urgent',
    title: 'Chặn địa chỉ tấn công',
    situation: 'Cổng dịch vụ bị dò mật khẩu',
    actions: [
      { id: 'a1', kind: 'block_ip', text: 'Chặn', due_at: null, indicators: ['203[.]0.113.7'] },
    ],
    legal_basis: [],
    tlp: 'amber',
    incident_id: null,
    report_due_at: '2027-11-22T05:00:00Z',
    addressees: addressees.map((organisation_id) => ({ organisation_id, role: 'lead' })),
    ...change,
  }
}

const results = [{ action_id: 'a1', outcome: 'done' as const, note: '' }]
const step = (name: StepDraft['step'], change: Partial<StepDraft> = {}): StepDraft => ({
  organisation_id: ministryOrg,
  step: name,
  note: '',
  results: [],
  evidence: [],
  ...change,
})
const completed = (organisation_id: string, id: string) =>
  node.ladders.answer(
    caller(organisation_id, { organisations: [organisation_id] }),
    id,
    step('completed', { organisation_id, results }),
  )

test('an order to many comes with its first ladders, is told bit by bit, and is issued once', async () => {
  const draft = draftTo(many, { request_id: randomUUID() })
  const order = await node.issuing.issue(centre, draft)
  expect(order.addressees).toHaveLength(20)
  expect(order.tally).toMatchObject({ addressees: 450, acting: 450, undelivered: 250 })
  expect((await node.issuing.issue(centre, draft)).id).toBe(order.id)
  const told = [await node.issuing.deliver(), await node.issuing.deliver()]
  expect([...told, await node.issuing.deliver()]).toEqual([200, 50, 0])
  const after = await node.orders.get(centre, order.id)
  expect(after.tally).toMatchObject({ undelivered: 0, steps: { delivered: 450 } })
  const delivered = await node.database.asOwner(
    `select count(*)::int as entries, count(distinct organisation_id)::int as ladders
     from order_entry where order_id = '${order.id}' and step = 'delivered'`,
  )
  expect(delivered.rows).toEqual([{ entries: 450, ladders: 450 }])
})

test('ladders are read page by page, late ones first, by step and by name', async () => {
  const order = await node.issuing.issue(
    centre,
    draftTo(many.slice(0, 30), { report_due_at: '2026-11-22T04:00:00Z' }),
  )
  const [early = '', quick = ''] = many
  await completed(early, order.id)
  await completed(quick, order.id)
  node.clock.advance(2 * 3_600_000)
  await node.orders.markOverdue()
  const seen: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await node.matrix.addressees(centre, order.id, { limit: 7, cursor })
    expect(page.total).toBe(30)
    seen.push(...page.items.map((line) => line.organisation_id))
    if (page.next === null) break
    cursor = page.next
  }
  expect(new Set(seen).size).toBe(30)
  expect(seen.slice(28)).toEqual([early, quick])
  const found = (filter: string) =>
    node.matrix.addressees(centre, order.id, { limit: 50, filter }).then(({ total }) => total)
  expect(await found('step:completed')).toBe(2)
  expect(await found('overdue:true')).toBe(28)
  expect(await found('"don vi 00007"')).toBe(1)
  const own = await node.matrix.addressees(caller(early, { organisations: [early] }), order.id, {
    limit: 50,
  })
  expect(own.items.map(({ organisation_id }) => organisation_id)).toEqual([early])
  const bytes = await node.matrix.sheet(centre, order.id, {
    format: 'csv',
    filter: 'step:completed',
  })
  expect(Buffer.from(bytes).toString().trimEnd().split('\r\n')).toHaveLength(3)
})

test('several ladders are judged at once; those it does not fit are told apart', async () => {
  const addressees = many.slice(0, 4)
  const order = await node.issuing.issue(centre, draftTo(addressees))
  const [one = '', two = '', three = ''] = addressees
  await completed(one, order.id)
  await completed(two, order.id)
  const judged = await node.ladders.judgeMany(centre, order.id, {
    organisations: [one, two, three],
    step: 'closed',
    note: '',
  })
  expect(judged.done.toSorted()).toEqual([one, two].toSorted())
  expect(judged.refused).toMatchObject([{ organisation_id: three, step: 'delivered' }])
  await expect(
    node.ladders.judgeMany(centre, order.id, { organisations: [one], step: 'returned', note: '' }),
  ).rejects.toThrow(problem('order.reason-required'))
  const reminded = await node.matrix.remind(centre, order.id, {
    organisations: addressees,
    note: 'còn một giờ',
  })
  expect(reminded.done).toHaveLength(2)
  const again = await node.matrix.remind(centre, order.id, { organisations: addressees, note: '' })
  expect(again.done).toEqual([])
})

test('what two officers do at once is refused to the second, naming the first', async () => {
  const order = await node.issuing.issue(centre, draftTo([ministryOrg]))
  const shown = await node.ladders.answer(ministry, order.id, step('completed', { results }))
  const seen = shown.addressees[0]?.entries.at(-1)?.id
  await node.ladders.judge(centre, order.id, step('returned', { note: 'thiếu', seen }))
  const late = node.ladders.judge(centre, order.id, step('verified', { seen }))
  await expect(late).rejects.toMatchObject({
    code: 'order.moved-on',
    message: expect.stringContaining('Nguyễn Thị Trực'),
  })
})

test('a change is a new version: read and answered anew, with what was said before kept', async () => {
  const order = await node.issuing.issue(centre, draftTo([ministryOrg, provinceOrg]))
  await node.ladders.answer(ministry, order.id, step('accepted'))
  const change = { reason: 'thêm địa chỉ', version: 1 }
  const actions = order.actions.map((one) => ({
    ...one,
    indicators: ['203.0.113.7', '203.0.113.8'],
  }))
  await expect(
    node.amendments.amend(centre, order.id, { ...change, title: order.title }),
  ).rejects.toThrow(problem('order.unchanged'))
  const changed = await node.amendments.amend(centre, order.id, { ...change, actions })
  expect(changed).toMatchObject({ version: 2, tally: { steps: { issued: 2 } } })
  await expect(
    node.amendments.amend(centre, order.id, { ...change, title: 'Khác' }),
  ).rejects.toThrow(problem('order.replaced'))
  await node.issuing.deliver()
  await expect(
    node.ladders.answer(ministry, order.id, step('completed', { results, version: 1 })),
  ).rejects.toThrow(problem('order.replaced'))
  const answered = await node.ladders.answer(
    ministry,
    order.id,
    step('completed', { results, version: 2 }),
  )
  const entries = answered.addressees[0]?.entries.map(({ step: name, version }) => [name, version])
  expect(entries).toEqual([
    ...[
      ['issued', 1],
      ['delivered', 1],
      ['read', 1],
      ['accepted', 1],
    ],
    ...[
      ['issued', 2],
      ['delivered', 2],
      ['read', 2],
      ['accepted', 2],
      ['acting', 2],
    ],
    ['completed', 2],
  ])
  const { items } = await node.amendments.versions(ministry, order.id)
  expect(items).toMatchObject([
    { version: 1, reason: 'thêm địa chỉ', actions: [{ indicators: ['203.0.113.7'] }] },
  ])
})

test('an order withdrawn for one addressee holds for the others and is over without it', async () => {
  const order = await node.issuing.issue(centre, draftTo([ministryOrg, provinceOrg]))
  await node.ladders.answer(ministry, order.id, step('disputed', { note: 'không thuộc quản lý' }))
  const at = { id: order.id, organisation: ministryOrg }
  await node.matrix.release(centre, at, 'ý kiến đúng')
  await expect(node.ladders.answer(ministry, order.id, step('accepted'))).rejects.toThrow(
    problem('order.withdrawn'),
  )
  expect((await node.orders.payload(ministry, order.id, 'a1')).indicators).toEqual([])
  expect((await node.orders.payload(centre, order.id, 'a1')).indicators).toHaveLength(1)
  await completed(provinceOrg, order.id)
  const closed = await node.ladders.judge(
    centre,
    order.id,
    step('closed', { organisation_id: provinceOrg }),
  )
  expect(closed).toMatchObject({ state: 'closed', tally: { acting: 1, withdrawn: 1 } })
})

test('each owner sees its own indicators only, the issuer all', async () => {
  const own = (text: string) => ({ a1: [text] })
  const order = await node.issuing.issue(
    centre,
    draftTo([], {
      actions: [
        { id: 'a1', kind: 'patch', text: 'Vá', due_at: null, indicators: [], by_owner: true },
      ],
      addressees: [
        { organisation_id: ministryOrg, role: 'lead', indicators: own('192.0.2.1') },
        { organisation_id: provinceOrg, role: 'lead', indicators: own('192.0.2.2') },
      ],
    }),
  )
  const seen = await node.orders.get(ministry, order.id)
  expect(seen.actions[0]?.indicators).toEqual(['192.0.2.1'])
  const texts = async (who: typeof centre) =>
    (await node.orders.payload(who, order.id, 'a1')).indicators.map(({ text }) => text)
  expect(await texts(ministry)).toEqual(['192.0.2.1'])
  expect(await texts(centre)).toEqual(['192.0.2.1', '192.0.2.2'])
})

test('an indicator that is none is named with its place', async () => {
  const wrong = draftTo([ministryOrg], {
    actions: [
      { id: 'a1', kind: 'block_domain', text: 'Chặn', due_at: null, indicators: ['a.example\nb'] },
    ],
  })
  await expect(node.issuing.issue(centre, wrong)).rejects.toMatchObject({
    code: 'order.indicator-invalid',
    errors: [{ field: 'actions.0.indicators.0', cause: '"a.example\\nb"' }],
  })
})
