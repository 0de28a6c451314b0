import { shippedRules } from '../src/modules/approvals/approval.ts'
import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

const list: Sample = { names: 'nothing' }

/** How the endpoints about a second person are called. */
export const approvalSamples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> =
  {
    'approvalApi.list': () => list,
    'approvalApi.waiting': () => list,
    'approvalApi.get': (of) => ({ params: { id: of.approval } }),
    'approvalApi.ask': () => ({
      ...list,
      body: { act: { kind: 'organisation.export', payload: { format: 'csv' } }, reason: 'thử' },
    }),
    'approvalApi.decide': (of) => ({
      params: { id: of.approval },
      body: { verdict: 'refused', digest: 'x', reason: 'thử' },
    }),
    'approvalApi.withdraw': (of) => ({ params: { id: of.approval }, body: {} }),
    'approvalApi.policy': () => list,
    'approvalApi.policyVersions': () => list,
    'approvalApi.changePolicy': () => ({
      ...list,
      body: { rules: shippedRules(false), reason: 'thử', based_on: 0 },
    }),
  }
