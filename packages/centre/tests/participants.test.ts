import { createClient } from '@haidang/contracts/client'
import { incidentApi } from '@haidang/contracts/incident-api'
import { incidentObservableApi } from '@haidang/contracts/incident-observable-api'
import type { ParticipantDraft } from '@haidang/contracts/incident-participant'
import { incidentParticipantApi } from '@haidang/contracts/incident-participant-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { personApi } from '@haidang/contracts/person-api'
import { sharingGroupApi } from '@haidang/contracts/sharing-group'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { standingNode } from './access-ground.ts'
import { everything, keyFor, password, senderOf } from './access-holding.ts'
import { type CentreNode, localToken } from './centre-node.ts'

let node: CentreNode
/** The organisation struck, one that takes part, one that has nothing to do with it. */
let [owner, helper, other] = ['', '', '']
const sends: Record<string, ReturnType<typeof senderOf>> = {}

beforeAll(async () => {
  node = await standingNode()
  const organisations = createClient(organisationApi, senderOf(node, localToken))
  const made: string[] = []
  for (const name of ['Bộ bị tấn công', 'Đội hỗ trợ', 'Đơn vị ngoài']) {
    const body = { code: `TG.${made.length}`, name, kind: 'ministry' } as const
    const { id } = await organisations.create({ body })
    made.push(id)
    sends[id] = senderOf(node, await keyFor(node, id, everything))
  }
  ;[owner, helper, other] = made as [string, string, string]
  // They know one another by a group; what is told to no group tells it nothing.
  const groups = createClient(sharingGroupApi, senderOf(node, localToken))
  const { id } = await groups.create({ body: { name: 'Mạng lưới' } })
  await node.database.asOwner(`update organisation set membership = 'active' where id = any ($1)`, [
    made,
  ])
  for (const organisation_id of made)
    await groups.join({ params: { id }, body: { organisation_id } })
  sends['local'] = senderOf(node, localToken)
  sends['focal'] = senderOf(node, await keyFor(node, helper, 'focal-point'))
}, 120_000)
afterAll(() => node?.[Symbol.asyncDispose]())

const as = (who: string) => sends[who] ?? senderOf(node)
const incidents = (who: string) => createClient(incidentApi, as(who))
const taking = (who: string) => createClient(incidentParticipantApi, as(who))
const observables = (who: string) => createClient(incidentObservableApi, as(who))

async function opened(tlp: 'amber' | 'amber+strict' | 'green' | 'red' = 'amber') {
  const body = { title: 'Mã độc tống tiền', organisation_id: owner, tlp }
  const { id } = await incidents('local').open({ body })
  await observables('local').add({ params: { id }, body: { items: [{ value: '192.0.2.9' }] } })
  await incidents(owner).note({ params: { id }, body: { text: 'Đã cô lập máy chủ' } })
  return id
}

const add = (id: string, draft: Partial<ParticipantDraft> = {}) =>
  taking(owner).add({
    params: { id },
    body: { organisation_id: helper, role: 'supporting', ...draft },
  })

/** What somebody sees of an incident, asked in every way there is. */
async function seen(who: string, id: string) {
  const params = { id }
  const page = { query: { limit: 50 } }
  const found = (filter: string) => incidents(who).list({ query: { filter } })
  const one = await incidents(who)
    .get({ params })
    .catch(() => undefined)
  if (!one) {
    expect((await found(`id:${id}`)).items).toEqual([])
    expect((await found('tống')).items.filter((row) => row.id === id)).toEqual([])
    for (const asked of [
      () => incidents(who).timeline({ params, ...page }),
      () => taking(who).list({ params, ...page }),
      () => observables(who).list({ params, ...page }),
      () => observables(who).export({ params, query: { format: 'csv' } }),
    ]) {
      await expect(asked()).rejects.toThrow('incident.not-found')
    }
    return 'nothing'
  }
  expect((await found(`id:${id} and tống`)).items).toHaveLength(1)
  const story = await incidents(who).timeline({ params, ...page })
  const values = await observables(who).list({ params, ...page })
  return {
    as: one.participation?.role,
    story: story.items.map(({ kind, text }) => text || kind),
    values: values.items.map(({ value }) => value),
  }
}

test('an organisation that takes part sees as deep as it was let, in every way of asking, and nothing when it is ended', async () => {
  const id = await opened()
  expect(await seen(helper, id)).toBe('nothing')
  const { id: participant, readers } = await add(id)
  expect(readers).toBe(0)
  expect(await seen(helper, id)).toEqual({ as: 'supporting', story: [], values: [] })
  expect((await incidents(helper).list({ query: { filter: 'taking_part:true' } })).items).toEqual([
    expect.objectContaining({ id, participation: expect.objectContaining({ sees: 'summary' }) }),
  ])
  expect((await incidents(owner).list({ query: { filter: 'taking_part:true' } })).items).toEqual([])
  const params = { id, participant }
  await taking(owner).change({ params, body: { sees: 'story' } })
  expect(await seen(helper, id)).toEqual({
    as: 'supporting',
    story: ['incident.opened', 'incident.observables-added', 'Đã cô lập máy chủ'],
    values: ['192.0.2.9'],
  })
  // It reads words and states, not the rows the journal keeps for its owner, and not who else takes part.
  const told = JSON.stringify(await incidents(helper).timeline({ params: { id }, query: {} }))
  expect(told).not.toContain('folded')
  expect(told).not.toContain('192.0.2.9')
  expect(await seen(other, id)).toBe('nothing')
  await taking(owner).remove({ params, body: { reason: 'Đã xong việc' } })
  expect(await seen(helper, id)).toBe('nothing')
  const story = await incidents(owner).timeline({ params: { id }, query: { limit: 50 } })
  expect(story.items.map(({ kind, text }) => [kind, text]).slice(-3)).toEqual([
    ['incident.participant-added', ''],
    ['incident.participant-changed', ''],
    ['incident.participant-removed', 'Đã xong việc'],
  ])
})

test('taking part narrows nothing: who is told by the TLP sees what it saw', async () => {
  const id = await opened('green')
  const before = await seen(helper, id)
  expect(before).toMatchObject({ values: ['192.0.2.9'] })
  await add(id)
  expect(await seen(helper, id)).toEqual({ ...(before as object), as: 'supporting' })
})

test('nobody reads above their clearance, and of RED no organisation does; it comes back with the TLP', async () => {
  const id = await opened('amber+strict')
  await add(id, { sees: 'story' })
  expect(await seen('focal', id)).toMatchObject({ as: 'supporting' })
  await node.database.asOwner(`update role set clearance = 'amber' where id = 'focal-point'`)
  expect(await seen('focal', id)).toBe('nothing')
  await node.database.asOwner(`update role set clearance = 'amber+strict' where id = 'focal-point'`)
  const params = { id }
  await incidents(owner).update({ params, body: { tlp: 'red' } })
  expect(await seen(helper, id)).toBe('nothing')
  await expect(add(await opened('red'))).rejects.toThrow('participant.red')
  await incidents(owner).note({ params, body: { text: 'Viết khi còn RED' } })
  await incidents(owner).update({ params, body: { tlp: 'amber' } })
  const again = await seen(helper, id)
  expect(again).toMatchObject({ as: 'supporting', values: ['192.0.2.9'] })
  expect(JSON.stringify(again)).not.toContain('Viết khi còn RED')
})

test('a participant writes only where it may, in the story of the incident; changing it stays with its owner', async () => {
  const id = await opened()
  const { id: participant } = await add(id, { sees: 'story' })
  const params = { id }
  const note = (who: string, text: string) => incidents(who).note({ params, body: { text } })
  await expect(note('focal', 'x')).rejects.toThrow('note.not-yours')
  await taking(owner).change({ params: { id, participant }, body: { may_note: true } })
  await note('focal', 'Đã gửi đội tới nơi')
  const story = await incidents(owner).timeline({ params, query: { limit: 50 } })
  expect(story.items.at(-1)).toMatchObject({
    kind: 'incident.noted',
    text: 'Đã gửi đội tới nơi',
    after: { organisation_name: 'Đội hỗ trợ' },
  })
  expect(await seen('focal', id)).toMatchObject({
    story: expect.arrayContaining(['Đã gửi đội tới nơi']),
  })
  await expect(note(other, 'x')).rejects.toThrow('incident.not-found')
  for (const act of [
    () => incidents(helper).update({ params, body: { summary: 'x' } }),
    () => incidents(helper).move({ params, body: { state: 'verified' } }),
    () => taking(helper).add({ params, body: { organisation_id: other, role: 'informed' } }),
    () => taking(helper).change({ params: { id, participant }, body: { sees: 'story' } }),
    () => taking(helper).remove({ params: { id, participant }, body: { reason: 'không muốn' } }),
    () => observables(helper).add({ params, body: { items: [{ value: '192.0.2.10' }] } }),
  ]) {
    await expect(act()).rejects.toThrow('incident.not-found')
  }
  // Nor by SQL as the application: it raises nothing for itself.
  const scope = { actor: { id: 'x', name: 'x' }, organisations: [helper], clearance: 4 }
  const raised = await node.database.transact(scope, (tx) =>
    tx.execute(sql`update incident_participant set sees = 'story' where id = ${participant}`),
  )
  expect(raised.rowCount).toBe(0)
})

test('what cannot be is refused: its own organisation, twice, writing unseen, a stale version, another incident', async () => {
  const id = await opened()
  await expect(add(id, { organisation_id: owner })).rejects.toThrow('participant.owner')
  await expect(add(id, { may_note: true })).rejects.toThrow('request.invalid')
  const { id: participant, version } = await add(id)
  await expect(add(id)).rejects.toThrow('participant.there')
  const change = (params: { id: string; participant: string }, body: object) =>
    taking(owner).change({ params, body })
  await expect(change({ id, participant }, { may_note: true })).rejects.toThrow('request.invalid')
  await change({ id, participant }, { role: 'informed', version })
  await expect(change({ id, participant }, { version })).rejects.toThrow(
    'participant.changed-meanwhile',
  )
  await expect(change({ id: await opened(), participant }, {})).rejects.toThrow(
    'participant.not-found',
  )
})

test('a note names those who may read it and nobody else, and offers the writer whom they may know', async () => {
  const person = async (organisation_id: string, name: string) =>
    (
      await createClient(personApi, as('local')).create({
        body: {
          organisation_id,
          name,
          email: `${name.length}@tg.example`,
          password,
          role_id: 'focal-point',
        },
      })
    ).id
  const mine = await person(owner, 'Trần Đức Chủ')
  const theirs = await person(helper, 'Lê Thị Đội Hỗ Trợ')
  const foreign = await person(other, 'Người Ngoài')
  const id = await opened()
  const { id: participant } = await add(id)
  const params = { id }
  const offered = async (who: string, name = '') =>
    (await incidents(who).mentionable({ params, query: { name } })).items.map((one) => one.id)
  const note = (who: string, ...mentions: string[]) =>
    incidents(who).note({ params, body: { text: 'Nhờ xem @Lê Thị Đội Hỗ Trợ', mentions } })
  expect(await offered(owner)).toEqual([mine])
  await expect(note(owner, theirs)).rejects.toThrow('note.mention-unseen')
  await taking(owner).change({
    params: { id, participant },
    body: { sees: 'story', may_note: true },
  })
  expect(await offered(owner, 'DOI')).toEqual([theirs])
  expect(await offered(owner, '%')).toEqual([])
  expect(await note(owner, theirs, mine, theirs)).toMatchObject({
    after: { mentions: [{ id: theirs, name: 'Lê Thị Đội Hỗ Trợ' }, { id: mine }] },
  })
  await expect(note(owner, foreign)).rejects.toThrow('note.mention-unseen')
  // Who takes part knows its own people, and who handles the incident.
  expect(await offered(helper)).toEqual([theirs])
  await expect(note(helper, mine)).rejects.toThrow('note.mention-unseen')
  await incidents(owner).update({ params, body: { assignee_id: mine } })
  expect((await offered(helper)).toSorted()).toEqual([mine, theirs].toSorted())
  await note(helper, mine)
  await expect(incidents(other).mentionable({ params, query: {} })).rejects.toThrow(
    'incident.not-found',
  )
  await incidents(owner).update({ params, body: { tlp: 'red' } })
  await expect(note(owner, theirs)).rejects.toThrow('note.mention-unseen')
})
