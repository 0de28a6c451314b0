import { incidentApi } from '@haidang/contracts/incident-api'
import { incidentLinkApi } from '@haidang/contracts/incident-link-api'
import { incidentMergeApi } from '@haidang/contracts/incident-merge-api'
import type { SignedIn } from '@haidang/testbed/signed-in'

const titles = {
  head: 'Mã độc tống tiền tại máy chủ tệp',
  under: 'Máy trạm phòng kế toán bị mã hóa tệp',
  linked: 'Thư giả mạo gửi kèm mã độc',
} as const

/**
 * Two incidents of an organisation merged, and one that is linked with the head: the head and the linked one; the same
 * ones each time.
 */
export async function mergedIncidents(coordinator: SignedIn, organisation_id: string) {
  const incidents = coordinator.api(incidentApi)
  const before = async (title: string) => {
    const { items } = await incidents.list({ query: { limit: 5, filter: `title:"${title}"` } })
    return items.find((one) => one.title === title)?.id
  }
  const made = { merged: await before(titles.head), linked: await before(titles.linked) }
  if (made.merged && made.linked) return made
  const open = async (title: string) =>
    (await incidents.open({ body: { title, organisation_id, type: 'MALWARE' } })).id
  const head = await open(titles.head)
  const under = await open(titles.under)
  const linked = await open(titles.linked)
  await coordinator.api(incidentMergeApi).merge({
    body: { into: head, ids: [under], reason: 'Cùng một mẫu mã độc, cùng địa chỉ điều khiển' },
  })
  await incidents.move({ params: { id: head }, body: { state: 'verified', note: 'Đã xác minh' } })
  await coordinator.api(incidentLinkApi).add({
    params: { id: head },
    body: { kind: 'related', other_ids: [linked], note: 'Thư gửi trước đó hai giờ' },
  })
  return { merged: head, linked }
}
