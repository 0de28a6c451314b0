import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

const list: Sample = { names: 'nothing' }
const ofTask = (of: Holding) => ({ params: { id: of.task } })
const ofObservable = (of: Holding) => ({ params: { id: of.incidentObservable } })
const ofParticipant = (of: Holding) => ({
  params: { id: of.incident, participant: of.incidentParticipant },
})
const ofIncident = (of: Holding) => ({ params: { id: of.incident } })

/** How the endpoints of the work on incidents are called. */
export const caseworkSamples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> =
  {
    'incidentApi.list': () => list,
    'incidentApi.get': (of) => ({ params: { id: of.incident } }),
    'incidentApi.timeline': (of) => ({ params: { id: of.incident } }),
    'incidentApi.clusters': (of) => ({ params: { id: of.incident } }),
    'incidentApi.open': (of) => ({ body: { title: 'Sự cố', organisation_id: of.organisation } }),
    'incidentApi.update': (of) => ({ params: { id: of.incident }, body: { summary: 'thử' } }),
    'incidentApi.move': (of) => ({ params: { id: of.incident }, body: { state: 'verified' } }),
    'incidentApi.note': (of) => ({ params: { id: of.incident }, body: { text: 'thử' } }),
    'incidentApi.mentionable': ofIncident,
    'incidentApi.recordFact': (of) => ({
      params: { id: of.incident },
      body: { fact: 'incident.beyond-capability', note: 'thử' },
    }),
    'likenessApi.of': (of) => ({ params: { id: of.incident } }),
    'likenessApi.draft': () => ({ names: 'nothing', query: { title: 'Sự cố' } }),
    'incidentApi.attach': (of) => ({
      params: { id: of.incident },
      body: { cluster_ids: [of.cluster] },
    }),
    'incidentParticipantApi.list': ofIncident,
    'incidentParticipantApi.add': (of) => ({
      ...ofIncident(of),
      body: { organisation_id: of.organisation, role: 'informed' },
    }),
    'incidentParticipantApi.change': (of) => ({ ...ofParticipant(of), body: { note: 'thử' } }),
    'incidentParticipantApi.remove': (_, node) => ({
      names: 'nothing',
      params: { id: node.newId('incident'), participant: node.newId('incidentParticipant') },
      body: { reason: 'thử' },
    }),
    'taskApi.list': () => list,
    'taskApi.get': ofTask,
    'taskApi.history': ofTask,
    'taskApi.add': (of) => ({ ...ofIncident(of), body: { title: 'Việc khác' } }),
    'taskApi.take': (of) => ({ ...ofIncident(of), body: { template: 'response' } }),
    'taskApi.order': (of) => ({ ...ofIncident(of), body: { ids: [of.task] } }),
    'taskApi.change': (of) => ({ ...ofTask(of), body: { details: 'thử' } }),
    'taskApi.bulk': (of) => ({ body: { ids: [of.task], act: { act: 'due', due_at: null } } }),
    'taskApi.move': (of) => ({ ...ofTask(of), body: { state: 'doing' } }),
    'taskApi.tick': (of) => ({ ...ofTask(of), body: { item: 'c1', done: true } }),
    'taskApi.templates': () => list,
    'myWorkApi.list': () => list,
    'myWorkApi.count': () => list,
    'incidentObservableApi.list': ofIncident,
    'incidentObservableApi.export': (of) => ({ ...ofIncident(of), query: { format: 'csv' } }),
    'incidentObservableApi.elsewhere': ofObservable,
    'incidentObservableApi.extract': () => ({ names: 'nothing', body: { text: '192.0.2.7' } }),
    'incidentObservableApi.add': (of) => ({
      ...ofIncident(of),
      body: { items: [{ value: '192.0.2.8' }] },
    }),
    'incidentObservableApi.change': (of) => ({ ...ofObservable(of), body: { note: 'thử' } }),
    'incidentObservableApi.remove': (_, node) => ({
      names: 'nothing',
      params: { id: node.newId('incidentObservable') },
    }),
  }
