import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

/** How the endpoints of service accounts are called. */
export const serviceAccountSamples: Readonly<
  Record<string, (of: Holding, node: CentreNode) => Sample>
> = {
  'serviceAccountApi.list': () => ({ names: 'nothing' }),
  'serviceAccountApi.create': (of, node) => ({
    body: {
      organisation_id: of.organisation,
      owner_id: of.person,
      role_id: 'focal-point',
      name: node.newId('serviceAccount'),
      purpose: 'thử',
    },
  }),
  'serviceAccountApi.update': (of) => ({
    params: { id: of.serviceAccount },
    body: { purpose: 'việc khác' },
  }),
}
