import { type Client, createClient } from '@haidang/contracts/client'
import { deadlineApi } from '@haidang/contracts/deadline-api'
import { handoverApi } from '@haidang/contracts/handover-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { personApi } from '@haidang/contracts/person-api'
import { shiftApi } from '@haidang/contracts/shift-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { standingNode } from './access-ground.ts'
import { password, senderOf } from './access-holding.ts'
import { type CentreNode, localToken } from './centre-node.ts'
import { HandJobs } from './hand-jobs.ts'

const hour = 3_600_000
const jobs = new HandJobs()
let node: CentreNode
let home = ''
let out: Officer
let next: Officer
let third: Officer

interface Officer {
  readonly id: string
  readonly handovers: Client<typeof handoverApi>
  readonly incidents: Client<typeof incidentApi>
}

const local = <A extends Parameters<typeof createClient>[0]>(api: A): Client<A> =>
  createClient(api, senderOf(node, localToken))
const instantIn = (hours: number) => new Date(Date.now() + hours * hour).toISOString()

async function officer(name: string): Promise<Officer> {
  const email = `${node.newId('person')}@tt.example`
  const { id } = await local(personApi).create({
    body: { organisation_id: home, name, email, role_id: 'watch-officer', password },
  })
  const reply = await node.http.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { email, password },
  })
  const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
  const send = async (method: string, url: string, body?: unknown) => {
    const payload = body === undefined ? {} : { payload: body as object }
    const answer = await node.http.inject({
      method: method as 'POST',
      url,
      headers: { cookie },
      ...payload,
    })
    if (answer.statusCode < 400) return answer.json()
    throw new Error(`${method} ${url}: ${answer.body}`)
  }
  const incidents = createClient(incidentApi, send)
  return { id, handovers: createClient(handoverApi, send), incidents }
}

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

test('what an officer may not see is not theirs to acknowledge: the hand-over stays open', async () => {
  const secret = await open(out, 'Tối mật')
  const { handover, items } = await out.handovers.prepare({ body: {} })
  await node.database.asOwner('update handover_item set tlp_rank = 4 where object_id = $1', [
    secret.id,
  ])
  const params = { id: handover.id }
  const seen = await next.handovers.acknowledge({ params, body: {} })
  expect(seen.items.map(({ object_id }) => object_id)).not.toContain(secret.id)
  expect(seen.handover).toMatchObject({ state: 'taken', open_count: 1, item_count: items.length })
  expect(await assigneeOf(secret.id)).toBe(out.id)
  expect(await deadlineOf(handover.id)).toMatchObject({ state: 'running' })
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
