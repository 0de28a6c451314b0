import { createClient, type Send } from '@haidang/contracts/client'
import { serviceAccountApi } from '@haidang/contracts/service-account'
import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

/** A machine of an organisation, for which one of its people answers. */
export async function addServiceAccount(
  local: Send,
  organisation_id: string,
  owner_id: string,
  n: number,
): Promise<string> {
  const { id } = await createClient(serviceAccountApi, local).create({
    body: {
      ...{ organisation_id, owner_id, role_id: 'focal-point' },
      ...{ name: `Máy ${n} ${owner_id}`, purpose: 'thử' },
    },
  })
  return id
}

/** How the endpoints of service accounts are called. */
export const serviceAccountSamples: Readonly<
  Record<string, (of: Holding, node: CentreNode) => Sample>
> = {
  'serviceAccountApi.list': () => ({ names: 'nothing' }),
  'serviceAccountApi.create': (of, node) => ({
    body: {
      ...{ organisation_id: of.organisation, owner_id: of.person, role_id: 'focal-point' },
      ...{ name: node.newId('serviceAccount'), purpose: 'thử' },
    },
  }),
  'serviceAccountApi.update': (of) => ({
    params: { id: of.serviceAccount },
    body: { purpose: 'việc khác' },
  }),
}
