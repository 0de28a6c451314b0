import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

const list: Sample = { names: 'nothing' }
const sheet = {
  name: 'x.csv',
  format: 'csv',
  content: Buffer.from('code,name\n').toString('base64'),
}

/** How the endpoints of information systems and what belongs to them are called. */
export const systemSamples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> = {
  'systemApi.list': () => list,
  'systemApi.get': (of) => ({ params: { id: of.system } }),
  'systemApi.create': (of, node) => ({
    body: {
      organisation_id: of.organisation,
      code: node.newId('system').slice(4),
      name: 'Hệ thống mới',
    },
  }),
  'systemApi.update': (of) => ({ params: { id: of.system }, body: { purpose: 'thử' } }),
  'systemApi.monitor': (of) => ({
    params: { id: of.system },
    body: { way: 'indirect', stage: 'surveyed', reason: 'thử' },
  }),
  'systemApi.completeness': () => list,
  'systemImportApi.start': (of) => ({
    body: { ...sheet, organisation_id: of.organisation },
  }),
  'systemImportApi.get': (of) => ({ params: { id: of.systemImport } }),
  'systemImportApi.apply': (of) => ({ params: { id: of.systemImport } }),
  'systemImportApi.refused': (of) => ({ params: { id: of.systemImport } }),
  'systemImportApi.template': () => ({ ...list, query: { format: 'csv' } }),
  'systemImportApi.export': () => ({ ...list, query: { format: 'csv' } }),
  'attributionApi.whose': () => ({ ...list, query: { value: '203.0.113.9' } }),
  'attributionApi.ranges': (of) => ({ params: { id: of.system } }),
  'attributionApi.add': (of, node) => ({
    params: { id: of.system },
    body: { ranges: [{ text: `${node.newId('range').slice(4)}.example` }] },
  }),
  'attributionApi.change': (of) => ({
    params: { id: of.system, range: of.range },
    body: { note: 'thử' },
  }),
  'attributionApi.confirm': (of) => ({
    params: { id: of.system },
    body: { ranges: [of.range] },
  }),
  'attributionApi.preview': (of) => ({
    params: { id: of.system },
    body: { range: of.range, remove: true },
  }),
  'attributionApi.changes': () => list,
  'attributionApi.steps': (of) => ({ params: { change: of.attributionChange } }),
  'attributionApi.remove': (of) => ({ params: { id: of.system, range: of.range } }),
}
