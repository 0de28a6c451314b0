import type { Envelope } from '@haidang/contracts/link'
import type { StepDraft } from '@haidang/contracts/order'
import { verifyEnvelope } from '@haidang/link/envelopes/signer'
import { ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { newUuid } from '@haidang/runtime/ids'
import { journal } from '@haidang/runtime/journal-tables'
import { and, gt, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { caller, centreOrg, doing, ministryOrg, start } from './doing.ts'
import { signingMailbox } from './signing-mailbox.ts'

type Node = Awaited<ReturnType<typeof doing>>
const clock = new ManualClock(start)

async function twoNodes() {
  const up = await signingMailbox(centreOrg, {
    nodeOf: async (_, id) => (id === ministryOrg ? 'nod_child' : undefined),
    nodesOf: async () => new Map([[ministryOrg, 'nod_child']]),
  })
  const down = await signingMailbox(ministryOrg, {
    parent: async () => ({ organisation_id: centreOrg, own_id: ministryOrg }),
  })
  const parent = await doing(up.mailbox)
  const child = await doing(down.mailbox)
  const done = { parent: 0, child: 0 }
  /** Lets the reader of one node see its new entries, then carries its envelopes over, twice each. */
  const carry = async (from: 'parent' | 'child'): Promise<string[]> => {
    const [node, box] = from === 'parent' ? [parent, up] : [child, down]
    await readOn(node, done, from)
    const carried = box.sent.splice(0)
    for (const envelope of carried) {
      expect(await verifyEnvelope({ ...envelope }, [up.trusted, down.trusted])).toMatchObject({
        ok: true,
      })
      for (const _ of ['once', 'again']) await deliver(from, parent, child, envelope)
    }
    return carried.map(({ type }) => type)
  }
  return {
    parent,
    child,
    carry,
    [Symbol.asyncDispose]: async () => {
      await parent[Symbol.asyncDispose]()
      await child[Symbol.asyncDispose]()
    },
  }
}

async function readOn(node: Node, done: Record<string, number>, which: string): Promise<void> {
  const { database, envelopes } = node
  const entries = await database.transact(systemScope, (tx) =>
    tx
      .select()
      .from(journal)
      .where(and(gt(journal.seq, done[which] ?? 0), inArray(journal.type, [...envelopes.types])))
      .orderBy(journal.seq),
  )
  for (const entry of entries) {
    await database.transact(systemScope, (tx) => envelopes.handle(tx, entry))
    done[which] = entry.seq
  }
}

function deliver(from: 'parent' | 'child', parent: Node, child: Node, envelope: Envelope) {
  const peer = { node_id: 'nod_child', organisation_id: ministryOrg }
  return from === 'parent'
    ? child.database.transact(systemScope, (tx) => child.inbox.fromParent(tx, envelope))
    : parent.database.transact(systemScope, (tx) => parent.inbox.fromStation(tx, peer, envelope))
}

const centre = caller(centreOrg)
const ministry = caller(ministryOrg)
const order = {
  kind: 'order',
  urgency: 'urgent',
  title: 'Cô lập máy chủ',
  situation: 'Máy chủ gọi ra ngoài đều đặn',
  actions: [{ id: 'a1', kind: 'isolate', text: 'Cô lập', due_at: null, indicators: [] }],
  legal_basis: [],
  tlp: 'amber',
  incident_id: null,
  report_due_at: '2026-11-23T00:00:00Z',
  addressees: [{ organisation_id: ministryOrg, role: 'lead' }],
} as const
const step = (name: StepDraft['step'], change: Partial<StepDraft> = {}): StepDraft => ({
  organisation_id: ministryOrg,
  step: name,
  note: '',
  results: [],
  evidence: [],
  ...change,
})
const results = [{ action_id: 'a1', outcome: 'done' as const, note: 'đã rút cáp' }]
const issued = { ...order, actions: [...order.actions].map((one) => ({ ...one, indicators: [] })) }
const draft = () => ({ ...issued, legal_basis: [], addressees: [...order.addressees] })

test('an order climbs its whole ladder over two nodes, every envelope signed and delivered twice', async () => {
  await using nodes = await twoNodes()
  const { parent, child, carry } = nodes
  const { id, addressees } = await parent.issuing.issue(centre, draft())
  expect(addressees).toMatchObject([{ step: 'issued', over_link: true }])
  expect(await carry('parent')).toEqual(['order.issued'])
  expect(await child.orders.get(ministry, id)).toMatchObject({
    mine: 'addressee',
    issuer_id: centreOrg,
  })
  expect(await carry('child')).toEqual(['order.delivered'])
  const file = await child.orders.attach(ministry, id, {
    name: 'ảnh.txt',
    media_type: 'text/plain',
    content: Buffer.from('bằng chứng').toString('base64'),
  })
  await child.ladders.answer(ministry, id, step('accepted'))
  await child.ladders.answer(ministry, id, step('completed', { results, evidence: [file.id] }))
  expect(await carry('child')).toEqual([
    'order.read',
    'order.accepted',
    'order.acting',
    'order.completed',
  ])
  const proof = await parent.orders.readEvidence(centre, id, file.id)
  expect(Buffer.from(proof.content, 'base64').toString()).toBe('bằng chứng')
  await parent.ladders.judge(centre, id, step('returned', { note: 'cần nhật ký' }))
  await carry('parent')
  await child.ladders.answer(ministry, id, step('completed', { results }))
  await carry('child')
  await parent.ladders.judge(centre, id, step('closed'))
  expect(await carry('parent')).toEqual(['order.verified', 'order.closed'])
  const [above, below] = [await parent.orders.get(centre, id), await child.orders.get(ministry, id)]
  expect([above.state, below.state]).toEqual(['closed', 'closed'])
  const stepsOf = (one: typeof above) => one.addressees[0]?.entries.map((entry) => entry.step)
  expect(stepsOf(below)).toEqual(stepsOf(above))
  expect(await carry('child')).toEqual([])
})

test('a step that comes too late is journaled, not an error', async () => {
  await using nodes = await twoNodes()
  const { parent, child, carry } = nodes
  const { id } = await parent.issuing.issue(centre, draft())
  await carry('parent')
  await carry('child')
  await parent.orders.withdraw(centre, id, 'thay lệnh khác')
  await child.ladders.answer(ministry, id, step('accepted'))
  await carry('child')
  const refused = await parent.database.asOwner(
    "select reason from journal where type = 'order.step-refused'",
  )
  expect(refused.rows[0]).toEqual({ reason: 'withdrawn' })
  expect(await carry('parent')).toEqual(['order.withdrawn', 'order.refused', 'order.refused'])
  const below = await child.orders.get(ministry, id)
  expect(below.state).toBe('withdrawn')
  expect(below.addressees[0]?.entries.at(-1)).toMatchObject({ step: 'refused' })
})

test('a change goes down, is read anew, and an answer to the former version is refused in words', async () => {
  await using nodes = await twoNodes()
  const { parent, child, carry } = nodes
  const { id } = await parent.issuing.issue(centre, draft())
  await carry('parent')
  await carry('child')
  await parent.amendments.amend(centre, id, { version: 1, reason: 'gấp hơn', urgency: 'immediate' })
  await child.ladders.answer(ministry, id, step('accepted', { note: 'rõ' }))
  await carry('child')
  expect(await carry('parent')).toEqual(['order.changed', 'order.refused', 'order.refused'])
  const below = await child.orders.get(ministry, id)
  expect(below).toMatchObject({ version: 2, urgency: 'immediate' })
  expect(below.addressees).toMatchObject([{ step: 'delivered', version: 2 }])
  expect(below.addressees[0]?.entries.at(-1)).toMatchObject({
    step: 'refused',
    note: 'Đã tiếp nhận: rõ',
    version: 1,
  })
  expect(await carry('child')).toEqual(['order.delivered'])
  await child.ladders.answer(ministry, id, step('completed', { results }))
  await carry('child')
  const above = await parent.orders.get(centre, id)
  expect(above.addressees).toMatchObject([{ step: 'completed', version: 2 }])
  const late = above.addressees[0]?.entries.filter(({ step: name }) => name === 'refused')
  expect(late).toMatchObject([{ note: 'Đã đọc' }, { note: 'Đã tiếp nhận: rõ' }])
  await parent.matrix.remind(centre, id, { organisations: [ministryOrg], note: '' })
  expect(await carry('parent')).toEqual([])
  await parent.ladders.judge(centre, id, step('returned', { note: 'thiếu' }))
  await parent.matrix.remind(centre, id, { organisations: [ministryOrg], note: 'còn một giờ' })
  await parent.matrix.release(centre, { id, organisation: ministryOrg }, 'giao đơn vị khác')
  expect(await carry('parent')).toEqual(['order.returned', 'order.reminded', 'order.withdrawn'])
  expect(await child.orders.get(ministry, id)).toMatchObject({
    state: 'withdrawn',
    withdrawal: 'giao đơn vị khác',
  })
})

test('a node cannot speak for another organisation, nor take the issuer’s steps', async () => {
  await using nodes = await twoNodes()
  const { parent, carry } = nodes
  const { id } = await parent.issuing.issue(centre, draft())
  await carry('parent')
  const entry = {
    id: 'x',
    time: start,
    actor_name: 'A',
    via: 'portal',
    note: '',
    results: [],
    evidence: [],
  }
  const forged = (type: string, from: string, name: string): Envelope => ({
    specversion: '1.0',
    id: newUuid(clock),
    source: 'urn:haidang:node:x',
    type,
    subject: id,
    time: start,
    datacontenttype: 'application/json',
    dataschema: 'x',
    tlp: 'amber',
    from,
    to: centreOrg,
    exercise: true,
    data: { order_id: id, entry: { ...entry, step: name } },
    signature: 'x',
  })
  for (const envelope of [
    forged('order.accepted', centreOrg, 'accepted'),
    forged('order.closed', ministryOrg, 'closed'),
    forged('order.accepted', ministryOrg, 'completed'),
  ]) {
    await expect(deliver('child', parent, nodes.child, envelope)).rejects.toThrow(
      expect.objectContaining({ name: 'Problem' }),
    )
  }
})
