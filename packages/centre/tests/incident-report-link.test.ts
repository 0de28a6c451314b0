import type { Envelope } from '@haidang/contracts/link'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { caller, centreOrg, ministryOrg, provinceOrg } from './doing.ts'
import { ministry, twoNodes } from './reporting-nodes.ts'

type Nodes = Awaited<ReturnType<typeof twoNodes>>
const centre = caller(centreOrg)
const told = (organisation_id = ministryOrg, tlp: 'amber' | 'red' = 'amber') => ({
  organisation_id,
  tlp,
  channel: 'telephone' as const,
  sender: { name: 'Lê Văn Trực', phone: '0900 000 001', email: 'truc@bo.example' },
  system_name: 'Cổng dịch vụ công',
  description: 'Giao diện cổng bị thay đổi',
  addresses: ['192.0.2.10'],
})

/** What the centre has of the ministry. */
async function above({ parent }: Nodes) {
  const { items } = await parent.reports.list(centre, { limit: 10 })
  return Promise.all(items.map(({ id }) => parent.reports.get(centre, id)))
}
const below = ({ child }: Nodes, id: string) => child.reports.get(ministry, id)

test('a report goes up stage by stage into one report of the parent, and its sender reads the number it has there', async () => {
  await using nodes = await twoNodes()
  const { child, carry } = nodes
  const { id, number } = await child.reports.report(ministry, told())
  expect(await carry('child')).toEqual(['incident.reported'])
  expect(await above(nodes)).toMatchObject([
    {
      channel: 'link',
      state: 'received',
      organisation_id: ministryOrg,
      tlp: 'amber',
      description: 'Giao diện cổng bị thay đổi',
      addresses: ['192.0.2.10'],
      sender: { email: 'truc@bo.example' },
      passage: { direction: 'received', number, revision: 1 },
    },
  ])
  expect((await below(nodes, id)).passage).toMatchObject({ state: 'waiting', number: '' })
  expect(await carry('parent')).toEqual(['incident.received'])
  const [{ number: given } = { number: '' }] = await above(nodes)
  expect((await below(nodes, id)).passage).toMatchObject({ state: 'received', number: given })

  await child.submit(id, 'first', { description: 'Đã ngắt kết nối' })
  await child.submit(id, 'final', { description: 'Đã khôi phục' })
  expect(await carry('child')).toEqual(['incident.updated', 'incident.updated'])
  const [whole, ...others] = await above(nodes)
  expect(others).toEqual([])
  expect(whole).toMatchObject({ stage: 'final', description: 'Đã khôi phục', number: given })
  expect(whole?.stages.map(({ content }) => content['description'])).toEqual([
    'Đã ngắt kết nối',
    'Đã khôi phục',
  ])
  await carry('parent')
  expect([await carry('child'), await carry('parent')]).toEqual([[], []])
})

test('envelopes that come out of order, or whose first one was lost, lose nothing', async () => {
  await using nodes = await twoNodes()
  const { child, written, deliver } = nodes
  const { id } = await child.reports.report(ministry, told())
  const [first] = await written('child')
  await child.submit(id, 'first', { description: 'Diễn biến một' })
  const [second] = await written('child')
  await child.submit(id, 'progress', { description: 'Diễn biến hai' })
  const [third] = await written('child')
  for (const letter of [third, first, second, third]) {
    if (letter) await deliver('child', letter)
  }
  const [whole, ...others] = await above(nodes)
  expect(others).toEqual([])
  expect(whole).toMatchObject({ description: 'Diễn biến hai', stage: 'progress' })
  expect(whole?.stages).toHaveLength(2)
})

test('what the parent decides and asks is read at the sender’s, and an update of what was rejected is kept', async () => {
  await using nodes = await twoNodes()
  const { parent, child, carry } = nodes
  const { id } = await child.reports.report(ministry, told())
  await carry('child')
  await carry('parent')
  const [{ id: at } = { id: '' }] = await above(nodes)
  await parent.database.transact(systemScope, async (tx) => {
    const row = await parent.reports.require(tx, at)
    const change = { state: 'rejected' as const, reason: 'diễn tập', question: '' }
    const after = await parent.store.replace(tx, { ...row, ...change })
    await parent.reports.record(tx, systemScope.actor, 'incident-report.rejected', after)
  })
  expect(await carry('parent')).toEqual(['incident.judged'])
  expect((await below(nodes, id)).passage).toMatchObject({ judged: 'rejected', reason: 'diễn tập' })
  await child.submit(id, 'first', { description: 'Không phải diễn tập' })
  await carry('child')
  expect(await above(nodes)).toMatchObject([
    { state: 'rejected', description: 'Không phải diễn tập', stages: [{ use: 'first' }] },
  ])
})

test('what cannot be taken is answered with the reason, which its sender reads; the next stage is taken', async () => {
  await using nodes = await twoNodes()
  const { child, carry, written, deliver } = nodes
  const { id } = await child.reports.report(ministry, told())
  const [letter] = await written('child')
  const spoilt = { ...letter, data: { ...(letter?.data as object), revision: 0 } } as Envelope
  await deliver('child', spoilt)
  await deliver('child', { ...(letter as Envelope), from: provinceOrg })
  expect(await above(nodes)).toEqual([])
  const [answer, other] = await written('parent')
  expect(other).toMatchObject({ data: { code: 'incident-report.not-yours' } })
  expect(answer).toMatchObject({ type: 'incident.refused', causation: spoilt.id })
  if (answer) await deliver('parent', answer)
  expect((await below(nodes, id)).passage).toMatchObject({
    state: 'refused',
    code: 'request.invalid',
    reason: expect.stringContaining('revision'),
  })
  await child.submit(id, 'first', { description: 'Gửi lại' })
  await carry('child')
  await carry('parent')
  expect((await below(nodes, id)).passage).toMatchObject({ state: 'received', code: '' })
})

test('a report at TLP:RED stays, one of another organisation too', async () => {
  await using nodes = await twoNodes()
  const { child, carry } = nodes
  const { id } = await child.reports.report(ministry, told(ministryOrg, 'red'))
  await child.reports.report(ministry, told(provinceOrg))
  expect(await carry('child')).toEqual([])
  expect((await below(nodes, id)).passage).toMatchObject({ state: 'kept' })
})
