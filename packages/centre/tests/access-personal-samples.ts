import { shippedPersonalRules } from '@haidang/contracts/personal-retention'
import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'

const list: Sample = { names: 'nothing' }
const rules = [...shippedPersonalRules]

/** How the endpoints about records of people are called. */
export const personalSamples: Readonly<Record<string, (of: Holding) => Sample>> = {
  'personalDataApi.register': () => ({ ...list, query: { format: 'csv' } }),
  'personalDataApi.retention': () => list,
  'personalDataApi.versions': () => list,
  'personalDataApi.preview': () => ({ ...list, body: { rules } }),
  'personalDataApi.change': () => ({ ...list, body: { rules, reason: 'thử', based_on: 0 } }),
  'personalDataApi.redactionPreview': (of) => ({ params: { id: of.person } }),
  'personalDataApi.redact': (of) => ({ params: { id: of.person }, body: { reason: 'thử' } }),
}
