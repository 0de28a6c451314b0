import { createClient, type Send } from '@haidang/contracts/client'
import { serviceAccountApi } from '@haidang/contracts/service-account'

/** A machine of an organisation, for which one of its people answers. */
export async function addServiceAccount(
  local: Send,
  organisation_id: string,
  owner_id: string,
  n: number,
): Promise<string> {
  const { id } = await createClient(serviceAccountApi, local).create({
    body: {
      organisation_id,
      owner_id,
      role_id: 'focal-point',
      name: `Máy ${n} ${owner_id}`,
      purpose: 'thử',
    },
  })
  return id
}
