import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import { shiftAt } from './access-shift.ts'
import type { CentreNode } from './centre-node.ts'

const list: Sample = { names: 'nothing' }
const days = { from: '2026-11-23', to: '2026-11-29' }
const spanOf = (of: Holding) => ({ query: { organisation_id: of.organisation, ...days } })

/** How the endpoints of shifts are called. */
export const shiftSamples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> = {
  'shiftApi.duty': () => list,
  'shiftApi.list': () => list,
  'shiftApi.roster': spanOf,
  'shiftApi.patterns': () => list,
  'shiftApi.people': (of) => ({ query: { organisation_id: of.organisation } }),
  'shiftApi.make': (of) => ({
    body: {
      organisation_id: of.organisation,
      from: '2020-01-01',
      to: '2020-01-01',
      pattern_id: 'whole-day',
      crews: [0, 1, 2, 3].map(() => ({ officer_id: of.person })),
    },
  }),
  'shiftApi.add': (of) => ({
    body: { organisation_id: of.organisation, ...shiftAt(1), overlap_allowed: true },
  }),
  'shiftApi.change': (of) => ({ params: { id: of.shift }, body: { note: 'thử' } }),
  'shiftApi.remove': (_, node) => ({ ...list, params: { id: node.newId('shift') } }),
  'shiftApi.export': () => ({ ...list, query: { format: 'csv' } }),
  'shiftSwapApi.list': () => list,
  'shiftSwapApi.ask': (of) => ({
    body: { shift_id: of.shift, to_id: of.person, reason: 'thử' },
  }),
  'shiftSwapApi.decide': (of) => ({ params: { id: of.swap }, body: { state: 'declined' } }),
  'handoverApi.openWork': () => list,
  'handoverApi.list': () => list,
  'handoverApi.get': (of) => ({ params: { id: of.handover } }),
  'handoverApi.prepare': () => ({ ...list, body: {} }),
  'handoverApi.acknowledge': (of) => ({ params: { id: of.handover }, body: {} }),
  'handoverApi.withdraw': (of) => ({ params: { id: of.handover } }),
  'shiftCalendarApi.get': () => list,
  'shiftCalendarApi.create': () => list,
  'shiftCalendarApi.revoke': () => list,
  'shiftCalendarApi.read': () => ({ ...list, params: { token: 'x'.repeat(43) } }),
}
