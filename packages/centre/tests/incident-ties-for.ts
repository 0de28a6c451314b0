import { incidentBelongings } from '../src/incident-belongings.ts'
import {
  type IncidentBulkParts,
  IncidentBulkService,
} from '../src/incident-bulk/incident-bulk-service.ts'
import { IncidentUndoStore } from '../src/incident-bulk/incident-undo-store.ts'
import {
  type IncidentLinkParts,
  IncidentLinkService,
} from '../src/incident-links/incident-link-service.ts'
import { IncidentLinkStore } from '../src/incident-links/incident-link-store.ts'
import { type FamilyParts, IncidentFamily } from '../src/merging/incident-family.ts'
import {
  type IncidentMergeParts,
  IncidentMergeService,
} from '../src/merging/incident-merge-service.ts'
import { IncidentMergeStore } from '../src/merging/incident-merge-store.ts'
import { OrdersOfIncidents } from '../src/merging/orders-of-incidents.ts'
import type { ClosingReportParts } from '../src/modules/closing-reports/closing-report-service.ts'
import type { TriageService } from '../src/modules/correlation/triage-service.ts'
import { ParticipantStore } from '../src/modules/participants/participant-store.ts'
import { TaskStore } from '../src/modules/tasks/task-store.ts'
import { closingReportsFor } from './closing-reports-for.ts'

type Parts = Omit<IncidentMergeParts, 'merges'> &
  Omit<IncidentLinkParts, 'links'> &
  Omit<IncidentBulkParts, 'undos'> &
  Pick<ClosingReportParts, 'incidents'>

/** Merging, linking, acts on many and closing reports of the incidents of a node. */
export function incidentTiesFor(parts: Parts) {
  const named: ClosingReportParts['named'] = (tx, ids) => parts.store.named(tx, ids)
  return {
    closings: closingReportsFor({ ...parts, named }),
    incidentBulk: new IncidentBulkService({ ...parts, undos: new IncidentUndoStore() }),
    incidentMerges: new IncidentMergeService({ ...parts, merges: new IncidentMergeStore() }),
    incidentLinks: new IncidentLinkService({ ...parts, links: new IncidentLinkStore() }),
  }
}

type FamilyOf = Pick<FamilyParts, 'store' | 'clusters' | 'deadlines'> & {
  readonly triage: TriageService
}

/** What the incidents of a node stand for, with all that hangs on them. */
export function incidentFamilyFor(parts: FamilyOf) {
  const tasks = new TaskStore()
  const belongings = incidentBelongings({ ...parts, tasks })
  const orders = new OrdersOfIncidents()
  const participants = new ParticipantStore()
  const family = new IncidentFamily({ ...parts, orders, tasks, belongings, participants })
  return { belongings, family }
}
