import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

const list: Sample = { names: 'nothing' }
const groupOf = (of: Holding) => ({ ...list, params: { id: of.group } })

/** How the endpoints of sharing groups and of who sees what are called. */
export const sharingSamples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> = {
  'sharingGroupApi.list': () => list,
  'sharingGroupApi.get': (of) => ({ params: { id: of.group } }),
  'sharingGroupApi.create': (_, node) => ({ ...list, body: { name: node.newId('group') } }),
  'sharingGroupApi.update': (of) => ({ ...groupOf(of), body: { purpose: 'thử' } }),
  'sharingGroupApi.join': (of) => ({
    ...groupOf(of),
    body: { organisation_id: of.organisation },
  }),
  'sharingGroupApi.part': (of) => ({
    ...list,
    params: { id: of.group, organisation: of.organisation },
  }),
  'audienceApi.preview': (of) => ({
    body: { kind: 'incident', organisation_id: of.organisation, tlp: 'green' },
  }),
  'audienceApi.ofIncident': (of) => ({ params: { id: of.incident } }),
  'audienceApi.ofOrder': (of) => ({ params: { id: of.order } }),
  'audienceApi.ofSystem': (of) => ({ params: { id: of.system } }),
}
