import type { Order, StepDraft } from '@haidang/contracts/order'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import type { LiveNode } from './live-node.ts'
import { ministryPlan } from './pair.ts'
import { until } from './until.ts'

const arrival = 120_000
const hour = 3_600_000

/** Issues an order of the centre to the station's organisation. */
export async function issueOrder(centre: LiveNode, title: string): Promise<Order> {
  const { items } = await centre.api(organisationApi).list({ query: {} })
  const addressee = items.find(({ code }) => code === ministryPlan.organisation.code)
  if (!addressee) throw new Error('the centre does not know the organisation of the station')
  return await centre.api(orderApi).issue({
    body: {
      title,
      situation: 'Thử nghiệm đường truyền',
      actions: [{ id: 'bao-cao', kind: 'other', text: 'Báo cáo tình hình' }],
      report_due_at: new Date(Date.now() + hour).toISOString(),
      addressees: [{ organisation_id: addressee.id }],
    },
  })
}

/** Waits until an order has come to a node; milliseconds. */
export async function untilOrder(node: LiveNode, id: string, within = arrival): Promise<Order> {
  return await until(`order ${id} at ${node.name}`, within, () =>
    node.api(orderApi).get({ params: { id } }),
  )
}

/** Takes steps on the ladder of an order, then tells all steps that stand there. */
export async function stepsOf(
  node: LiveNode,
  id: string,
  take: readonly StepDraft['step'][] = [],
): Promise<string[]> {
  const api = node.api(orderApi)
  let order = await api.get({ params: { id } })
  for (const step of take) {
    const organisation_id = order.addressees[0]?.organisation_id ?? ''
    order = await api.answer({ params: { id }, body: { organisation_id, step } })
  }
  return order.addressees.flatMap(({ entries }) => entries.map(({ step }) => step))
}
