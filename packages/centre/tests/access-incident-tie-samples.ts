import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

/** How the endpoints of what is merged, linked or acted on together are called. */
export const incidentTieSamples: Readonly<
  Record<string, (of: Holding, node: CentreNode) => Sample>
> = {
  'clusterMergeApi.merge': (of) => ({ body: { ids: [of.cluster, of.spread] } }),
  'clusterMergeApi.list': (of) => ({ params: { id: of.cluster } }),
  'clusterMergeApi.unmerge': (of) => ({
    params: { id: of.merge },
    body: { clusters: 'as-before' },
  }),
  'incidentBulkApi.act': (of) => ({
    body: { ids: [of.incident], act: { act: 'assign', person_id: null } },
  }),
  'incidentBulkApi.undo': () => ({ names: 'nothing', body: { undo: 'nothing' } }),
  'incidentMergeApi.preview': (of) => ({ body: { into: of.incident, ids: [of.otherIncident] } }),
  'incidentMergeApi.merge': (of) => ({ body: { into: of.incident, ids: [of.otherIncident] } }),
  'incidentMergeApi.list': (of) => ({ params: { id: of.incident } }),
  'incidentMergeApi.unmerge': (of) => ({ params: { id: of.incidentMerge }, body: {} }),
  'incidentLinkApi.list': (of) => ({ params: { id: of.incident } }),
  'incidentLinkApi.add': (of) => ({
    params: { id: of.incident },
    body: { kind: 'related', other_ids: [of.otherIncident] },
  }),
  'incidentLinkApi.remove': (of, node) => ({
    names: 'nothing',
    params: { id: of.incident, link: node.newId('incidentLink') },
  }),
  'closingReportApi.process': () => ({ names: 'nothing' }),
  'closingReportApi.list': () => ({ names: 'nothing' }),
  'closingReportApi.get': (of) => ({ params: { id: of.incident } }),
  'closingReportApi.write': (of) => ({
    params: { id: of.incident },
    body: {
      course: 'Kẻ xấu dò mật khẩu',
      root_cause: 'mật khẩu yếu',
      measures: 'Khóa tài khoản',
      lessons: ['bật hai lớp'],
      version: 0,
    },
  }),
}
