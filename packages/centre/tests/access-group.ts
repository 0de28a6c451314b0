import { createClient, type Send } from '@haidang/contracts/client'
import { membershipApi } from '@haidang/contracts/membership'
import { sharingGroupApi } from '@haidang/contracts/sharing-group'

/** Makes an organisation an active member and takes it into a group: the one told, else one of its own. */
export async function addGroup(
  local: Send,
  organisation_id: string,
  n: number,
  shared?: string,
): Promise<string> {
  const memberships = createClient(membershipApi, local)
  const params = { id: organisation_id }
  const { state } = await memberships.get({ params })
  if (state === 'none') {
    await memberships.apply({ params, body: { kind: 'voluntary', signer: 'Người ký' } })
    const agreement = { number: `${n}/TT`, date: '2026-11-01' }
    for (const act of ['review', 'sign', 'activate'] as const) {
      await memberships.move({ params, body: { act, reason: 'thử', agreement } })
    }
  }
  const groups = createClient(sharingGroupApi, local)
  const id = shared ?? (await groups.create({ body: { name: `Nhóm ${n}` } })).id
  await groups.join({ params: { id }, body: { organisation_id } })
  return id
}
