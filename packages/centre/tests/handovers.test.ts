import { type Client, createClient } from '@haidang/contracts/client'
import { deadlineApi } from '@haidang/contracts/deadline-api'
import { handoverApi } from '@haidang/contracts/handover-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { shiftApi } from '@haidang/contracts/shift-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { standingNode } from './access-ground.ts'
import { senderOf } from './access-holding.ts'
import { type CentreNode, localToken } from './centre-node.ts'
import { HandJobs } from './hand-jobs.ts'
import { type Officer, officerOf } from './officer.ts'

const hour = 3_600_000
const jobs = new HandJobs()
let node: CentreNode
let home = ''
let out: Officer
let next: Officer
let third: Officer

const local = <A extends Parameters<typeof createClient>[0]>(api: A): Client<A> =>
  createClient(api, senderOf(node, localToken))
const instantIn = (hours: number) => new Date(Date.now() + hours * hour).toISOString()

const officer = (name: string, role_id?: string, organisation_id = home) =>
  officerOf(node, { name, organisation_id, role_id })

beforeAll(async () => {
  node = await standingNode(undefined, jobs)
  const { items } = await local(organisationApi).list({ query: {} })
  home = items[0]?.id ?? ''
  out = await officer('An đi')
  next = await officer('Bình tới')
  third = await officer('Chi nữa')
})
afterAll(() => node[Symbol.asyncDispose]())

const open = (who: Officer, title: string) =>
  who.incidents.open({ body: { title, organisation_id: home } })
const assigneeOf = async (id: string) =>
  (await local(incidentApi).get({ params: { id } })).assignee_id
const deadlineOf = async (id: string) => {
  const { items } = await local(deadlineApi).list({ query: { filter: `subject:${id}` } })
  return items[0]
}

test('what is open is listed by itself; acknowledged item by item and as a whole it belongs to the next officer', async () => {
  const mine = await open(out, 'Dò mật khẩu')
  const done = await open(out, 'Thư lừa đảo')
  const nobodys = await open(out, 'Chưa ai phụ trách')
  await local(incidentApi).update({ params: { id: nobodys.id }, body: { assignee_id: null } })
  const { items: work } = await out.handovers.openWork({})
  const incidents = work.filter(({ kind }) => kind === 'incident')
  expect(incidents.map(({ object_id, unowned }) => [object_id, unowned])).toEqual([
    [done.id, false],
    [mine.id, false],
    [nobodys.id, true],
  ])

  const marks = [{ object_id: mine.id, note: 'theo dõi 30 phút một lần' }]
  const { handover, items } = await out.handovers.prepare({ body: { note: 'Chú ý', marks } })
  expect(handover).toMatchObject({ state: 'prepared', from: { id: out.id }, to: null })
  expect(items.find(({ object_id }) => object_id === mine.id)).toMatchObject({
    marked: true,
    note: 'theo dõi 30 phút một lần',
  })
  await expect(out.handovers.prepare({ body: {} })).rejects.toThrow('handover.open')
  const params = { id: handover.id }
  await expect(out.handovers.acknowledge({ params, body: {} })).rejects.toThrow('handover.own')
  expect(await deadlineOf(handover.id)).toMatchObject({ state: 'running', due_at: handover.due_at })

  // Somebody else took this one over before the hand-over was acknowledged: it stays theirs.
  await local(incidentApi).update({ params: { id: done.id }, body: { assignee_id: third.id } })
  const position = items.find(({ object_id }) => object_id === mine.id)?.position ?? -1
  const first = await next.handovers.acknowledge({ params, body: { items: [position] } })
  expect(first.handover).toMatchObject({ state: 'taken', to: { id: next.id } })
  expect(await assigneeOf(mine.id)).toBe(next.id)
  expect(await assigneeOf(nobodys.id)).toBeNull()
  await expect(third.handovers.acknowledge({ params, body: {} })).rejects.toThrow(
    /handover.taken.*Bình tới/,
  )
  await expect(out.handovers.withdraw({ params })).rejects.toThrow('handover.taken')

  const whole = await next.handovers.acknowledge({ params, body: {} })
  expect(whole.handover).toMatchObject({ state: 'acknowledged', open_count: 0 })
  const outcomes = new Map(whole.items.map(({ object_id, outcome }) => [object_id, outcome]))
  expect([mine, nobodys, done].map(({ id }) => outcomes.get(id))).toEqual([
    'transferred',
    'transferred',
    'elsewhere',
  ])
  expect(await assigneeOf(nobodys.id)).toBe(next.id)
  expect(await assigneeOf(done.id)).toBe(third.id)
  expect(await deadlineOf(handover.id)).toMatchObject({ state: 'met' })
  await expect(next.handovers.acknowledge({ params, body: {} })).rejects.toThrow('handover.ended')
  const { items: entries } = await local(journalApi).list({
    query: { filter: `subject:${handover.id}`, limit: 10 },
  })
  expect(entries.map(({ type }) => type)).toEqual([
    'handover.acknowledged',
    'handover.taken',
    'handover.prepared',
  ])
})

test('two who take the same hand-over at once: one has all of it, the other is told who', async () => {
  const one = await open(out, 'Hai người cùng nhận')
  const { handover } = await out.handovers.prepare({ body: {} })
  const params = { id: handover.id }
  const tries = await Promise.allSettled(
    [next, third].map(({ handovers }) => handovers.acknowledge({ params, body: {} })),
  )
  const [lost] = tries.filter((each) => each.status === 'rejected')
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(String(lost?.reason)).toMatch(/handover\.(taken|ended).*(Bình tới|Chi nữa)/)
  expect([next.id, third.id]).toContain(await assigneeOf(one.id))
})

test('what an officer may not see is not theirs to acknowledge: it waits for somebody who may, and stands in no one’s way', async () => {
  const secret = await open(out, 'Tối mật')
  await open(out, 'Ai cũng xem được')
  const { handover, items } = await out.handovers.prepare({ body: {} })
  // The title was amber when it was handed over; it follows the incident.
  await node.database.asOwner('update incident set tlp_rank = 4 where id = $1', [secret.id])
  const params = { id: handover.id }
  const seen = await next.handovers.acknowledge({ params, body: {} })
  expect(seen.items.map(({ object_id }) => object_id)).not.toContain(secret.id)
  expect(seen.handover).toMatchObject({
    state: 'prepared',
    to: null,
    open_count: 1,
    item_count: items.length,
  })
  expect(await assigneeOf(secret.id)).toBe(out.id)
  expect(await deadlineOf(handover.id)).toMatchObject({ state: 'running' })
  await expect(next.handovers.acknowledge({ params, body: {} })).rejects.toThrow(
    'permission.missing',
  )
  const cleared = await officer('Đủ mức', 'analyst')
  const whole = await cleared.handovers.acknowledge({ params, body: {} })
  expect(whole.handover).toMatchObject({ state: 'acknowledged', to: { id: cleared.id } })
  expect(whole.items.find(({ object_id }) => object_id === secret.id)).toMatchObject({
    outcome: 'transferred',
    tlp: 'red',
    to: { name: 'Đủ mức' },
  })
  expect(await assigneeOf(secret.id)).toBe(cleared.id)
})

test('only who may handle it, of the organisation itself, takes work over; merged incidents stay under theirs', async () => {
  const one = await open(out, 'Cần xử lý')
  const under = await open(out, 'Gộp vào sự cố khác')
  const merged = `update incident set merged_into = $2 where id = $1`
  const { handover, items } = await out.handovers.prepare({ body: {} })
  expect(items.map(({ object_id }) => object_id)).toContain(under.id)
  await node.database.asOwner(merged, [under.id, one.id])
  const stranger = await local(organisationApi).create({
    body: { code: 'SO.9', name: 'Sở Chín', kind: 'province' },
  })
  const params = { id: handover.id }
  const outsider = await officer('Ở nơi khác', 'watch-officer', stranger.id)
  await expect(outsider.handovers.acknowledge({ params, body: {} })).rejects.toThrow(
    'shift.person-unfit',
  )
  await node.database.asOwner(
    `update role set permissions = permissions - 'incident.handle' where id = 'analyst'`,
  )
  const reader = await officer('Không xử lý', 'analyst')
  const position = items.find(({ object_id }) => object_id === one.id)?.position ?? -1
  await expect(
    reader.handovers.acknowledge({ params, body: { items: [position] } }),
  ).rejects.toThrow('permission.missing')
  expect(await assigneeOf(one.id)).toBe(out.id)
  const taken = await next.handovers.acknowledge({ params, body: {} })
  const outcomes = new Map(taken.items.map(({ object_id, outcome }) => [object_id, outcome]))
  expect(outcomes.get(one.id)).toBe('transferred')
  expect(outcomes.get(under.id)).toBe('elsewhere')
  expect(await assigneeOf(under.id)).toBe(out.id)
  const { items: left } = await out.handovers.openWork({})
  expect(left.map(({ object_id }) => object_id)).not.toContain(under.id)
})

test('who began and went leaves the rest to others once it is due; what waits is not handed over twice', async () => {
  const one = await open(out, 'Bỏ dở')
  const two = await open(out, 'Còn lại')
  const { handover, items } = await out.handovers.prepare({ body: {} })
  const params = { id: handover.id }
  const position = items.find(({ object_id }) => object_id === one.id)?.position ?? -1
  await next.handovers.acknowledge({ params, body: { items: [position] } })
  const again = { params, body: { items: [position] } }
  expect((await next.handovers.acknowledge(again)).handover.open_count).toBe(items.length - 1)
  const { items: left } = await out.handovers.openWork({})
  expect(left.map(({ object_id }) => object_id)).not.toContain(two.id)
  await expect(third.handovers.acknowledge({ params, body: {} })).rejects.toThrow('handover.taken')
  await node.database.asOwner(`update handover set due_at = now() where id = $1`, [handover.id])
  const whole = await third.handovers.acknowledge({ params, body: {} })
  expect(whole.handover).toMatchObject({ state: 'acknowledged', to: { id: third.id } })
  expect([await assigneeOf(one.id), await assigneeOf(two.id)]).toEqual([next.id, third.id])
})

test('a shift that ends without a hand-over hands its open work over by itself, once', async () => {
  const left = await open(third, 'Bỏ lại')
  const shift = await local(shiftApi).add({
    body: {
      organisation_id: home,
      name: 'Ca vừa hết',
      starts_at: instantIn(-8),
      ends_at: instantIn(1),
      officer_id: third.id,
    },
  })
  await jobs.run('shift-handover')
  const find = () => local(handoverApi).list({ query: { filter: `shift_id:${shift.id}` } })
  expect((await find()).items).toEqual([])
  await node.database.asOwner(
    `update shift set ends_at = now() - interval '1 minute' where id = $1`,
    [shift.id],
  )
  await jobs.run('shift-handover')
  await jobs.run('shift-handover')
  const { items } = await find()
  expect(items).toMatchObject([{ automatic: true, state: 'prepared', from: { id: third.id } }])
  const params = { id: items[0]?.id ?? '' }
  await next.handovers.acknowledge({ params, body: {} })
  expect(await assigneeOf(left.id)).toBe(next.id)
})

test('the end of a shift is looked at once: what comes up later is not handed over for who went home', async () => {
  const gone = await officer('Về sớm')
  const shift = await ended(gone, 'Ca không việc')
  await jobs.run('shift-handover')
  const find = async (id: string) =>
    (await local(handoverApi).list({ query: { filter: `shift_id:${id}` } })).items
  const before = await find(shift.id)
  for (const { id, state } of before) {
    if (state === 'prepared') await gone.handovers.withdraw({ params: { id } })
  }
  await open(gone, 'Đến sau khi hết ca')
  await jobs.run('shift-handover')
  expect(await find(shift.id)).toHaveLength(before.length)

  // Late, by hand: it is the hand-over of the shift that ended.
  const { handover } = await gone.handovers.prepare({ body: { note: 'bàn giao muộn' } })
  expect(handover).toMatchObject({ shift: { id: shift.id }, automatic: false, state: 'prepared' })

  // That one still waits; the next shift is handed over all the same, with what is new.
  const fresh = await open(gone, 'Của ca sau')
  const later = await ended(gone, 'Ca sau')
  await jobs.run('shift-handover')
  const [next] = await find(later.id)
  expect(next).toMatchObject({ automatic: true, state: 'prepared' })
  const { items } = await gone.handovers.get({ params: { id: next?.id ?? '' } })
  expect(items.filter(({ unowned }) => !unowned).map(({ object_id }) => object_id)).toEqual([
    fresh.id,
  ])
})

/** A shift that ended a minute ago. */
async function ended(who: Officer, name: string) {
  const shift = await local(shiftApi).add({
    body: {
      organisation_id: home,
      name,
      starts_at: instantIn(-8),
      ends_at: instantIn(1),
      officer_id: who.id,
      overlap_allowed: true,
    },
  })
  await node.database.asOwner(
    `update shift set ends_at = now() - interval '1 minute' where id = $1`,
    [shift.id],
  )
  return shift
}
