import { handoverApi } from '@haidang/contracts/handover-api'
import type { SignedIn } from '@haidang/testbed/signed-in'

/** The hand-over an officer has prepared and nobody has taken; the same one each time. */
export async function handed(officer: SignedIn): Promise<string | undefined> {
  const handovers = officer.api(handoverApi)
  const waiting = async () =>
    (await handovers.list({ query: { limit: 1, filter: 'state:prepared' } })).items[0]?.id
  const known = await waiting()
  if (known) return known
  const note = 'Theo dõi địa chỉ 203.0.113.66; Bộ Thử nghiệm hứa gửi nhật ký trước 8 giờ.'
  return (await handovers.prepare({ body: { note, marks: [] } })).handover.id
}
