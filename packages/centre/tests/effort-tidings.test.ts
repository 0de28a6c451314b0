import { createClient } from '@haidang/contracts/client'
import { effortApi } from '@haidang/contracts/effort-api'
import { notificationApi } from '@haidang/contracts/notification-api'
import { orderApi } from '@haidang/contracts/order-api'
import { personApi } from '@haidang/contracts/person-api'
import { expect, test } from 'vitest'
import { orderDraft } from './access-drafts.ts'
import { effortLines as lines } from './access-effort.ts'
import { password } from './access-holding.ts'
import { approving, type Signed } from './approving.ts'

const told = async (who: Signed) =>
  (await who.api(notificationApi).list({ query: {} })).items
    .filter(({ kind }) => kind === 'effort-moved')
    .map(({ title }) => title.split(': ').at(-1))

test('whose turn it is with an effort sheet is told, and not who made it so', async () => {
  await using of = await approving()
  const organisation_id = of.addressees[0]?.organisation_id ?? ''
  const email = 'dau-moi@bo.example'
  const body = { organisation_id, name: 'Đầu mối', email, role_id: 'focal-point', password }
  await createClient(personApi, of.local).create({ body })
  const focal = await of.signIn('', email)
  const order = await of.an.api(orderApi).issue({ body: orderDraft(of.node, organisation_id) })
  const claim = focal.api(effortApi)
  const { id } = await claim.create({ body: { order_id: order.id, lines } })
  const params = { id }
  await claim.submit({ params, body: { version: 1 } })
  await expect.poll(() => told(of.binh)).toEqual(['Chờ thẩm tra'])
  expect(await told(focal)).toEqual([])
  const found = [{ quantity: 1, unit_price: 100_000 }]
  await of.binh.api(effortApi).check({ params, body: { version: 2, lines: found } })
  await expect.poll(() => told(focal)).toEqual(['Chờ đơn vị thống nhất'])
  await claim.agree({ params, body: { version: 3, verdict: 'agreed' } })
  await expect.poll(() => told(of.chi)).toEqual(['Chờ phê duyệt', 'Chờ thẩm tra'])
})
