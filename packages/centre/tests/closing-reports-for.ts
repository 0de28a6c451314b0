import { join } from 'node:path'
import { IncidentProcess } from '@haidang/contracts/incident-process'
import { readContents } from '../src/content-file.ts'
import {
  type ClosingReportParts,
  ClosingReportService,
} from '../src/modules/closing-reports/closing-report-service.ts'
import { ClosingReportStore } from '../src/modules/closing-reports/closing-report-store.ts'
import { StepGuard, type StepParts } from '../src/modules/incidents/step-guard.ts'

const processes = await readContents(
  join(import.meta.dirname, '../../../content/processes'),
  IncidentProcess,
)
const store = new ClosingReportStore()

/** The shipped process of incidents, as the node holds them to it. */
export function stepsFor(parts: Pick<StepParts, 'clock' | 'family'>): StepGuard {
  return new StepGuard({
    clock: parts.clock,
    family: parts.family,
    processes,
    closingReports: store,
  })
}

/** The closing reports of a node. */
export function closingReportsFor(parts: Omit<ClosingReportParts, 'store'>): ClosingReportService {
  return new ClosingReportService({ ...parts, store })
}
