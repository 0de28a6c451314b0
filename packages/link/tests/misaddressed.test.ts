import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import {
  approvedPair,
  centreOrganisation,
  running,
  stationOrganisation,
  until,
} from './two-nodes.ts'

const elsewhere = 'org_019a0000-0000-7000-8000-0000000000ee'
const letter = { subject: 'ord_1', tlp: 'amber', exercise: false, data: {} } as const

test('an envelope for another organisation is refused on either side, whatever its type, and those behind it arrive', async () => {
  const { parent, child, station } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await child.link.child.state()).state === 'connected')
  for (const to of [elsewhere, '', stationOrganisation]) {
    await parent.db.transact(systemScope, (tx) =>
      parent.link.post.toStation(tx, station.node_id, {
        ...letter,
        type: 'monitoring.requested',
        from: centreOrganisation,
        to,
      }),
    )
  }
  for (const to of [elsewhere, '', centreOrganisation]) {
    await child.db.transact(systemScope, (tx) =>
      child.link.post.toParent(tx, {
        ...letter,
        type: 'order.read',
        from: stationOrganisation,
        to,
      }),
    )
  }
  await until(() => child.messages.length > 0 && parent.messages.length > 0)
  expect(child.messages).toMatchObject([{ to: stationOrganisation }])
  expect(parent.messages).toMatchObject([{ to: centreOrganisation }])
  for (const node of [child, parent]) expect(await node.entries('envelope.refused')).toBe(2)
})
