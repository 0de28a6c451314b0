import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

const use = 'member-record'

const file = (node: CentreNode) => ({
  format: 'haidang.form/1',
  definition: { id: 'vn-2026.01', version: 1 },
  use,
  organisation: { code: 'XX', name: 'XX' },
  subject: node.newId('organisation'),
  state: 'draft',
  version: 0,
  submitted_at: null,
  submitted_by: '',
  content: {},
  hash: '',
})

/** How the endpoints of forms are called. */
export const formSamples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> = {
  'formApi.definitions': () => ({ names: 'nothing' }),
  'formApi.list': () => ({ names: 'nothing' }),
  'formApi.get': (of) => ({ params: { id: of.form } }),
  'formApi.begin': (of) => ({ body: { use, subject: of.organisation } }),
  'formApi.save': (of) => ({ params: { id: of.form }, body: { revision: 0, content: {} } }),
  'formApi.submit': (of) => ({ params: { id: of.form }, body: { revision: 0 } }),
  'formApi.withdraw': (of) => ({ params: { id: of.form }, body: { reason: 'thử' } }),
  'formApi.carryOver': (of) => ({ params: { id: of.form } }),
  'formApi.differences': (of) => ({ params: { id: of.form } }),
  'formApi.takeOver': (of) => ({
    params: { id: of.form },
    body: { fields: ['address'], reason: 'thử' },
  }),
  'formApi.export': (of) => ({ params: { id: of.form } }),
  'formApi.sheet': (of) => ({ params: { id: of.form }, query: { format: 'csv' } }),
  'formApi.import': (of, node) => ({
    body: { use: 'membership-application', subject: of.organisation, file: file(node) },
  }),
}
