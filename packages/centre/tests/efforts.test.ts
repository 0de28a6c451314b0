import { join } from 'node:path'
import type { Caller } from '@haidang/runtime/caller'
import { idsFrom } from '@haidang/runtime/ids'
import { expect, test } from 'vitest'
import { openEfforts } from '../src/efforts.ts'
import { OrderStore } from '../src/modules/orders/order-store.ts'
import { MyWorkView } from '../src/my-work/my-work-view.ts'
import { caller, centreOrg, doing, ministryOrg, names, provinceOrg } from './doing.ts'

const centre = caller(centreOrg)
const ministry = caller(ministryOrg, { organisations: [ministryOrg] })
const province = caller(provinceOrg, { organisations: [provinceOrg] })
const problem = (code: string) => expect.objectContaining({ code })
/** Keys and who made them: a key acts for its maker. */
const makers = new Map<string, string>()
const askers = {
  peopleBehind: async (_: unknown, { person_id, scope }: Caller) =>
    [person_id ?? makers.get(scope.actor.id) ?? ''].filter(Boolean),
}
const content = join(import.meta.dirname, '../../../content')

const line = {
  kind: 'labour',
  text: 'Thu thập, phân tích nhật ký',
  unit: 'giờ công',
  quantity: 16,
  unit_price: 250_000,
  basis: '',
}
const draft = { lines: [line], note: '' }

/** An order to the ministry, which the province only reads, and the sheets of it. */
async function claiming() {
  const node = await doing()
  const newId = idsFrom(node.clock)
  const orders = new OrderStore()
  const efforts = await openEfforts({ ...node, newId, orders, askers }, content)
  const order = await node.issuing.issue(centre, {
    kind: 'order',
    urgency: 'immediate',
    title: 'Thu thập nhật ký',
    situation: 'Máy chủ bị xâm nhập',
    actions: [{ id: 'a1', kind: 'collect_log', text: 'Gửi', due_at: null, indicators: [] }],
    legal_basis: [],
    tlp: 'amber',
    incident_id: null,
    report_due_at: '2026-11-22T05:00:00Z',
    addressees: [
      { organisation_id: ministryOrg, role: 'lead' },
      { organisation_id: provinceOrg, role: 'for_information' },
    ],
  })
  return { node, efforts, order, [Symbol.asyncDispose]: () => node[Symbol.asyncDispose]() }
}

function another(one: Caller, id: string): Caller {
  const scope = { ...one.scope, actor: { id, name: 'Trần Văn Duyệt' } }
  return { ...one, person_id: id, scope }
}

/** A key that somebody made. */
function keyOf({ person_id, ...one }: Caller, id: string): Caller {
  makers.set(id, person_id ?? '')
  return { ...one, person_id: null, scope: { ...one.scope, actor: { id, name: 'khóa' } } }
}

test('a sheet goes from the claim to the payment, each side taking its own steps, each step in the journal', async () => {
  await using claim = await claiming()
  const { efforts, order, node } = claim
  const { id } = await efforts.create(ministry, order.id, draft)
  await efforts.submit(ministry, id, 1)
  const lines = [{ quantity: 12, unit_price: 250_000, note: 'theo chấm công' }]
  const checked = await efforts.check(centre, id, 2, { lines, note: '' })
  expect([checked.claimed, checked.checked]).toEqual([4_000_000, 3_000_000])
  await efforts.agree(ministry, id, 3, { verdict: 'contested', note: 'thiếu ca đêm' })
  const again = [{ quantity: 16, unit_price: 250_000, note: '' }]
  await efforts.check(centre, id, 4, { lines: again, note: '' })
  await efforts.agree(ministry, id, 5, { verdict: 'agreed', note: '' })
  await expect(efforts.approve(centre, id, 6, '')).rejects.toThrow(problem('effort.own-check'))
  const leader = another(centre, idsFrom(node.clock)('person'))
  await efforts.approve(leader, id, 6, '')
  const payment = { source: 'central_budget', paid_on: '2026-11-22', document: 'UNC-01' }
  const paid = await efforts.pay(leader, id, 7, payment)
  expect(paid).toMatchObject({ state: 'paid', checked: 4_000_000, payment })
  expect(paid.history.map(({ step }) => step)).toEqual([
    'submitted',
    'checked',
    'contested',
    'checked',
    'agreed',
    'approved',
    'paid',
  ])
  const written = await node.database.asOwner(
    `select type from journal where subject = $1 order by seq`,
    [id],
  )
  expect(written.rows.map(({ type }) => type)).toEqual([
    'effort.recorded',
    ...paid.history.map(({ step }) => `effort.${step}`),
  ])
})

test('nobody approves what they ever checked, by whichever hand', async () => {
  await using claim = await claiming()
  const { efforts, order, node } = claim
  const newId = idsFrom(node.clock)
  const second = another(centre, newId('person'))
  const lines = [{ quantity: 16, unit_price: 250_000, note: '' }]
  const { id, simulated } = await efforts.create(ministry, order.id, draft)
  expect(simulated).toBe(order.simulated)
  await efforts.submit(ministry, id, 1)
  await efforts.check(keyOf(second, newId('key')), id, 2, { lines, note: '' })
  await efforts.agree(ministry, id, 3, { verdict: 'contested', note: 'thiếu ca đêm' })
  await efforts.check(centre, id, 4, { lines, note: '' })
  await efforts.agree(ministry, id, 5, { verdict: 'agreed', note: '' })
  const refused = (who: Caller) =>
    expect(efforts.approve(who, id, 6, '')).rejects.toThrow(problem('effort.own-check'))
  await refused(centre)
  await refused(second)
  await refused(keyOf(centre, newId('key')))
  await efforts.approve(another(centre, newId('person')), id, 6, '')
})

test('of two sheets begun at once one stands', async () => {
  await using claim = await claiming()
  const { efforts, order } = claim
  const both = await Promise.allSettled([
    efforts.create(ministry, order.id, draft),
    efforts.create(ministry, order.id, draft),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const refused = both.find((one) => one.status === 'rejected')
  expect(refused?.reason).toMatchObject({ code: 'effort.exists' })
})

test('only who the order asks to act claims, once, and nobody else sees it', async () => {
  await using claim = await claiming()
  const { efforts, order } = claim
  const refused = (work: Promise<unknown>, code: string) =>
    expect(work).rejects.toThrow(problem(code))
  await refused(efforts.create(province, order.id, draft), 'effort.no-addressee')
  const { id } = await efforts.create(ministry, order.id, draft)
  await refused(efforts.create(ministry, order.id, draft), 'effort.exists')
  await refused(efforts.get(province, id), 'effort.not-found')
  expect((await efforts.list(province, { limit: 10 })).items).toEqual([])
  await refused(efforts.submit(centre, id, 1), 'effort.not-yours')
  await efforts.submit(ministry, id, 1)
  await refused(efforts.update(ministry, id, 2, draft), 'effort.illegal-step')
  await refused(efforts.return(centre, id, 1, 'thiếu định mức'), 'effort.moved-on')
  await efforts.return(centre, id, 2, 'thiếu định mức')
  const { lines } = await efforts.update(ministry, id, 3, {
    lines: [{ ...line, basis: 'QĐ 1688/QĐ-BTTTT' }],
    note: '',
  })
  expect(lines[0]?.basis).toBe('QĐ 1688/QĐ-BTTTT')
  await efforts.withdraw(ministry, id, 4, 'lập lại')
  await efforts.create(ministry, order.id, draft)
})

test('a payment names a known source and a day that has come', async () => {
  await using claim = await claiming()
  const { efforts, order } = claim
  const { id } = await efforts.create(ministry, order.id, draft)
  const payment = { source: 'central_budget', paid_on: '2026-11-22', document: 'UNC-01' }
  const field = (name: string) =>
    expect.objectContaining({ errors: [expect.objectContaining({ field: name })] })
  expect(() => efforts.pay(centre, id, 1, { ...payment, source: 'pocket' })).toThrow(
    field('source'),
  )
  expect(() => efforts.pay(centre, id, 1, { ...payment, paid_on: '2026-11-23' })).toThrow(
    field('paid_on'),
  )
  await expect(efforts.pay(centre, id, 1, payment)).rejects.toThrow(problem('effort.illegal-step'))
})

test('a sheet is work of whoever takes its next step', async () => {
  await using claim = await claiming()
  const { efforts, order, node } = claim
  const work = new MyWorkView({ ...node, names, acts: { all: () => new Map() } })
  const waits = async (who: Caller) =>
    (await work.list(who, { limit: 10, filter: 'kind:effort' })).items.map(({ step }) => step)
  const { id } = await efforts.create(ministry, order.id, draft)
  expect([await waits(ministry), await waits(centre)]).toEqual([['draft'], []])
  await efforts.submit(ministry, id, 1)
  expect([await waits(ministry), await waits(centre)]).toEqual([[], ['submitted']])
  const lines = [{ quantity: 16, unit_price: 250_000, note: '' }]
  await efforts.check(centre, id, 2, { lines, note: '' })
  await efforts.agree(ministry, id, 3, { verdict: 'agreed', note: '' })
  expect(await waits(centre)).toEqual([])
  expect(await waits(another(centre, idsFrom(node.clock)('person')))).toEqual(['agreed'])
})
