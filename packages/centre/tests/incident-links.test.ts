import type { Incident } from '@haidang/contracts/incident'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { caller, centreOrg, doing, ministryOrg, provinceOrg } from './doing.ts'
import { incidentDraft as draft } from './incidents-for.ts'

const watch = caller(centreOrg)
const problem = (code: string) => expect.objectContaining({ code })

test('links are read from both ends by who sees both, close no loop, and are taken away', async () => {
  await using node = await doing()
  const [campaign, a, b] = [
    await node.incidents.open(watch, draft('Chiến dịch', { organisation_id: centreOrg })),
    await node.incidents.open(watch, draft('Ở bộ')),
    await node.incidents.open(watch, draft('Ở tỉnh', { organisation_id: provinceOrg })),
  ]
  const link = (from: Incident, to: Incident, kind: 'related' | 'duplicate_of' | 'part_of') =>
    node.incidentLinks.add(watch, from.id, { kind, other_ids: [to.id], note: 'cùng mã độc' })
  const [part] = (await link(a, campaign, 'part_of')).items
  await link(b, campaign, 'part_of')
  await link(a, b, 'related')
  const read = await node.incidentLinks.list(watch, campaign.id, { limit: 10 })
  expect(read.items.map(({ direction, kind, other }) => [direction, kind, other.id])).toEqual(
    expect.arrayContaining([
      ['to', 'part_of', a.id],
      ['to', 'part_of', b.id],
    ]),
  )
  expect((await link(b, a, 'related')).items).toMatchObject([
    { direction: 'to', other: { id: a.id } },
  ])
  await expect(link(campaign, a, 'part_of')).rejects.toThrow(problem('incident-link.loop'))
  await expect(link(a, b, 'part_of')).rejects.toThrow(problem('incident-link.loop'))
  const ministry = caller(ministryOrg, { organisations: [ministryOrg] })
  expect((await node.incidentLinks.list(ministry, a.id, { limit: 10 })).items).toEqual([])
  const story = await node.incidents.timeline(ministry, a.id, { limit: 50 })
  expect(JSON.stringify(story)).not.toContain(b.number)
  await expect(node.incidentLinks.remove(ministry, a.id, part?.id ?? '')).rejects.toThrow(
    problem('incident-link.not-found'),
  )
  const direct = await node.database.transact(
    ministry.scope,
    async (tx) => (await tx.execute(sql`select id from incident_link`)).rows,
  )
  expect(direct).toEqual([])
  await node.incidentLinks.remove(watch, campaign.id, part?.id ?? '')
  expect((await node.incidentLinks.list(watch, a.id, { limit: 10 })).items).toMatchObject([
    { kind: 'related' },
  ])
})

test('an incident is linked to many at once or to none, said again it changes nothing, and to one campaign alone', async () => {
  await using node = await doing()
  const titles = ['Vụ một', 'Vụ hai', 'Vụ ba', 'Vụ bốn']
  const opened: Incident[] = []
  for (const title of titles) opened.push(await node.incidents.open(watch, draft(title)))
  const [one = '', two = '', three = '', four = ''] = opened.map(({ id }) => id)
  const link = (from: string, kind: 'duplicate_of' | 'part_of', ...other_ids: string[]) =>
    node.incidentLinks.add(watch, from, { kind, other_ids, note: '' })
  const count = async (id: string) =>
    (await node.incidentLinks.list(watch, id, { limit: 10 })).items.length
  await link(two, 'duplicate_of', one)
  await expect(link(one, 'duplicate_of', three, two)).rejects.toThrow(problem('incident-link.loop'))
  expect(await count(three)).toBe(0)
  const made = await link(one, 'duplicate_of', three, four)
  expect(await link(one, 'duplicate_of', three, four)).toEqual(made)
  expect(await count(one)).toBe(3)
  for (const ids of [[one], [two, three]]) {
    await expect(Promise.resolve().then(() => link(one, 'part_of', ...ids))).rejects.toThrow(
      problem('request.invalid'),
    )
  }
})

test('a link of a merged incident is taken away and made again from its head; who is told does not read who made it', async () => {
  await using node = await doing()
  const told_to = { organisations: [provinceOrg], groups: [], people: [] }
  const head = await node.incidents.open(watch, draft('Chính', { told_to }))
  const member = await node.incidents.open(watch, draft('Gộp', { told_to }))
  const other = await node.incidents.open(watch, draft('Khác', { told_to }))
  const wanted = { kind: 'related' as const, other_ids: [other.id], note: '' }
  const [link] = (await node.incidentLinks.add(watch, member.id, wanted)).items
  await node.incidentMerges.merge(watch, { into: head.id, ids: [member.id], reason: '' })
  await node.incidentLinks.remove(watch, head.id, link?.id ?? '')
  await node.incidentLinks.add(watch, member.id, wanted)
  const page = { limit: 10 }
  const own = await node.incidentLinks.list(watch, head.id, page)
  expect(own.items).toMatchObject([{ incident_id: member.id, made_by_name: 'Nguyễn Thị Trực' }])
  const told = caller(provinceOrg, { organisations: [provinceOrg] })
  const read = await node.incidentLinks.list(told, head.id, page)
  expect(read.items).toMatchObject([{ incident_id: member.id, made_by_name: '' }])
})
