import { audienceApi } from '@haidang/contracts/audience-api'
import { createClient } from '@haidang/contracts/client'
import { incidentApi } from '@haidang/contracts/incident-api'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { personApi } from '@haidang/contracts/person-api'
import { sharingGroupApi } from '@haidang/contracts/sharing-group'
import { systemApi } from '@haidang/contracts/system-api'
import { Tlp } from '@haidang/contracts/tlp'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderDraft } from './access-drafts.ts'
import { standingNode } from './access-ground.ts'
import { everything, keyFor, password, senderOf } from './access-holding.ts'
import { type CentreNode, localToken } from './centre-node.ts'

let node: CentreNode
/** Organisations: the home of things, and who may be told of them. */
const orgs: string[] = []
const groups: string[] = []
const people: { id: string; organisation: string }[] = []

beforeAll(async () => {
  node = await standingNode()
  const send = senderOf(node, localToken)
  for (let n = 0; n < 6; n++) {
    const body = { code: `DV.${n}`, name: `Đơn vị ${n}`, kind: 'ministry' } as const
    const { id } = await createClient(organisationApi, send).create({ body })
    orgs.push(id)
    const person = await createClient(personApi, send).create({
      body: {
        organisation_id: id,
        name: `Người ${n}`,
        email: `nguoi@${n}.example`,
        password,
        role_id: 'focal-point',
      },
    })
    people.push({ id: person.id, organisation: id })
  }
  // The last two are no active members.
  await node.database.asOwner(`update organisation set membership = 'active' where id = any ($1)`, [
    orgs.slice(0, 4),
  ])
  for (const members of [[1, 2], [2, 3], []]) {
    const group = createClient(sharingGroupApi, send)
    const { id } = await group.create({ body: { name: `Nhóm ${groups.length}` } })
    groups.push(id)
    for (const member of members) {
      await group.join({ params: { id }, body: { organisation_id: orgs[member] ?? '' } })
    }
  }
}, 120_000)
afterAll(() => node?.[Symbol.asyncDispose]())

const local = () => senderOf(node, localToken)
const incidents = () => createClient(incidentApi, local())
const audiences = () => createClient(audienceApi, local())

async function open(tlp: Tlp, told_to: object, organisation_id = orgs[0] ?? '') {
  const body = { title: 'Sự cố thử', organisation_id, tlp, told_to }
  return (await incidents().open({ body })).id
}

/** What a statement under the application role shows somebody of an organisation. */
async function sees(table: string, id: string, organisation: string, actor = 'x', clearance = 4) {
  const scope = { actor: { id: actor, name: 'x' }, organisations: [organisation], clearance }
  const { rows } = await node.database.transact(scope, (tx) =>
    tx.execute(sql`select id from ${sql.identifier(table)} where id = ${id}`),
  )
  return rows.length === 1
}

async function seeing(table: string, id: string, clearance = 4): Promise<string[]> {
  const { rows } = await node.database.asOwner('select id from organisation order by name, id')
  const found: string[] = []
  for (const row of rows) if (await sees(table, id, row.id, 'x', clearance)) found.push(row.id)
  return found.toSorted()
}

const some = <T>(list: () => readonly T[]) =>
  fc.infiniteStream(fc.boolean()).map((coins) => {
    const flips = coins[Symbol.iterator]()
    return list().filter(() => flips.next().value)
  })

test('TLP 2.0: an incident is told to exactly those its level and its addressees say', async () => {
  const [own, one, two, three, guest, stranger] = orgs
  const told_to = { organisations: [guest], groups: [groups[0]], people: [people[3]?.id] }
  const home = (await node.home())?.id
  const everyone = [...orgs, home].toSorted()
  const due: Record<Tlp, (string | undefined)[]> = {
    clear: everyone,
    green: [own, one, two, three, guest],
    amber: [own, one, two, guest],
    'amber+strict': [own, guest],
    red: [own],
  }
  for (const tlp of Tlp.options) {
    const id = await open(tlp, told_to)
    expect({ tlp, seen: await seeing('incident', id) }).toEqual({ tlp, seen: due[tlp].toSorted() })
    // Whom it names sees it whatever the clearance of the role; a colleague does not.
    const named = people[3] ?? { id: '', organisation: '' }
    expect(await sees('incident', id, named.organisation, named.id, 0)).toBe(true)
    expect(await sees('incident', id, named.organisation, people[2]?.id, 0)).toBe(tlp === 'clear')
    expect(await sees('incident', id, stranger ?? '')).toBe(tlp === 'clear')
  }
})

test('clearance bounds what an addressed organisation reads', async () => {
  const id = await open('amber+strict', { organisations: [orgs[1]] })
  expect(await sees('incident', id, orgs[1] ?? '', 'x', 3)).toBe(true)
  expect(await sees('incident', id, orgs[1] ?? '', 'x', 2)).toBe(false)
})

test('who leaves a group, or is suspended, is told no more from that moment', async () => {
  const id = await open('amber', { groups: [groups[1]] })
  const [, , two = '', three = ''] = orgs
  expect(await sees('incident', id, two)).toBe(true)
  const params = { id: groups[1] ?? '', organisation: two }
  await createClient(sharingGroupApi, local()).part({ params })
  expect(await sees('incident', id, two)).toBe(false)
  expect(await sees('incident', id, three)).toBe(true)
  const become = (state: string) =>
    node.database.asOwner('update organisation set membership = $1 where id = $2', [state, three])
  await become('suspended')
  expect(await sees('incident', id, three)).toBe(false)
  await become('active')
  expect(await sees('incident', id, three)).toBe(true)
  await createClient(sharingGroupApi, local()).join({
    params: { id: groups[1] ?? '' },
    body: { organisation_id: two },
  })
})

test('what is told may be read, not written, and its listener learns neither who works on it nor who else is told', async () => {
  const id = await open('amber', { organisations: [orgs[1]], groups: [groups[1]] })
  await incidents().update({ params: { id }, body: { assignee_id: people[0]?.id ?? null } })
  const send = senderOf(node, await keyFor(node, orgs[1] ?? '', everything))
  const listener = createClient(incidentApi, send)
  const params = { id }
  expect(await listener.get({ params })).toMatchObject({
    id,
    organisation_name: 'Đơn vị 0',
    assignee_id: null,
    assignee_name: null,
  })
  expect(JSON.stringify(await listener.get({ params }))).not.toContain('grp_')
  expect((await listener.timeline({ params, query: {} })).items).toEqual([])
  await expect(listener.note({ params, body: { text: 'x' } })).rejects.toThrow('permission.missing')
  await expect(listener.update({ params, body: { tlp: 'clear' } })).rejects.toThrow()
  await expect(createClient(audienceApi, send).ofIncident({ params, query: {} })).rejects.toThrow(
    'audience.owner-only',
  )
})

test('the preview is what the policies let through, whatever is drawn up', async () => {
  const drafts = fc.record({
    tlp: fc.constantFrom(...Tlp.options),
    owner: fc.constantFrom(...orgs.keys()),
    organisations: some(() => orgs),
    named: some(() => groups),
    persons: some(() => people.map(({ id }) => id)),
  })
  await fc.assert(
    fc.asyncProperty(drafts, async ({ tlp, owner, organisations, named, persons }) => {
      const organisation_id = orgs[owner] ?? ''
      const told_to = { organisations, groups: named, people: persons }
      const body = { kind: 'incident', organisation_id, tlp, told_to } as const
      const query = { limit: 500 }
      const before = await audiences().preview({ body, query })
      const id = await open(tlp, told_to, organisation_id)
      const after = await audiences().ofIncident({ params: { id }, query })
      const shown = before.items.map((item) => item.organisation_id)
      expect(shown.toSorted()).toEqual(await seeing('incident', id))
      expect(before.count).toBe(shown.length)
      expect(after).toEqual(before)
      for (const { id: person, organisation } of people) {
        const byPolicy = await sees('incident', id, organisation, person, 0)
        const byName = before.people.some((one) => one.id === person)
        expect(byPolicy).toBe(byName || (tlp === 'clear' && shown.includes(organisation)))
      }
    }),
    { numRuns: 40 },
  )
}, 120_000)

test('orders and systems: only who takes part, before and after', async () => {
  const [owner = '', operator = '', addressee = ''] = orgs
  for (const tlp of Tlp.options) {
    const system = await createClient(systemApi, local()).create({
      body: {
        organisation_id: owner,
        operator_id: operator,
        tlp,
        code: `HT.${tlp.length}.${tlp[0]}`,
        name: 'Hệ thống thử',
      },
    })
    const params = { id: system.id }
    const of = await audiences().ofSystem({ params, query: {} })
    expect(of.items.map((item) => item.organisation_id).toSorted()).toEqual(
      await seeing('information_system', system.id),
    )
    const order = await createClient(orderApi, local()).issue({
      body: { ...orderDraft(node, addressee), tlp },
    })
    const ofOrder = await audiences().ofOrder({ params: { id: order.id }, query: {} })
    expect(ofOrder.items.map((item) => item.organisation_id).toSorted()).toEqual(
      await seeing('coordination_order', order.id),
    )
    const body = {
      kind: 'order' as const,
      tlp,
      parties: [addressee],
      organisation_id: ofOrder.items.find(({ why }) => why === 'owner')?.organisation_id ?? '',
    }
    expect(await audiences().preview({ body, query: {} })).toEqual(ofOrder)
  }
})

test('each is told why, through which group, by how many people; who is named in vain is said', async () => {
  const [own, one, two] = orgs
  const told_to = {
    organisations: [one],
    groups: [groups[0], groups[2]],
    people: [people[4]?.id],
  }
  const at = async (tlp: Tlp) => {
    const params = { id: await open(tlp, told_to) }
    return audiences().ofIncident({ params, query: {} })
  }
  const amber = await at('amber')
  expect(amber.items).toMatchObject([
    { organisation_id: own, why: 'owner', people: 1, through: [] },
    { organisation_id: one, why: 'named', people: 1, through: [] },
    { organisation_id: two, why: 'group', through: [{ id: groups[0], name: 'Nhóm 0' }] },
  ])
  expect(amber.gaps).toMatchObject([{ kind: 'group', id: groups[2], why: 'group-empty' }])
  expect(amber.people).toMatchObject([{ name: 'Người 4', organisation_name: 'Đơn vị 4' }])
  const strict = await at('amber+strict')
  expect(strict.items.map(({ why }) => why)).toEqual(['owner', 'named'])
  expect(strict.gaps.map(({ why }) => why)).toEqual(Array(2).fill('tlp-names-organisations'))
  const red = await at('red')
  // A focal point may read up to AMBER+STRICT: nobody there reads what is RED.
  expect(red.items).toMatchObject([{ why: 'owner', people: 0 }])
  expect(red.gaps.map(({ kind }) => kind)).toEqual(['organisation', 'group', 'group'])
})

test('who is bound to an organisation counts all and reads the names it may know', async () => {
  const [own = '', one] = orgs
  const send = senderOf(node, await keyFor(node, own, everything))
  const preview = (body: object) =>
    createClient(audienceApi, send).preview({
      body: { kind: 'incident', organisation_id: own, tlp: 'green', ...body },
      query: {},
    })
  const green = await preview({})
  expect(green).toMatchObject({ count: 4, unnamed: 3 })
  expect(green.items.map((item) => item.organisation_id)).toEqual([own])
  await expect(preview({ organisation_id: one })).rejects.toThrow('organisation.not-found')
  await expect(preview({ told_to: { organisations: [one] } })).rejects.toThrow(
    'organisation.not-found',
  )
  await expect(preview({ told_to: { groups: [groups[0]] } })).rejects.toThrow('group.not-found')
  await expect(preview({ told_to: { people: [people[1]?.id] } })).rejects.toThrow(
    'person.not-found',
  )
  const member = senderOf(node, await keyFor(node, orgs[1] ?? '', everything))
  const body = {
    kind: 'incident' as const,
    organisation_id: orgs[1] ?? '',
    tlp: 'amber' as const,
    told_to: { groups: [groups[0] ?? ''] },
  }
  const group = await createClient(audienceApi, member).preview({ body, query: {} })
  expect(group.items.map(({ why }) => why)).toEqual(['owner', 'group'])
  expect(group.unnamed).toBe(0)
})

test('pages and a filter of names', async () => {
  const body = { kind: 'incident', organisation_id: orgs[0] ?? '', tlp: 'clear' } as const
  const first = await audiences().preview({ body, query: { limit: 4 } })
  const cursor = first.next ?? ''
  const second = await audiences().preview({ body, query: { limit: 4, cursor } })
  const names = [...first.items, ...second.items].map((item) => item.organisation_name)
  expect(second.next).toBeNull()
  expect(names).toHaveLength(first.count)
  const found = await audiences().preview({ body, query: { filter: 'don vi 3' } })
  expect(found.items.map((item) => item.organisation_name)).toEqual(['Đơn vị 3'])
})
