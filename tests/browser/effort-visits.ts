import { createClient } from '@haidang/contracts/client'
import { effortApi } from '@haidang/contracts/effort-api'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { keyApi } from '@haidang/contracts/person-api'
import { apiSender } from '@haidang/haidang/api-sender'
import type { SignedIn } from '@haidang/testbed/signed-in'
import type { Page } from 'playwright-core'
import type { Visit } from './visits.ts'

const day = 86_400_000
const responder = {
  code: 'UC.BX',
  name: 'Công ty ứng cứu Biển Xanh (thử nghiệm)',
  kind: 'enterprise',
} as const
const checking = async (page: Page) => {
  await page.getByRole('button', { name: /Thẩm tra|Check/ }).click()
  await page.getByRole('dialog').waitFor()
}

/** Pages of what answering orders cost, with a sheet that waits to be checked; the same one each time. */
export async function effortVisits(
  coordinator: SignedIn,
  administrator: SignedIn,
): Promise<readonly Visit[]> {
  const { sheet, order } = await claimed(coordinator, administrator)
  return [
    { name: 'efforts', who: 'coordinator', path: '/efforts' },
    { name: 'effort', who: 'coordinator', path: `/efforts/${sheet}` },
    { name: 'effort-check', who: 'coordinator', path: `/efforts/${sheet}`, act: checking },
    { name: 'effort-order', who: 'coordinator', path: `/orders/${order}` },
  ]
}

/** An organisation without a node of its own that answered an order and claims for it. */
async function claimed(coordinator: SignedIn, administrator: SignedIn) {
  const [organisation] = (
    await administrator
      .api(organisationApi)
      .list({ query: { limit: 1, filter: `code:${responder.code}` } })
  ).items
  const [before] = organisation
    ? (
        await coordinator
          .api(effortApi)
          .list({ query: { limit: 1, filter: `organisation_id:${organisation.id}` } })
      ).items
    : []
  if (before) return { sheet: before.id, order: before.order_id }
  const { id } = await administrator.api(organisationApi).create({ body: responder })
  const order = await coordinator.api(orderApi).issue({
    body: {
      title: 'Cử đội phân tích máy chủ bị xâm nhập',
      situation: 'Cổng dịch vụ công bị chèn mã độc, cần phân tích tại chỗ.',
      actions: [{ id: 'a1', kind: 'other', text: 'Cử đội ứng cứu, phân tích và báo cáo' }],
      report_due_at: new Date(Date.now() + day).toISOString(),
      addressees: [{ organisation_id: id }],
    },
  })
  const { secret } = await administrator.api(keyApi).create({
    body: { name: 'Phần mềm của đội ứng cứu', organisation_id: id, role_id: 'focal-point' },
  })
  const efforts = createClient(effortApi, apiSender(administrator.url, secret))
  const sheet = await efforts.create({
    body: {
      order_id: order.id,
      note: 'Ba người làm hai ca đêm tại phòng máy của đơn vị.',
      lines: [
        line('labour', 'Phân tích mã độc trên máy chủ', 'giờ công', 48, 350_000),
        line('travel', 'Đi lại của đội ứng cứu', 'chuyến', 2, 1_200_000),
        line('consumable', 'Ổ cứng lưu ảnh đĩa làm chứng cứ', 'cái', 3, 2_450_000),
      ],
    },
  })
  await efforts.submit({ params: { id: sheet.id }, body: { version: sheet.version } })
  return { sheet: sheet.id, order: order.id }
}

function line(kind: string, text: string, unit: string, quantity: number, unit_price: number) {
  return { kind, text, unit, quantity, unit_price, basis: '' }
}
