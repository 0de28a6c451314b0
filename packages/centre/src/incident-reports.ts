import { incidentReportApi } from '@haidang/contracts/incident-report-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import type { LinkMailbox } from './letters.ts'
import type { ClockService } from './modules/deadlines/clock-service.ts'
import type { FormRecords } from './modules/forms/form-records.ts'
import type { FormService } from './modules/forms/form-service.ts'
import type { FormSources } from './modules/forms/form-use.ts'
import { incidentReportRoutes } from './modules/incident-reports/incident-report-routes.ts'
import { IncidentReportService } from './modules/incident-reports/incident-report-service.ts'
import { IncidentReportStore } from './modules/incident-reports/incident-report-store.ts'
import { PassageStore } from './modules/incident-reports/passage-store.ts'
import { ReportClock } from './modules/incident-reports/report-clock.ts'
import { ReportEnvelopes } from './modules/incident-reports/report-envelopes.ts'
import { ReportInbox } from './modules/incident-reports/report-inbox.ts'
import { ReportTriage } from './modules/incident-reports/report-triage.ts'
import { SimilarReports } from './modules/incident-reports/similar-reports.ts'
import type { IncidentService } from './modules/incidents/incident-service.ts'
import type { IncidentStore } from './modules/incidents/incident-store.ts'
import type { OrderStore } from './modules/orders/order-store.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { Names } from './names.ts'
import type { Numbering } from './numbering.ts'
import { declareOrderForm } from './order-forms.ts'
import { declareStages } from './report-stages.ts'

interface Parts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly names: Names
  readonly numbers: Numbering
  readonly mailbox: LinkMailbox
  readonly organisations: OrganisationService
  readonly deadlines: ClockService
  readonly incidents: IncidentService
  readonly incidentStore: IncidentStore
  readonly orderStore: OrderStore
  readonly records: FormRecords
  readonly forms: FormService
  readonly sources: (tx: Tx, caller: Caller, organisationId: string) => Promise<FormSources>
  readonly simulated: boolean
  readonly signal: AbortSignal
}

/** Reports of incidents: how they come in, and what is decided on them; and the form of orders. */
export function createIncidentReports(parts: Parts) {
  const { http, gate, journal, organisations, deadlines, signal } = parts
  const store = new IncidentReportStore()
  const passages = new PassageStore()
  const clocks = new ReportClock({
    store,
    clocks: deadlines,
    home: async (tx) => (await organisations.home(tx))?.id,
  })
  const reports = new IncidentReportService({ ...parts, store, passages })
  declareStages({ ...parts, reports })
  declareOrderForm(parts.records, parts)
  const triage = new ReportTriage({ ...parts, store, reports, clocks })
  const similar = new SimilarReports({ ...parts, store, reports })
  serve(http, incidentReportApi, incidentReportRoutes(reports, triage, similar), gate)
  const linked = { ...parts, store, passages, reports }
  const following = [clocks, new ReportEnvelopes(linked)].map((reader) =>
    journal.follow(reader, signal),
  )
  return { reports, inbox: new ReportInbox(linked), following: Promise.all(following) }
}
