import { copyFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Envelope } from '@haidang/contracts/link'
import { isoOf, systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { Signer } from '../src/envelopes/signer.ts'
import { organisationKey } from '../src/keys/organisation-key.ts'
import { SigningKeys } from '../src/keys/signing-keys.ts'
import {
  actor,
  approvedPair,
  centreOrganisation,
  running,
  stationOrganisation,
  type TestNode,
  until,
} from './two-nodes.ts'

const letter = { subject: 'ord_1', tlp: 'amber', exercise: false, data: {} } as const
const downward = { ...letter, type: 'order.issued', from: centreOrganisation } as const

function order(parent: TestNode, nodeId: string): Promise<Envelope> {
  return parent.db.transact(systemScope, (tx) =>
    parent.link.post.toStation(tx, nodeId, { ...downward, to: stationOrganisation }),
  )
}

function answer(child: TestNode): Promise<Envelope> {
  return child.db.transact(systemScope, (tx) =>
    child.link.post.toParent(tx, {
      ...letter,
      type: 'order.read',
      from: stationOrganisation,
      to: centreOrganisation,
    }),
  )
}

const state = async (child: TestNode) => (await child.link.child.state()).state

test('a rotated signing key is announced under the old one, both ways; what either signs is believed', async () => {
  const { parent, child, station } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await state(child)) === 'connected')
  const old = new Signer(await organisationKey(parent.keysDirectory))
  await order(parent, station.node_id)
  await parent.link.signing.rotate(actor, 'once a year')
  await order(parent, station.node_id)
  await child.link.signing.rotate(actor, 'once a year')
  await answer(child)
  await until(() => child.messages.length === 2 && parent.messages.length === 1)
  expect(await parent.entries('signing-key.rotated')).toBe(1)
  expect(await child.entries('envelope.refused')).toBe(0)

  // Whoever finds the old key may not announce yet another under it.
  const forged = await old.sign({
    ...downward,
    type: 'key.announced',
    to: stationOrganisation,
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: 'urn:haidang:node:x',
    time: systemClock.iso(),
    datacontenttype: 'application/json',
    dataschema: 'urn:x',
    data: {
      kid: old.key.kid,
      x: old.key.x,
      valid_from: systemClock.iso(),
      previous_until: systemClock.iso(),
    },
  })
  await parent.db.transact(systemScope, (tx) =>
    parent.link.downbox.append(tx, station.node_id, 'messages', [forged]),
  )
  await until(async () => (await child.entries('envelope.refused')) === 1)
})

test('a lost signing key: what it signs from then on is refused, the parent takes the new one only from an officer', async () => {
  const { parent, child, station, stationId } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await state(child)) === 'connected')
  const stolen = new Signer(await organisationKey(child.keysDirectory))

  await child.link.signing.replace(actor, 'laptop stolen', systemClock.iso())
  await until(async () => (await state(child)) === 'rekey')
  await answer(child)
  const { code } = await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.createCode(tx, actor, stationOrganisation, 60),
  )
  await child.link.child.join(actor, code, { location: '', contact: '' })
  await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.approve(tx, actor, stationId),
  )
  await until(() => parent.messages.length === 1)
  const forged = await stolen.sign({
    ...letter,
    type: 'order.read',
    from: stationOrganisation,
    to: centreOrganisation,
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: 'urn:haidang:node:x',
    time: systemClock.iso(),
    datacontenttype: 'application/json',
    dataschema: 'urn:x',
  })
  await child.db.transact(systemScope, (tx) => child.link.outbox.append(tx, 'messages', [forged]))
  await until(async () => (await parent.entries('envelope.refused')) === 1)

  // The other way round: the parent's key is lost; children hear of the new one over their renewed tie.
  await parent.link.signing.replace(actor, 'laptop stolen', isoOf(systemClock.now() - 1000))
  await answer(child)
  await until(async () => {
    const { rows } = await child.db.asOwner(
      `select count(*)::int as n from link_trusted_key where organisation_id = $1`,
      [centreOrganisation],
    )
    return rows[0]?.n === 2
  })
  await order(parent, station.node_id)
  await until(() => child.messages.length === 1)
}, 90_000)

test('a node that stopped between record and file finishes the change at its start', async () => {
  const { parent, child } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  const { keysDirectory, db } = parent
  const file = join(keysDirectory, 'organisation-key.pem')
  await copyFile(file, `${file}.before`)
  await parent.link.signing.rotate(actor, 'once a year')
  const { kid } = parent.link.signing.keys.current
  await rename(file, join(keysDirectory, 'organisation-key-next.pem'))
  await rename(`${file}.before`, file)
  const opened = await SigningKeys.open(keysDirectory, db, systemClock)
  expect(opened.current.kid).toBe(kid)
  expect((await organisationKey(keysDirectory)).kid).toBe(kid)
})
