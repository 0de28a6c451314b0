import { incidentApi } from '@haidang/contracts/incident-api'
import { incidentLinkApi } from '@haidang/contracts/incident-link-api'
import { incidentMergeApi } from '@haidang/contracts/incident-merge-api'
import type { SignedIn } from '@haidang/testbed/signed-in'

/** Two incidents of an organisation merged, and one that is linked with the head: the head and the linked one. */
export async function mergedIncidents(coordinator: SignedIn, organisation_id: string) {
  const incidents = coordinator.api(incidentApi)
  const open = async (title: string) =>
    (await incidents.open({ body: { title, organisation_id, type: 'MALWARE' } })).id
  const head = await open('Mã độc tống tiền tại máy chủ tệp')
  const under = await open('Máy trạm phòng kế toán bị mã hóa tệp')
  const linked = await open('Thư giả mạo gửi kèm mã độc')
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
