import type { OrderDraft, StepDraft } from '@haidang/contracts/order'
import { systemScope } from '@haidang/runtime/database/database'
import { journal } from '@haidang/runtime/journal-tables'
import { and, gt, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { LadderStore } from '../src/modules/orders/ladder-store.ts'
import { OrderStore } from '../src/modules/orders/order-store.ts'
import { OrderClock } from '../src/order-clock.ts'
import { caller, centreOrg, doing, ministryOrg, provinceOrg } from './doing.ts'

const centre = caller(centreOrg)
const ministry = caller(ministryOrg, { organisations: [ministryOrg] })
const province = caller(provinceOrg, { organisations: [provinceOrg] })

const draft: OrderDraft = {
  kind: 'order',
  urgency: 'urgent',
  title: 'Chặn địa chỉ tấn công',
  situation: 'Cổng dịch vụ bị dò mật khẩu',
  actions: [
    { id: 'a 1', kind: 'block_ip', text: 'Chặn', due_at: '2026-11-22T06:00:00Z', indicators: [] },
    { id: 'a', kind: 'collect_log', text: 'Gửi nhật ký', due_at: null, indicators: [] },
  ],
  legal_basis: [],
  tlp: 'amber',
  incident_id: null,
  report_due_at: '2026-11-23T03:00:00Z',
  addressees: [
    { organisation_id: ministryOrg, role: 'lead' },
    { organisation_id: provinceOrg, role: 'for_information' },
  ],
}

const step = (name: StepDraft['step'], change: Partial<StepDraft> = {}): StepDraft => ({
  organisation_id: ministryOrg,
  step: name,
  note: 'ghi chú',
  results: [],
  evidence: [],
  ...change,
})
const done = (action_id: string) => ({ action_id, outcome: 'done' as const, note: '' })

/** A node whose clocks of orders read the journal when they are told to. */
async function clocked() {
  const node = await doing()
  const reader = new OrderClock({
    orders: new OrderStore(),
    ladders: new LadderStore(),
    clocks: node.due.clocks,
  })
  let seen = 0
  const read = () =>
    node.database.transact(systemScope, async (tx) => {
      const wanted = and(gt(journal.seq, seen), inArray(journal.type, [...reader.types]))
      const entries = await tx.select().from(journal).where(wanted).orderBy(journal.seq)
      for (const entry of entries) await reader.handle(tx, entry)
      seen = entries.at(-1)?.seq ?? seen
    })
  const goTo = (instant: string) => node.clock.advance(Date.parse(instant) - node.clock.now())
  const dueOf = async (by = centre) => {
    await read()
    const { items } = await node.due.deadlines.list(by, { limit: 50 })
    return items.map(({ name, due_at, state }) => `${name.en} ${due_at?.slice(5, 16)} ${state}`)
  }
  return { ...node, read, goTo, dueOf, again: () => (seen = 0) }
}

const [ack, block, report] = ['Acknowledge receipt', 'Block addresses', 'Report the result']

test('an order starts the clocks of who must act, seen by issuer and addressee; each answer ends its own', async () => {
  await using node = await clocked()
  const { id } = await node.issuing.issue(centre, draft)
  const begun = [
    `${ack} 11-22T04:00 running`,
    `${block} 11-22T06:00 running`,
    `${report} 11-23T03:00 running`,
  ]
  expect(await node.dueOf()).toEqual(begun)
  expect(await node.dueOf(ministry)).toEqual(begun)
  expect(await node.dueOf(province)).toEqual([])
  expect(await node.dueOf(caller(ministryOrg, { clearance: 1 }))).toEqual([])
  node.again()
  expect(await node.dueOf()).toEqual(begun)
  node.goTo('2026-11-22T05:00:00Z')
  await node.ladders.answer(ministry, id, step('read'))
  expect((await node.dueOf())[0]).toBe(`${ack} 11-22T04:00 late_met`)
  await node.ladders.answer(ministry, id, step('progressed', { results: [done('a')] }))
  expect((await node.dueOf())[1]).toBe(`${block} 11-22T06:00 running`)
  await node.ladders.answer(ministry, id, step('progressed', { results: [done('a 1')] }))
  expect((await node.dueOf()).slice(1)).toEqual([
    `${block} 11-22T06:00 met`,
    `${report} 11-23T03:00 running`,
  ])
  const results = [done('a 1'), done('a')]
  await node.ladders.answer(ministry, id, step('completed', { results }))
  expect((await node.dueOf())[2]).toBe(`${report} 11-23T03:00 met`)
  await node.ladders.judge(centre, id, step('returned'))
  expect(await node.dueOf()).toContain(`${report} 11-23T03:00 running`)
})

test('a changed order is timed anew, a withdrawn one no more, for one addressee or for all', async () => {
  await using node = await clocked()
  const both = draft.addressees.map((one) => ({ ...one, role: 'lead' as const }))
  const { id } = await node.issuing.issue(centre, { ...draft, addressees: both })
  expect(await node.dueOf()).toHaveLength(6)
  await node.matrix.release(centre, { id, organisation: provinceOrg }, 'không liên quan')
  expect((await node.dueOf(province)).every((one) => one.endsWith('stopped'))).toBe(true)
  const change = { version: 1, reason: 'gia hạn', report_due_at: '2026-11-24T03:00:00Z' }
  await node.amendments.amend(centre, id, change)
  await node.issuing.deliver()
  const due = await node.dueOf(ministry)
  expect(due).toContain(`${report} 11-23T03:00 stopped`)
  expect(due).toContain(`${report} 11-24T03:00 running`)
  await node.orders.withdraw(centre, id, 'thay lệnh khác')
  const left = await node.dueOf()
  expect(left.filter((one) => one.endsWith('running'))).toEqual([])
})

/** Times of Hanoi. */
const at = (text: string) => new Date(`${text}:00+07:00`).toISOString()

test.each([
  // A weekend, by the rules of 2026: noon of Monday.
  ['2026-11-27T16:00', '2026-11-30T12:00', '2026-11-30T17:00', '2026-12-01T12:00'],
  // Reunification day, Labour day and a weekend, by the rules of 2017.
  ['2026-04-28T16:00', '2026-04-29T16:00', '2026-05-04T11:00', '2026-05-04T16:00'],
  // Tết of 2027 with the two days off instead of its weekend.
  ['2027-02-02T09:00', '2027-02-03T16:00', '2027-02-12T11:00', '2027-02-12T16:00'],
])(
  'issued at %s and due at %s, the superior body is told at %s and the national coordinator at %s',
  async (issued, due, superior, national) => {
    await using node = await clocked()
    node.goTo(at(issued))
    const [, log] = draft.actions
    if (!log) throw new Error('no action')
    const order = { ...draft, actions: [log], report_due_at: at(due) }
    await node.issuing.issue(centre, order)
    await node.read()
    const { items } = await node.due.deadlines.list(centre, { limit: 10 })
    const term = items.find(({ rule }) => rule === null)
    const receipt = items.find(({ rule }) => rule !== null)
    expect(receipt?.due_at).toBe(new Date(Date.parse(at(issued)) + 3_600_000).toISOString())
    const { steps } = await node.due.deadlines.get(centre, term?.id ?? '')
    const late = steps.filter(({ kind }) => kind === 'escalate')
    expect(late.map((one) => [one.step, one.tell, one.at])).toEqual([
      ['over', ['duty_officer', 'manager'], at(due)],
      ['superior', ['superior'], at(superior)],
      ['national', ['national_coordinator'], at(national)],
    ])
    node.goTo(at(national))
    await node.due.steps.takeDue()
    const passed = await node.due.deadlines.get(centre, term?.id ?? '')
    expect(passed.deadline.state).toBe('passed')
  },
)
