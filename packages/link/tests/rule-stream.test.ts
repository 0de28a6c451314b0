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

const content = (n: number) => ({ file: { sha256: String(n).padStart(64, '0'), text: `t${n}` } })
const draft: EnvelopeDraft = {
  type: 'rules.published',
  subject: 'rule-set:1',
  tlp: 'amber',
  exercise: false,
  from: centreOrganisation,
  to: stationOrganisation,
  data: { number: 1 },
}

test('stream rules hands over contents and then the signed set; a set of another signer is refused', async () => {
  const { parent, child, station } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await parent.db.transact(systemScope, (tx) =>
    parent.link.post.rulesToStation(tx, station.node_id, [content(1), content(2)], draft),
  )
  await until(() => child.sets.length === 1)
  expect(child.contents).toEqual(['t1', 't2'])
  expect(child.sets[0]).toMatchObject({ type: 'rules.published', data: { number: 1 } })

  // What a node between parent and child could try: change a signed set, or sign in its own name.
  const forged = { ...child.sets[0], id: crypto.randomUUID(), data: { number: 2 } }
  await parent.db.transact(systemScope, async (tx) => {
    await parent.link.downbox.append(tx, station.node_id, 'rules', [forged])
    const foreign = { ...draft, from: stationOrganisation }
    await parent.link.post.rulesToStation(tx, station.node_id, [], foreign)
    await parent.link.post.rulesToStation(tx, station.node_id, [content(3)], draft)
  })
  await until(() => child.sets.length === 2)
  expect(child.contents).toEqual(['t1', 't2', 't3'])
  expect(await child.entries('envelope.refused')).toBe(2)
})
