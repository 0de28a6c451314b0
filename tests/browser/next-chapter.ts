import { clusterApi } from '@haidang/contracts/cluster-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import type { Order, StepDraft } from '@haidang/contracts/order'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import type { SignedIn } from '@haidang/testbed/signed-in'
import { until } from '../system/harness/until.ts'
import type { Demonstration } from './demonstration.ts'

const patience = 60_000

/** What the people of the demonstration do next, so that the pages show work in all its stages. */
export async function playNextChapter(demo: Demonstration): Promise<void> {
  const coordinator = await demo.signIn('centre', 'coordinator')
  await triage(await demo.signIn('centre', 'watch-officer'))
  const order = await firstOrder(coordinator)
  await investigate(coordinator, order)
  await answer(demo, 'ministry', order, [
    { step: 'accepted' },
    { step: 'acting' },
    { step: 'progressed', note: 'Đã rút máy chủ web khỏi mạng lúc 09:40, đang sao chép ổ đĩa.' },
  ])
  await answer(demo, 'isp', order, [
    { step: 'accepted' },
    { step: 'acting' },
    {
      step: 'completed',
      note: 'Đã chặn hai chiều tại hai cổng quốc tế.',
      results: order.actions.map(({ id }) => ({ action_id: id, outcome: 'done', note: 'Xong' })),
    },
  ])
  await disputedRequest(demo, coordinator)
}

async function triage(officer: SignedIn): Promise<void> {
  const api = officer.api(clusterApi)
  const { items } = await api.list({ query: { limit: 50, filter: 'state:new' } })
  const [first, second, third] = items.toReversed().map(({ id }) => id)
  if (!first || !second || !third) throw new Error('too few clusters to triage')
  await api.triage({ body: { ids: [first], act: { act: 'acknowledge' } } })
  await api.triage({
    body: {
      ids: [second],
      act: { act: 'close', reason: 'false_positive', note: 'Máy quét nội bộ, đã xác nhận' },
    },
  })
  await api.triage({ body: { ids: [third], act: { act: 'severity', severity: 'low' } } })
}

async function firstOrder(coordinator: SignedIn): Promise<Order> {
  return until('the first order', patience, async () => {
    const { items } = await coordinator.api(orderApi).list({ query: { limit: 10 } })
    return items[0]
  })
}

async function investigate(coordinator: SignedIn, order: Order): Promise<void> {
  const api = coordinator.api(incidentApi)
  const params = { id: order.incident_id ?? '' }
  await api.move({
    params,
    body: { state: 'verified', note: 'Đã đối chiếu bản ghi máy chủ web với đầu mối của Bộ.' },
  })
  await api.note({
    params,
    body: { text: 'Đầu mối báo qua điện thoại: trang nội bộ chậm từ sáng nay.' },
  })
  await api.open({
    body: {
      title: 'Trang giả mạo cổng dịch vụ công của tỉnh Sông Mơ',
      summary: 'Người dân báo qua đường dây nóng.',
      type: 'SPOOF',
      severity: 'medium',
      organisation_id: order.issuer_id,
    },
  })
}

async function answer(
  demo: Demonstration,
  key: 'ministry' | 'province' | 'isp',
  order: Order,
  steps: readonly Omit<Partial<StepDraft>, 'organisation_id'>[],
): Promise<void> {
  const focal = await demo.signIn(key, 'focal-point')
  const api = focal.api(orderApi)
  const params = { id: order.id }
  const received = await until(`order ${order.number} at ${key}`, patience, async () => {
    const { items } = await api.list({ query: { limit: 50 } })
    return items.find(({ id }) => id === order.id)
  })
  const organisation_id = received.addressees[0]?.organisation_id ?? ''
  for (const step of steps) {
    const draft = { note: '', results: [], evidence: [], ...step } as StepDraft
    await api.answer({ params, body: { ...draft, organisation_id } })
  }
}

async function disputedRequest(demo: Demonstration, coordinator: SignedIn): Promise<void> {
  const { items } = await coordinator.api(organisationApi).list({ query: { limit: 50 } })
  const province = items.find(({ kind }) => kind === 'province')
  if (!province) throw new Error('no province in the demonstration')
  const request = await coordinator.api(orderApi).issue({
    body: {
      kind: 'request',
      title: 'Cung cấp nhật ký truy cập cổng dịch vụ công từ 20/11',
      situation: 'Cần đối chiếu với đợt dò quét từ dải 198.51.100.0/24.',
      actions: [
        { id: 'nhat-ky', kind: 'collect_log', text: 'Gửi nhật ký truy cập 72 giờ gần nhất' },
      ],
      report_due_at: new Date(Date.now() + 2 * 86_400_000).toISOString(),
      addressees: [{ organisation_id: province.id, role: 'lead' }],
    },
  })
  await answer(demo, 'province', request, [
    { step: 'disputed', note: 'Nhật ký chỉ lưu 48 giờ. Đề nghị cho gửi phần còn giữ được.' },
  ])
}
