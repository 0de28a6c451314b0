import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import type { EnvelopeDraft } from '../src/envelopes/post.ts'
import {
  approvedPair,
  centreOrganisation,
  running,
  stationOrganisation,
  until,
} from './two-nodes.ts'

const draft = (number: number, change: Partial<EnvelopeDraft> = {}): EnvelopeDraft => ({
  type: 'configuration.published',
  subject: `configuration:${number}`,
  tlp: 'amber',
  from: centreOrganisation,
  to: stationOrganisation,
  exercise: false,
  data: { number },
  ...change,
})

test('stream configuration hands signed settings over in order, once, also to a child that was away', async () => {
  const { parent, child, station } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  const give = (...drafts: EnvelopeDraft[]) =>
    parent.db.transact(systemScope, async (tx) => {
      for (const one of drafts) {
        await parent.link.post.configurationToStation(tx, station.node_id, one)
      }
    })
  await give(draft(1))
  {
    await using _run = running(child)
    await until(() => child.settings.length === 1)
  }
  await give(draft(2), draft(3))
  await using _again = running(child)
  await until(() => child.settings.length === 3)
  expect(child.settings.map(({ data }) => data)).toEqual([1, 2, 3].map((number) => ({ number })))
  await until(async () => {
    const { rows } = await parent.db.asOwner(
      "select waiting from link_box where stream = 'configuration' and direction = 'down'",
    )
    return Number(rows[0]?.waiting) === 0
  })
})

test('settings that are changed on the way, signed by another, or no settings are refused; the stream goes on', async () => {
  const { parent, child, station } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await parent.db.transact(systemScope, async (tx) => {
    const { post } = parent.link
    await post.configurationToStation(tx, station.node_id, draft(1))
  })
  await until(() => child.settings.length === 1)
  const forged = { ...child.settings[0], id: crypto.randomUUID(), data: { number: 2 } }
  await parent.db.transact(systemScope, async (tx) => {
    const { post, downbox } = parent.link
    await downbox.append(tx, station.node_id, 'configuration', [forged])
    const foreign = draft(3, { from: stationOrganisation })
    await post.configurationToStation(tx, station.node_id, foreign)
    await post.configurationToStation(tx, station.node_id, draft(4, { type: 'order.issued' }))
    await post.configurationToStation(tx, station.node_id, draft(5))
  })
  await until(() => child.settings.length === 2)
  expect(child.settings[1]?.data).toEqual({ number: 5 })
  expect(await child.entries('envelope.refused')).toBe(3)
})
