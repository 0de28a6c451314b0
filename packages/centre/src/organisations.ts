import { contactApi, contactVerificationApi } from '@haidang/contracts/contact-point'
import { membershipApi } from '@haidang/contracts/membership'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { organisationImportApi } from '@haidang/contracts/organisation-import'
import { organisationRequestApi } from '@haidang/contracts/organisation-request'
import { organisationTieApi } from '@haidang/contracts/organisation-tie'
import { sharingGroupApi } from '@haidang/contracts/sharing-group'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import type { LinkPost } from './link-post.ts'
import { contactRoutes, verificationRoutes } from './modules/contacts/contact-routes.ts'
import { ContactService } from './modules/contacts/contact-service.ts'
import { ContactStore } from './modules/contacts/contact-store.ts'
import { VerificationService } from './modules/contacts/verification-service.ts'
import { membershipRoutes } from './modules/memberships/membership-routes.ts'
import { MembershipService } from './modules/memberships/membership-service.ts'
import { MembershipStore } from './modules/memberships/membership-store.ts'
import { ImportService } from './modules/organisations/import-service.ts'
import { ImportStore } from './modules/organisations/import-store.ts'
import {
  importRoutes,
  organisationRoutes,
  tieRoutes,
} from './modules/organisations/organisation-routes.ts'
import { OrganisationService } from './modules/organisations/organisation-service.ts'
import { OrganisationStore } from './modules/organisations/organisation-store.ts'
import { TieService } from './modules/organisations/tie-service.ts'
import { TieStore } from './modules/organisations/tie-store.ts'
import { requestRoutes } from './modules/requests/request-routes.ts'
import { RequestService } from './modules/requests/request-service.ts'
import { RequestStore } from './modules/requests/request-store.ts'
import type { RegulationBook } from './modules/settings/regulation-book.ts'
import { groupRoutes } from './modules/sharing/group-routes.ts'
import { GroupService } from './modules/sharing/group-service.ts'
import { GroupStore } from './modules/sharing/group-store.ts'
import { ImportPlan } from './sheets/organisation-plan.ts'

interface OrganisationsParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly simulated: boolean
  readonly book: RegulationBook
  readonly post: LinkPost
  /** How long a contact point that confirmed itself is relied on, ISO 8601; half a year unless told. */
  readonly contactPeriod: string | undefined
}

type MayExport = Parameters<typeof importRoutes>[1]

/** Organisations and what belongs to them: ties, contact points, imports, memberships, requests, sharing groups. */
export function createOrganisations(parts: OrganisationsParts) {
  const { database, journal, clock, newId, simulated, book } = parts
  const kept = { database, journal, clock, newId }
  const organisationStore = new OrganisationStore()
  const organisations = new OrganisationService({
    ...kept,
    store: organisationStore,
    simulated,
    units: (tx) => book.units(tx, clock.iso()),
  })
  const registered = { ...kept, organisations }
  const tieStore = new TieStore()
  const ties = new TieService({ ...registered, store: tieStore, tree: organisationStore })
  const contactStore = new ContactStore()
  const contacts = new ContactService({ ...registered, store: contactStore })
  const importStore = new ImportStore()
  const imports = new ImportService({
    ...kept,
    store: importStore,
    listed: organisationStore,
    simulated,
    contacts,
    plan: new ImportPlan({ ...registered, store: importStore, tree: tieStore }),
  })
  const verification = new VerificationService({
    ...registered,
    contacts,
    store: contactStore,
    post: parts.post,
    period: parts.contactPeriod ?? 'P180D',
  })
  const memberships = new MembershipService({ ...registered, store: new MembershipStore() })
  const requests = new RequestService({ ...registered, contacts, store: new RequestStore() })
  const groups = new GroupService({ ...registered, store: new GroupStore() })

  return { organisations, contacts, memberships, requests, groups, serve: serveAll }

  function serveAll(http: FastifyInstance, gate: Gate, mayExport: MayExport): void {
    serve(http, organisationApi, organisationRoutes(organisations), gate)
    serve(http, organisationTieApi, tieRoutes(ties), gate)
    serve(http, membershipApi, membershipRoutes(memberships), gate)
    serve(http, organisationRequestApi, requestRoutes(requests), gate)
    serve(http, sharingGroupApi, groupRoutes(groups), gate)
    serve(http, organisationImportApi, importRoutes(imports, mayExport), gate)
    serve(http, contactApi, contactRoutes(contacts, verification), gate)
    serve(http, contactVerificationApi, verificationRoutes(verification), gate)
  }
}
