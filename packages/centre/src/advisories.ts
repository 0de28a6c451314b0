import { advisoryApi, advisoryDraftApi } from '@haidang/contracts/advisory-api'
import { csafApi } from '@haidang/contracts/csaf-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { AddresseeStore } from './modules/advisories/addressee-store.ts'
import { startAdvisoryJobs } from './modules/advisories/advisory-jobs.ts'
import { advisoryDraftRoutes, advisoryRoutes } from './modules/advisories/advisory-routes.ts'
import { AdvisoryService } from './modules/advisories/advisory-service.ts'
import { AdvisoryStore } from './modules/advisories/advisory-store.ts'
import { AdvisoryView } from './modules/advisories/advisory-view.ts'
import { DraftService } from './modules/advisories/draft-service.ts'
import { DraftStore } from './modules/advisories/draft-store.ts'
import { PublishService } from './modules/advisories/publish-service.ts'
import type { AskerService } from './modules/approvals/asker-service.ts'
import { csafRoutes } from './modules/csaf/csaf-routes.ts'
import { CsafService } from './modules/csaf/csaf-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { ReadLog } from './modules/readings/read-log.ts'
import type { Names } from './names.ts'

interface AdvisoryParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly jobs: Jobs
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly names: Names
  readonly organisations: Pick<OrganisationService, 'kinds' | 'get'>
  readonly askers: Pick<AskerService, 'behind'>
  readonly reads: ReadLog
  readonly simulated: boolean
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
  }
  const drafts = new DraftService({
    ...parts,
    behind: async (tx, caller) => {
      const { behind_id, also_behind } = await askers.behind(tx, caller)
      return [behind_id, ...also_behind].filter(Boolean)
    },
  })
  const publishing = new PublishService({
    ...parts,
    kinds: (tx, ids) => organisations.kinds(tx, ids),
  })
  const advisories = new AdvisoryService(parts)
  kept.reads.declare('advisory', (tx, id) => parts.store.get(tx, id))
  serve(http, advisoryDraftApi, advisoryDraftRoutes(drafts, publishing), gate)
  serve(http, advisoryApi, advisoryRoutes(advisories), gate)
  serve(http, csafApi, csafRoutes(new CsafService({ advisories, organisations })), gate)
  await startAdvisoryJobs(jobs, publishing, parts)
}
