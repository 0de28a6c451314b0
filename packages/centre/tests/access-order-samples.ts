import { orderDraft } from './access-drafts.ts'
import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

const ofOrder = (of: Holding) => ({ params: { id: of.order } })
const ofLadder = (of: Holding) => ({ params: { id: of.order, organisation: of.organisation } })
const step = (of: Holding, name: string) => ({ organisation_id: of.organisation, step: name })
const reason = { reason: 'thử' }

/** How the endpoints of orders are called. */
export const orderSamples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> = {
  'orderApi.list': () => ({ names: 'nothing' }),
  'orderApi.get': ofOrder,
  'orderApi.bases': () => ({ names: 'nothing' }),
  'orderApi.issue': (of, node) => ({ body: orderDraft(node, of.organisation) }),
  'orderApi.answer': (of) => ({ ...ofOrder(of), body: step(of, 'read') }),
  'orderApi.judge': (of) => ({ ...ofOrder(of), body: step(of, 'verified') }),
  'orderApi.withdraw': (of) => ({ ...ofOrder(of), body: reason }),
  'orderApi.attach': (of) => ({ ...ofOrder(of), body: { name: 'x.txt', content: 'eA==' } }),
  'orderApi.evidence': (of) => ({ params: { id: of.order, file: of.evidence } }),
  'orderAddressingApi.preview': (of) => ({
    names: 'nothing',
    body: { organisations: [of.organisation] },
  }),
  'orderMatrixApi.addressees': ofOrder,
  'orderMatrixApi.ladder': ofLadder,
  'orderMatrixApi.export': (of) => ({ ...ofOrder(of), query: { format: 'csv' } }),
  'orderMatrixApi.judgeMany': (of) => ({
    ...ofOrder(of),
    body: { organisations: [of.organisation], step: 'closed' },
  }),
  'orderMatrixApi.remind': (of) => ({
    ...ofOrder(of),
    body: { organisations: [of.organisation] },
  }),
  'orderMatrixApi.release': (of) => ({ ...ofLadder(of), body: reason }),
  'orderMatrixApi.amend': (of) => ({
    ...ofOrder(of),
    body: { ...reason, version: 1, title: 'Bản khác' },
  }),
  'orderMatrixApi.versions': ofOrder,
  'orderPayloadApi.payload': (of, node) => ({
    params: { id: of.order, action: orderDraft(node, of.organisation).actions[0]?.id ?? '' },
    query: { format: 'csv' },
  }),
}
