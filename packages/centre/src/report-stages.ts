import { type FormContent, partsOf } from '@haidang/contracts/form-content'
import { type ReportStage, stageUses } from '@haidang/contracts/incident-report'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'
import type { FormRecords } from './modules/forms/form-records.ts'
import type { FormSources, FormUse } from './modules/forms/form-use.ts'
import type { IncidentReportService } from './modules/incident-reports/incident-report-service.ts'
import { dateInVietnam } from './vietnam-date.ts'

interface StageParts {
  readonly records: FormRecords
  readonly reports: IncidentReportService
  readonly sources: (tx: Tx, caller: Caller, organisationId: string) => Promise<FormSources>
}

/** Declares the forms by which an incident is reported in stages. */
export function declareStages({ records, reports, sources }: StageParts): void {
  for (const [stage, use] of Object.entries(stageUses) as [ReportStage, string][]) {
    const what: FormUse = {
      permission: 'incident-report.make',
      owner: async (tx, subject) => (await reports.require(tx, subject)).organisation_id,
      sources: async (tx, caller, { organisation_id, subject }) => {
        const { told, number, received_at } = await reports.require(tx, subject)
        const registered = fromRegisters(await sources(tx, caller, organisation_id))
        return {
          ...prefixed({ ...registered, ...told }),
          'first-report.number': number ?? '',
          'first-report.date': received_at ? dateInVietnam(received_at) : '',
        }
      },
      submitted: (tx, caller, form) => reports.submitted(tx, caller, form, stage),
    }
    records.declare(use, what)
  }
}

/** What the registers know of who reports and operates. */
function fromRegisters(sources: FormSources): FormContent {
  const duty = partsOf(sources['contact.duty'])
  const technical = partsOf(sources['contact.technical'])
  const name = sources['organisation.name'] ?? ''
  const address = sources['organisation.address'] ?? ''
  return {
    reporter_name: name,
    reporter_address: address,
    reporter_phone: duty['phone'] ?? '',
    reporter_email: duty['email'] ?? '',
    contact_name: technical['name'] ?? duty['name'] ?? '',
    contact_position: technical['position'] ?? '',
    contact_phone: technical['phone'] ?? duty['phone'] ?? '',
    contact_email: technical['email'] ?? duty['email'] ?? '',
    operator_name: name,
    operator_address: address,
    owner_name: sources['organisation.parent'] ?? '',
  }
}

function prefixed(content: FormContent): FormSources {
  const told = Object.entries(content).map(([key, value]) => [`told.${key}`, value] as const)
  return Object.fromEntries(told)
}
