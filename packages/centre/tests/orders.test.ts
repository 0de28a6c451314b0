import type { OrderDraft, StepDraft } from '@haidang/contracts/order'
import { expect, test } from 'vitest'
import { caller, centreOrg, doing, ministryOrg, provinceOrg } from './doing.ts'

const centre = caller(centreOrg)
const ministry = caller(ministryOrg, { organisations: [ministryOrg] })
const province = caller(provinceOrg, { organisations: [provinceOrg] })
const problem = (code: string) => expect.objectContaining({ code })

const draft: OrderDraft = {
  kind: 'order',
  urgency: 'immediate',
  title: 'Chặn địa chỉ tấn công',
  situation: 'Cổng dịch vụ bị dò mật khẩu',
  actions: [
    { id: 'a1', kind: 'block_ip', text: 'Chặn', due_at: null, indicators: ['192.0.2.7'] },
    { id: 'a2', kind: 'collect_log', text: 'Gửi nhật ký', due_at: null, indicators: [] },
  ],
  legal_basis: [],
  tlp: 'amber',
  incident_id: null,
  report_due_at: '2026-11-22T05:00:00Z',
  addressees: [
    { organisation_id: ministryOrg, role: 'lead' },
    { organisation_id: provinceOrg, role: 'for_information' },
  ],
}

const step = (name: StepDraft['step'], change: Partial<StepDraft> = {}): StepDraft => ({
  organisation_id: ministryOrg,
  step: name,
  note: '',
  results: [],
  evidence: [],
  ...change,
})
const results = ['a1', 'a2'].map((action_id) => ({
  action_id,
  outcome: 'done' as const,
  note: '',
}))

test('an order climbs its ladder from issue to closing', async () => {
  await using node = await doing()
  const { id, number } = await node.issuing.issue(centre, draft)
  expect(number).toBe('LĐP-2026-0001')
  await node.ladders.answer(ministry, id, step('read'))
  await node.ladders.answer(ministry, id, step('read'))
  await node.ladders.answer(ministry, id, step('acting'))
  await node.ladders.answer(ministry, id, step('progressed', { note: 'một nửa' }))
  const file = await node.orders.attach(ministry, id, {
    name: 'nhật ký.txt',
    media_type: 'text/plain',
    content: Buffer.from('log').toString('base64'),
  })
  await node.ladders.answer(ministry, id, step('completed', { results, evidence: [file.id] }))
  await node.ladders.judge(centre, id, step('returned', { note: 'thiếu nhật ký' }))
  await node.ladders.answer(ministry, id, step('completed', { results }))
  await node.ladders.judge(centre, id, step('verified'))
  const closed = await node.ladders.judge(centre, id, step('closed'))
  expect(closed.state).toBe('closed')
  const ladder = closed.addressees.find(({ organisation_id }) => organisation_id === ministryOrg)
  expect(ladder?.entries.map((entry) => entry.step)).toEqual([
    'issued',
    'delivered',
    'read',
    'accepted',
    'acting',
    'progressed',
    'completed',
    'returned',
    'acting',
    'completed',
    'verified',
    'closed',
  ])
  const read = await node.orders.readEvidence(centre, id, file.id)
  expect(Buffer.from(read.content, 'base64').toString()).toBe('log')
  await expect(node.orders.readEvidence(province, id, file.id)).rejects.toThrow(
    problem('evidence.not-found'),
  )
})

test('each side takes its own steps only, with what they must bring', async () => {
  await using node = await doing()
  const { id } = await node.issuing.issue(centre, draft)
  const refused = (work: Promise<unknown>, code: string) =>
    expect(work).rejects.toThrow(problem(code))
  await refused(node.ladders.answer(province, id, step('accepted')), 'order.not-yours')
  await refused(node.ladders.answer(ministry, id, step('verified')), 'order.not-yours')
  await refused(node.ladders.judge(ministry, id, step('verified')), 'order.not-yours')
  await refused(node.ladders.judge(centre, id, step('verified')), 'order.illegal-step')
  await refused(node.ladders.answer(ministry, id, step('disputed')), 'order.reason-required')
  await refused(
    node.ladders.answer(ministry, id, step('completed', { results: results.slice(1) })),
    'order.result-required',
  )
  const info = step('accepted', { organisation_id: provinceOrg })
  await refused(node.ladders.answer(province, id, info), 'order.illegal-step')
  const read = step('read', { organisation_id: provinceOrg })
  expect((await node.ladders.answer(province, id, read)).addressees).toMatchObject([
    { step: 'read' },
  ])
  await refused(
    node.issuing.issue(centre, { ...draft, report_due_at: '2026-11-22T01:00:00Z' }),
    'order.due-past',
  )
})

test('an addressee sees the order and its own ladder; others see nothing', async () => {
  await using node = await doing()
  const { id } = await node.issuing.issue(centre, {
    ...draft,
    addressees: [{ organisation_id: ministryOrg, role: 'lead' }],
  })
  const seen = await node.orders.get(ministry, id)
  expect(seen).toMatchObject({ mine: 'addressee', issuer_name: 'Trung tâm quốc gia' })
  await expect(node.orders.get(province, id)).rejects.toThrow(problem('order.not-found'))
  expect((await node.orders.list(province, { limit: 10 })).items).toEqual([])
  const { id: both } = await node.issuing.issue(centre, draft)
  const own = await node.orders.get(ministry, both)
  expect(own.addressees.map(({ organisation_id }) => organisation_id)).toEqual([ministryOrg])
  expect((await node.orders.get(centre, both)).addressees).toHaveLength(2)
})

test('a dispute is answered by insisting, and a withdrawn order takes no more steps', async () => {
  await using node = await doing()
  const { id } = await node.issuing.issue(centre, draft)
  await node.ladders.answer(ministry, id, step('disputed', { note: 'không thuộc quản lý' }))
  await node.ladders.judge(centre, id, step('returned', { note: 'vẫn phải làm' }))
  await node.ladders.answer(ministry, id, step('acting'))
  const withdrawn = await node.orders.withdraw(centre, id, 'thay lệnh khác')
  expect(withdrawn).toMatchObject({ state: 'withdrawn', withdrawal: 'thay lệnh khác' })
  await expect(node.ladders.answer(ministry, id, step('completed', { results }))).rejects.toThrow(
    problem('order.withdrawn'),
  )
})

test('a ladder past its deadline is marked late once, and completion clears it', async () => {
  await using node = await doing()
  const { id } = await node.issuing.issue(centre, draft)
  expect(await node.orders.markOverdue()).toBe(0)
  node.clock.advance(3 * 3_600_000)
  expect(await node.orders.markOverdue()).toBe(1)
  expect(await node.orders.markOverdue()).toBe(0)
  const { items } = await node.orders.list(ministry, { limit: 10, filter: 'overdue:true' })
  expect(items).toMatchObject([{ id, addressees: [{ overdue: true }] }])
  const done = await node.ladders.answer(ministry, id, step('completed', { results }))
  expect(done.addressees).toMatchObject([{ overdue: false }])
})
