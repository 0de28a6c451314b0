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
    node.incidentLinks.add(watch, from.id, { kind, other_id: to.id, note: 'cùng mã độc' })
  const part = await link(a, campaign, 'part_of')
  await link(b, campaign, 'part_of')
  await link(a, b, 'related')
  const read = await node.incidentLinks.list(watch, campaign.id, { limit: 10 })
  expect(read.items.map(({ direction, kind, other }) => [direction, kind, other.id])).toEqual(
    expect.arrayContaining([
      ['to', 'part_of', a.id],
      ['to', 'part_of', b.id],
    ]),
  )
  await expect(link(b, a, 'related')).rejects.toThrow(problem('incident-link.exists'))
  await expect(link(campaign, a, 'part_of')).rejects.toThrow(problem('incident-link.loop'))
  await expect(link(a, b, 'part_of')).rejects.toThrow(problem('incident-link.loop'))
  const ministry = caller(ministryOrg, { organisations: [ministryOrg] })
  expect((await node.incidentLinks.list(ministry, a.id, { limit: 10 })).items).toEqual([])
  const story = await node.incidents.timeline(ministry, a.id, { limit: 50 })
  expect(JSON.stringify(story)).not.toContain(b.number)
  await expect(node.incidentLinks.remove(ministry, a.id, part.id)).rejects.toThrow(
    problem('incident-link.not-found'),
  )
  const direct = await node.database.transact(
    ministry.scope,
    async (tx) => (await tx.execute(sql`select id from incident_link`)).rows,
  )
  expect(direct).toEqual([])
  await node.incidentLinks.remove(watch, campaign.id, part.id)
  expect((await node.incidentLinks.list(watch, a.id, { limit: 10 })).items).toMatchObject([
    { kind: 'related' },
  ])
})
