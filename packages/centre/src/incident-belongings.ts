import type { IncidentBelongings, Named } from './merging/incident-belongings.ts'
import { OrdersOfIncidents } from './merging/orders-of-incidents.ts'
import { TasksOfIncidents } from './merging/tasks-of-incidents.ts'
import { ClusterStore } from './modules/correlation/cluster-store.ts'
import type { TriageService } from './modules/correlation/triage-service.ts'
import { IncidentReportStore } from './modules/incident-reports/incident-report-store.ts'
import type { IncidentTasks } from './modules/incidents/incident-orders.ts'
import { TaskStore } from './modules/tasks/task-store.ts'

interface Parts {
  readonly triage: TriageService
  readonly tasks: Pick<IncidentTasks, 'idsOfIncidents'>
}

/** What hangs on incidents: another module adds what it hangs there. */
export function incidentBelongings({ triage, tasks }: Parts): readonly IncidentBelongings[] {
  const clusters = new ClusterStore()
  const orders = new OrdersOfIncidents()
  const held = new TaskStore()
  const handed = new TasksOfIncidents()
  const reports = new IncidentReportStore()
  return [
    {
      kind: 'cluster',
      idsOf: (tx, incidents) => clusters.idsOfIncidents(tx, incidents),
      labelsOf: async (tx, ids) => namedBy(await clusters.ofIds(tx, ids), ({ title }) => title),
      handOn: (tx, actor, ids, incident) => triage.handOn(tx, actor, ids, incident),
    },
    {
      kind: 'order',
      idsOf: (tx, incidents) => orders.idsOfIncidents(tx, incidents),
      labelsOf: async (tx, ids) =>
        namedBy(await orders.ofIds(tx, ids), ({ number, title }) => `${number} ${title}`),
      handOn: (tx, _, ids, incident) => orders.handOn(tx, ids, incident),
    },
    {
      kind: 'task',
      idsOf: (tx, incidents) => tasks.idsOfIncidents(tx, incidents),
      labelsOf: async (tx, ids) => namedBy(await held.ofIds(tx, ids), ({ title }) => title),
      handOn: (tx, _, ids, incident) => handed.handOn(tx, ids, incident),
    },
    {
      kind: 'report',
      idsOf: (tx, incidents) => reports.idsOfIncidents(tx, incidents),
      labelsOf: async (tx, ids) =>
        namedBy(await reports.ofIds(tx, ids), ({ number, system_name }) =>
          [number, system_name].filter(Boolean).join(' '),
        ),
      handOn: (tx, _, ids, incident) => reports.handOn(tx, ids, incident),
    },
  ]
}

/** What people call some rows. */
function namedBy<R extends { readonly id: string; readonly tlp_rank: number }>(
  rows: readonly R[],
  labelOf: (row: R) => string,
): Map<string, Named> {
  return new Map(rows.map((row) => [row.id, { label: labelOf(row), tlp_rank: row.tlp_rank }]))
}
