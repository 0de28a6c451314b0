import type { IncidentBelongings } from './merging/incident-belongings.ts'
import { OrdersOfIncidents } from './merging/orders-of-incidents.ts'
import { TasksOfIncidents } from './merging/tasks-of-incidents.ts'
import { ClusterStore } from './modules/correlation/cluster-store.ts'
import type { TriageService } from './modules/correlation/triage-service.ts'
import { IncidentReportStore } from './modules/incident-reports/incident-report-store.ts'
import type { IncidentTasks } from './modules/incidents/incident-orders.ts'

interface Parts {
  readonly triage: TriageService
  readonly tasks: Pick<IncidentTasks, 'idsOfIncidents'>
}

/** What hangs on incidents: another module adds what it hangs there. */
export function incidentBelongings({ triage, tasks }: Parts): readonly IncidentBelongings[] {
  const clusters = new ClusterStore()
  const orders = new OrdersOfIncidents()
  const handed = new TasksOfIncidents()
  const reports = new IncidentReportStore()
  return [
    {
      kind: 'cluster',
      idsOf: (tx, incidents) => clusters.idsOfIncidents(tx, incidents),
      labelsOf: async (tx, ids) =>
        new Map((await clusters.ofIds(tx, ids)).map(({ id, title }) => [id, title])),
      handOn: (tx, actor, ids, incident) => triage.handOn(tx, actor, ids, incident),
    },
    {
      kind: 'order',
      idsOf: (tx, incidents) => orders.idsOfIncidents(tx, incidents),
      labelsOf: (tx, ids) => orders.labels(tx, ids),
      handOn: (tx, _, ids, incident) => orders.handOn(tx, ids, incident),
    },
    {
      kind: 'task',
      idsOf: (tx, incidents) => tasks.idsOfIncidents(tx, incidents),
      labelsOf: (tx, ids) => handed.labels(tx, ids),
      handOn: (tx, _, ids, incident) => handed.handOn(tx, ids, incident),
    },
    {
      kind: 'report',
      idsOf: (tx, incidents) => reports.idsOfIncidents(tx, incidents),
      labelsOf: (tx, ids) => reports.labels(tx, ids),
      handOn: (tx, _, ids, incident) => reports.handOn(tx, ids, incident),
    },
  ]
}
