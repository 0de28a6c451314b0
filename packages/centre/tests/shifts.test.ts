import { type Client, createClient } from '@haidang/contracts/client'
import { journalApi } from '@haidang/contracts/journal-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { personApi, sessionApi } from '@haidang/contracts/person-api'
import { shiftApi, shiftCalendarApi, shiftSwapApi } from '@haidang/contracts/shift-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { standingNode } from './access-ground.ts'
import { password, senderOf } from './access-holding.ts'
import { type CentreNode, localToken } from './centre-node.ts'

const hour = 3_600_000
let node: CentreNode
let home = ''
let crews: { officer_id: string }[] = []

const local = <A extends Parameters<typeof createClient>[0]>(api: A): Client<A> =>
  createClient(api, senderOf(node, localToken))
const dateIn = (days: number) =>
  new Date(Date.now() + 7 * hour + days * 24 * hour).toISOString().slice(0, 10)
const instantIn = (hours: number) => new Date(Date.now() + hours * hour).toISOString()

async function person(name: string, organisation_id = home) {
  const { id } = await local(personApi).create({
    body: {
      organisation_id,
      name,
      email: `${node.newId('person')}@tt.example`,
      role_id: 'watch-officer',
      password,
    },
  })
  return id
}

/** Somebody signed in: calls as the browser would. */
async function signedIn(id: string) {
  const { rows } = await node.database.asOwner('select email from person where id = $1', [id])
  const reply = await node.http.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { email: rows[0]?.email, password },
  })
  const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
  const send = async (method: string, url: string, body?: unknown) => {
    const answer = await node.http.inject({
      method: method as 'POST',
      url,
      headers: { cookie },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    if (answer.statusCode < 400) return answer.json()
    throw new Error(`${method} ${url}: ${answer.body}`)
  }
  return {
    swaps: createClient(shiftSwapApi, send),
    calendar: createClient(shiftCalendarApi, send),
    session: createClient(sessionApi, send),
  }
}

beforeAll(async () => {
  node = await standingNode()
  const { items } = await local(organisationApi).list({ query: {} })
  home = items[0]?.id ?? ''
  const ids = await Promise.all(['An', 'Bình', 'Chi', 'Dũng'].map((name) => person(name)))
  crews = ids.map((officer_id) => ({ officer_id }))
})
afterAll(() => node[Symbol.asyncDispose]())

const roster = (from: number, to: number) =>
  local(shiftApi).roster({ query: { organisation_id: home, from: dateIn(from), to: dateIn(to) } })

test('a roster is made by a pattern, covers every moment and says who is on duty at any of them', async () => {
  const draft = { organisation_id: home, pattern_id: 'three-by-eight', crews }
  const body = { ...draft, from: dateIn(2), to: dateIn(11) }
  expect(await local(shiftApi).make({ body })).toEqual({ added: 30 })
  await expect(local(shiftApi).make({ body })).rejects.toThrow('shift.overlaps')
  const short = { ...body, crews: crews.slice(1), from: dateIn(20), to: dateIn(21) }
  await expect(local(shiftApi).make({ body: short })).rejects.toThrow('shift.crews-mismatch')
  const { shifts, faults } = await roster(3, 10)
  expect(faults).toEqual([])
  const [one] = shifts
  const { current } = await local(shiftApi).duty({ query: { at: one?.starts_at } })
  expect(current).toEqual([one])
  expect(['An', 'Bình', 'Chi', 'Dũng']).toContain(one?.officer?.name)
  const stranger = await local(organisationApi).create({
    body: { code: 'SO.1', name: 'Sở Một', kind: 'province' },
  })
  const unfit = await person('Người ngoài', stranger.id)
  const wrong = { ...body, crews: [...crews.slice(1), { officer_id: unfit }] }
  await expect(local(shiftApi).make({ body: wrong })).rejects.toThrow('shift.person-unfit')
})

test('edited by hand, gaps and overlaps show; two who edit at once are told; what is over stays', async () => {
  const { shifts } = await roster(4, 4)
  const [first, second] = shifts
  if (!first || !second) throw new Error('no shifts')
  const params = { id: first.id }
  const change = (body: Parameters<Client<typeof shiftApi>['change']>[0]['body']) =>
    local(shiftApi).change({ params, body })
  await expect(change({ ends_at: second.ends_at })).rejects.toThrow('shift.overlaps')
  const longer = await change({ ends_at: second.ends_at, overlap_allowed: true, version: 1 })
  expect(longer).toMatchObject({ version: 2, ends_at: second.ends_at })
  await expect(change({ note: 'x', version: 1 })).rejects.toThrow('shift.moved-on')
  await local(shiftApi).remove({ params })
  const { faults } = await roster(3, 5)
  expect(faults).toMatchObject([{ kind: 'gap', from: first.starts_at, to: first.ends_at }])
  await local(shiftApi).add({
    body: {
      organisation_id: home,
      name: 'Ca bù',
      starts_at: first.starts_at,
      ends_at: first.ends_at,
    },
  })
  expect((await roster(3, 5)).faults).toMatchObject([{ kind: 'unstaffed' }])

  const begun = await local(shiftApi).add({
    body: {
      organisation_id: home,
      name: 'Ca đang trực',
      starts_at: instantIn(-2),
      ends_at: instantIn(2),
      officer_id: crews[0]?.officer_id ?? null,
    },
  })
  const running = { params: { id: begun.id } }
  const later = { starts_at: instantIn(-1) }
  await expect(local(shiftApi).change({ ...running, body: later })).rejects.toThrow('shift.begun')
  await expect(local(shiftApi).remove(running)).rejects.toThrow('shift.begun')
  const officer_id = crews[1]?.officer_id ?? null
  const relieved = await local(shiftApi).change({ ...running, body: { officer_id } })
  expect(relieved.officer).toEqual({ id: officer_id, name: 'Bình' })
  expect((await local(shiftApi).duty({ query: {} })).current).toMatchObject([{ id: begun.id }])
  await node.database.asOwner(
    `update shift set ends_at = now() - interval '1 minute' where id = $1`,
    [begun.id],
  )
  const over = { ...running, body: { note: 'x' } }
  await expect(local(shiftApi).change(over)).rejects.toThrow('shift.past')
  const { items } = await local(journalApi).list({ query: { filter: `subject:${begun.id}` } })
  expect(items.map(({ type }) => type).toSorted()).toEqual(['shift.added', 'shift.changed'])
})

test('people swap shifts: who is asked agrees, nobody else; a swap of shifts that changed hands is stale', async () => {
  const { shifts } = await roster(7, 9)
  const [a, b] = shifts
  if (!a?.officer || !b) throw new Error('no shifts')
  const other = shifts.find((one) => one.officer && one.officer.id !== a.officer?.id)
  if (!other?.officer) throw new Error('no other')
  const [from, to] = [await signedIn(a.officer.id), await signedIn(other.officer.id)]
  const body = { shift_id: a.id, to_id: other.officer.id, return_id: other.id, reason: 'việc nhà' }
  const stale = await from.swaps.ask({ body })
  const swap = await from.swaps.ask({ body })
  await expect(to.swaps.ask({ body: { ...body, to_id: a.officer.id } })).rejects.toThrow(
    'shift.not-yours',
  )
  const params = { id: swap.id }
  const agree = { params, body: { state: 'agreed' as const } }
  await expect(from.swaps.decide(agree)).rejects.toThrow('shift.not-yours')
  expect(await to.swaps.decide(agree)).toMatchObject({
    state: 'agreed',
    shift: { officer: { id: other.officer.id } },
    return_shift: { officer: { id: a.officer.id } },
  })
  await expect(to.swaps.decide(agree)).rejects.toThrow('swap.decided')
  await expect(
    to.swaps.decide({ params: { id: stale.id }, body: { state: 'agreed' } }),
  ).rejects.toThrow('swap.stale')
})

test('nobody takes the place of another in a shift they stand already: it would stand one short', async () => {
  const ids = await Promise.all(['Em', 'Giang', 'Hoa'].map((name) => person(name)))
  const [officer_id = '', member = '', third = ''] = ids
  const shiftOf = (hours: number, member_ids: string[]) =>
    local(shiftApi).add({
      body: {
        organisation_id: home,
        name: 'Ca đôi',
        starts_at: instantIn(hours),
        ends_at: instantIn(hours + 1),
        officer_id,
        member_ids,
        overlap_allowed: true,
      },
    })
  const [both, alone] = [await shiftOf(900, [member]), await shiftOf(902, [third])]
  const of = await signedIn(officer_id)
  const asked = { shift_id: both.id, to_id: member, reason: 'đổi vai' }
  for (const return_id of [null, both.id]) {
    await expect(of.swaps.ask({ body: { ...asked, return_id } })).rejects.toThrow(
      'swap.stands-already',
    )
  }
  await expect(
    of.swaps.ask({ body: { ...asked, to_id: third, return_id: alone.id } }),
  ).rejects.toThrow('swap.stands-already')
})

test('a calendar program reads one’s own shifts by a secret address until it is ended or renewed', async () => {
  const { shifts } = await roster(8, 10)
  const officer = shifts.at(-1)?.officer
  if (!officer) throw new Error('nobody stands it')
  const me = await signedIn(officer.id)
  expect(await me.calendar.get({})).toEqual({ created_at: null })
  const first = await me.calendar.create({})
  const read = (path: string) => node.http.inject({ method: 'GET', url: path })
  const reply = await read(first.path)
  expect(reply.headers['content-type']).toBe('text/calendar; charset=utf-8')
  const lines = reply.body.split('\r\n')
  expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
  const own = shifts.filter((one) => one.officer?.id === officer.id)
  for (const { id } of own) expect(reply.body.replaceAll('\r\n ', '')).toContain(`UID:${id}@`)
  for (const one of shifts.filter((each) => each.officer?.id !== officer.id)) {
    expect(reply.body.replaceAll('\r\n ', '')).not.toContain(one.id)
  }
  const { rows } = await node.database.asOwner('select secret_hash from shift_calendar')
  expect(first.path).not.toContain(String(rows[0]?.secret_hash))
  const second = await me.calendar.create({})
  expect((await read(first.path)).statusCode).toBe(404)
  expect((await read(second.path)).statusCode).toBe(200)
  await me.calendar.revoke({})
  expect((await read(second.path)).json()).toMatchObject({ code: 'calendar.not-found' })
})
