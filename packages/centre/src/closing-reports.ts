import { closingReportApi } from '@haidang/contracts/closing-report-api'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import { closingReportRoutes } from './modules/closing-reports/closing-report-routes.ts'
import {
  type ClosingReportParts,
  ClosingReportService,
} from './modules/closing-reports/closing-report-service.ts'
import type { StepGuard } from './modules/incidents/step-guard.ts'

interface Parts extends ClosingReportParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly steps: StepGuard
}

/** The way incidents go, and how they ended. */
export function serveClosingReports({ http, gate, steps, ...parts }: Parts): void {
  const reports = new ClosingReportService(parts)
  serve(
    http,
    closingReportApi,
    closingReportRoutes(reports, () => steps.process()),
    gate,
  )
}
