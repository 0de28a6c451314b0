import { advisoryApi, advisoryDraftApi } from '@haidang/contracts/advisory-api'
import { csafApi } from '@haidang/contracts/csaf-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { createAdvisoryLinks } from './answer-links.ts'
import type { LinkMailbox } from './letters.ts'
import { AddresseeStore } from './modules/advisories/addressee-store.ts'
import { AdvisoryEnvelopes } from './modules/advisories/advisory-envelopes.ts'
import { startAdvisoryJobs } from './modules/advisories/advisory-jobs.ts'
import { advisoryDraftRoutes, advisoryRoutes } from './modules/advisories/advisory-routes.ts'
import { AdvisoryService } from './modules/advisories/advisory-service.ts'
import { AdvisoryStore } from './modules/advisories/advisory-store.ts'
import { AdvisoryView } from './modules/advisories/advisory-view.ts'
import { DraftService } from './modules/advisories/draft-service.ts'
import { DraftStore } from './modules/advisories/draft-store.ts'
import { InboxService } from './modules/advisories/inbox-service.ts'
import { PublicView } from './modules/advisories/public-view.ts'
import { PublishService } from './modules/advisories/publish-service.ts'
import type { AskerService } from './modules/approvals/asker-service.ts'
import type { ContactService } from './modules/contacts/contact-service.ts'
import { csafDocument } from './modules/csaf/csaf-document.ts'
import { csafRoutes } from './modules/csaf/csaf-routes.ts'
import { CsafService } from './modules/csaf/csaf-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { ReadLog } from './modules/readings/read-log.ts'
import type { Names } from './names.ts'
import type { Numbering } from './numbering.ts'

interface AdvisoryParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly jobs: Jobs
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly names: Names
  readonly numbers: Numbering
  readonly organisations: Pick<OrganisationService, 'kinds' | 'get' | 'home'>
  readonly askers: Pick<AskerService, 'peopleBehind'>
  readonly contacts: ContactService
  readonly reads: ReadLog
  readonly mailbox: LinkMailbox
  readonly simulated: boolean
  readonly signal: AbortSignal
}

/** Advisories and warnings: written, reviewed, published, answered. */
export async function createAdvisories({ http, gate, jobs, ...kept }: AdvisoryParts) {
  const ladders = new AddresseeStore()
  const { organisations, askers } = kept
  const parts = {
    ...kept,
    drafts: new DraftStore(),
    store: new AdvisoryStore(),
    ladders,
    view: new AdvisoryView(ladders),
    nodes: kept.mailbox,
    kinds: (tx: Tx, ids: readonly string[]) => organisations.kinds(tx, ids),
  }
  const drafts = new DraftService({
    ...parts,
    behind: (tx, caller) => askers.peopleBehind(tx, caller),
  })
  const publishing = new PublishService(parts)
  const advisories = new AdvisoryService(parts)
  kept.reads.declare('advisory', (tx, id) => parts.store.get(tx, id))
  serve(http, advisoryDraftApi, advisoryDraftRoutes(drafts, publishing), gate)
  serve(http, advisoryApi, advisoryRoutes(advisories), gate)
  serve(http, csafApi, csafRoutes(new CsafService({ advisories, organisations })), gate)
  await startAdvisoryJobs(jobs, publishing, parts)
  const envelopes = new AdvisoryEnvelopes({
    ...parts,
    csaf: async (tx, row, versions) => {
      const home = await organisations.home(tx)
      if (home?.id !== row.organisation_id || !home.website) return null
      const { name, website } = home
      return { ...csafDocument({ ...row, versions }, { name, namespace: website }) }
    },
  })
  /** What is told of advisories, in the scope of the node. */
  const facts = {
    get: (tx: Tx, id: string) => parts.store.get(tx, id),
    draft: (tx: Tx, id: string) => parts.drafts.get(tx, id),
    ladder: (tx: Tx, advisory_id: string, organisation_id: string) =>
      ladders.get(tx, { advisory_id, organisation_id }),
    told: (tx: Tx, id: string, from: string, most: number) => ladders.told(tx, id, from, most),
    changeNote: async (tx: Tx, id: string, version: number) =>
      (await parts.store.version(tx, id, version))?.change_note ?? '',
    wasToldBefore: (
      tx: Tx,
      ladder: { readonly advisory_id: string; readonly organisation_id: string },
      version: number,
    ) => ladders.wasToldBefore(tx, ladder, version),
    standing: async (tx: Tx, id: string, organisation_id: string) => {
      await parts.store.lock(tx, id)
      return ladders.get(tx, { advisory_id: id, organisation_id })
    },
  }
  return {
    publicView: new PublicView(),
    inbox: new InboxService(parts),
    facts,
    links: createAdvisoryLinks({ ...kept, http, gate, advisories, facts }),
    /** Resolves when nothing is sent any more, after `signal`. */
    following: kept.journal.follow(envelopes, kept.signal),
  }
}
