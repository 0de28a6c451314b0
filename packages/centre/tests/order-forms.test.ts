import { createClient } from '@haidang/contracts/client'
import { formApi } from '@haidang/contracts/form-api'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { standingNode } from './access-ground.ts'
import { keyFor, senderOf } from './access-holding.ts'
import { type CentreNode, localToken } from './centre-node.ts'

const use = 'coordination-order'
let node: CentreNode

beforeAll(async () => {
  node = await standingNode()
})
afterAll(() => node[Symbol.asyncDispose]())

async function issued() {
  const local = senderOf(node, localToken)
  const code = node.newId('problem').slice(4, 30)
  const { id: addressee } = await createClient(organisationApi, local).create({
    body: { code, name: 'Nhà mạng Ví dụ', kind: 'isp' },
  })
  const orders = createClient(orderApi, local)
  const cited = (await orders.bases({ query: { kind: 'request' } })).items.find(
    ({ in_force }) => in_force,
  )
  if (!cited) throw new Error('no basis is in force')
  const order = await orders.issue({
    body: {
      kind: 'request',
      urgency: 'urgent',
      title: 'Chặn máy chủ điều khiển',
      situation: 'Máy chủ điều khiển đang hoạt động.',
      actions: [
        {
          id: 'a1',
          kind: 'block_ip',
          text: 'Chặn ở biên mạng',
          due_at: '2031-11-25T18:00:00Z',
          indicators: ['192.0.2.1', '192.0.2.2'],
        },
      ],
      legal_basis: ['TT 20/2017/TT-BTTTT'],
      bases: [{ profile: cited.profile, id: cited.id }],
      report_due_at: '2031-11-26T01:00:00Z',
      addressees: [{ organisation_id: addressee, role: 'coordinate' }],
    },
  })
  return { local, addressee, order, cited }
}

test('an order is put on paper from what it says: addressees, tasks and terms, days as Vietnam counts them', async () => {
  const { local, order, cited } = await issued()
  const forms = createClient(formApi, local)
  const draft = await forms.begin({ body: { use, subject: order.id } })
  expect(draft).toMatchObject({
    number: '06',
    provisional: true,
    content: {
      number: order.number,
      kind: 'request',
      urgency: 'urgent',
      legal_basis: [{ basis: cited.text }, { basis: 'TT 20/2017/TT-BTTTT' }],
      addressees: [{ organisation: 'Nhà mạng Ví dụ', role: 'coordinate' }],
      tasks: [{ kind: 'block_ip', due: '2031-11-26', indicators: '192.0.2.1; 192.0.2.2' }],
      report_due: '2031-11-26',
      tlp: 'amber',
    },
  })
  const content = { ...draft.content, signer: { name: 'Nguyễn Thị Lãnh', position: 'Giám đốc' } }
  const params = { id: draft.id }
  const { revision } = await forms.save({ params, body: { revision: draft.revision, content } })
  const filed = await forms.submit({ params, body: { revision } })
  expect((await forms.export({ params })).content).toEqual(filed.content)
  expect(filed.content).toEqual(content)
})

test('a basis that is not in force is refused to who issues, with the field and a remedy; who is addressed reads what was cited', async () => {
  const { local, addressee, order, cited } = await issued()
  const { kind, title, situation, report_due_at } = order
  const actions = [{ id: 'a1', kind: 'other' as const, text: 'Chặn' }]
  const body = { kind, title, situation, actions, report_due_at: report_due_at ?? '' }
  const addressees = [{ organisation_id: addressee }]
  const bases = [{ profile: 'vn-2017', id: 'nobody' }]
  await expect(
    createClient(orderApi, local).issue({ body: { ...body, addressees, bases } }),
  ).rejects.toThrow(/order\.basis-ended.*"status":409.*"field":"bases\.0".*"remedy":"bỏ ra/)
  const focal = createClient(orderApi, senderOf(node, await keyFor(node, addressee, 'focal-point')))
  const seen = await focal.get({ params: { id: order.id } })
  expect(seen.bases).toMatchObject([{ id: cited.id, text: cited.text, version: cited.version }])
  await expect(focal.bases({ query: {} })).rejects.toThrow('permission.missing')
})

test('who is addressed does not write the order of another', async () => {
  const { addressee, order } = await issued()
  const focal = createClient(formApi, senderOf(node, await keyFor(node, addressee, 'focal-point')))
  const begin = focal.begin({ body: { use, subject: order.id } })
  await expect(begin).rejects.toThrow('permission.missing')
})
