import { join } from 'node:path'
import { formApi } from '@haidang/contracts/form-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { loadCompetence } from './competence-file.ts'
import { loadForms } from './form-files.ts'
import { membershipForms } from './membership-forms.ts'
import { ContactStore } from './modules/contacts/contact-store.ts'
import { FormFileService } from './modules/forms/form-file-service.ts'
import { FormRecords } from './modules/forms/form-records.ts'
import { FormReview } from './modules/forms/form-review.ts'
import { formRoutes } from './modules/forms/form-routes.ts'
import { FormService } from './modules/forms/form-service.ts'
import { fillShelf } from './modules/forms/form-shelf.ts'
import { FormStore } from './modules/forms/form-store.ts'
import type { MembershipService } from './modules/memberships/membership-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import { TieStore } from './modules/organisations/tie-store.ts'
import type { RequestService } from './modules/requests/request-service.ts'
import { ExpertStore } from './modules/roster/expert-store.ts'
import { SystemStore } from './modules/systems/system-store.ts'
import { registerSources } from './register-sources.ts'

interface FormsParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly organisations: OrganisationService
  readonly memberships: MembershipService
  readonly requests: RequestService
  readonly contentDirectory: string
}

/** Forms of the regulations. A module attaches one to its things by declaring a use on what is answered. */
export async function createForms(parts: FormsParts) {
  const { http, gate, database, clock, contentDirectory, organisations, memberships } = parts
  const { specialities } = await loadCompetence(join(contentDirectory, 'competence/vn-2017.yaml'))
  const shipped = await loadForms(join(contentDirectory, 'forms'), {
    speciality: specialities.map(({ id, name }) => ({ id, name })),
  })
  const store = new FormStore()
  const shelf = await fillShelf(database, store, shipped)
  const records = new FormRecords({ ...parts, store, shelf })
  const contacts = new ContactStore()
  const registers = {
    clock,
    organisations,
    contacts,
    ties: new TieStore(),
    experts: new ExpertStore(),
    systems: new SystemStore(),
  }
  const sources = (tx: Tx, caller: Caller, organisationId: string) =>
    registerSources(tx, caller, organisationId, registers)
  const uses = membershipForms({
    organisations,
    memberships,
    requests: parts.requests,
    contacts,
    now: () => clock.iso(),
    sources,
  })
  for (const [use, what] of Object.entries(uses)) records.declare(use, what)
  const forms = new FormService({ ...parts, store, records })
  const files = new FormFileService({ database, records, forms })
  const review = new FormReview({ database, records })
  serve(http, formApi, formRoutes({ records, forms, files, review }), gate)
  return { records, forms, sources }
}
