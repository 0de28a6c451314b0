import type { attributionApi } from '@haidang/contracts/attribution'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Scope, Tx } from '@haidang/runtime/database/database'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import { AlertOwnerStore } from '../modules/alerts/alert-owner-store.ts'
import type { Claim } from '../modules/attribution/attribution-index.ts'
import type { AttributionService } from '../modules/attribution/attribution-service.ts'
import type { NotedChange, RangeService } from '../modules/attribution/range-service.ts'
import { ClusterOwnerStore } from '../modules/correlation/cluster-owner-store.ts'
import { IncidentOwnerStore } from '../modules/incidents/incident-owner-store.ts'
import type { OrganisationService } from '../modules/organisations/organisation-service.ts'
import type { SystemService } from '../modules/systems/system-service.ts'
import { ChangeStore } from './change-store.ts'
import { ChangeView } from './change-view.ts'
import { OwnerFollower } from './owner-follower.ts'
import { RangePreviewService } from './range-preview.ts'
import { ReattributionService } from './reattribution-service.ts'

interface ReattributionWiring {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly jobs: Jobs
  readonly organisations: OrganisationService
  readonly systems: SystemService
  readonly attribution: AttributionService
}

/** Of an import, whose it is and on whose behalf. */
interface Imported {
  readonly organisation_id: string | null
  readonly tlp_rank: number
  readonly scope: Scope
}

const job = 'attribution.change'

/** What is stored follows the register of systems: the work itself, its preview, and what the journal sets off. */
export function createReattribution(parts: ReattributionWiring) {
  const { jobs, database, attribution } = parts
  const store = new ChangeStore()
  const stores = { alerts: new AlertOwnerStore(), clusters: new ClusterOwnerStore() }
  const service = new ReattributionService({
    ...parts,
    ...stores,
    store,
    incidents: new IncidentOwnerStore(),
    later: (id) => jobs.send(job, { id }),
  })
  const view = new ChangeView({ ...parts, store })
  const previews = new RangePreviewService({ ...stores, database, attribution, view })
  return {
    follower: new OwnerFollower(service),
    noted: (tx: Tx, change: NotedChange) => service.noted(tx, change),
    imported: (tx: Tx, { organisation_id, tlp_rank, scope }: Imported, claims: readonly Claim[]) =>
      service.note(
        tx,
        {
          organisation_id,
          tlp_rank,
          system_id: null,
          cause: 'import',
          actor_id: scope.actor.id,
          actor_name: scope.actor.name,
        },
        claims.map(({ text }) => text),
        claims,
      ),
    routes: (
      ranges: RangeService,
    ): Pick<Handlers<typeof attributionApi>, 'preview' | 'changes' | 'steps'> => ({
      preview: ({ caller, params, body }) => previews.preview(ranges, caller, params.id, body),
      changes: ({ caller, query }) => view.changes(caller, query),
      steps: ({ caller, params, query }) => view.steps(caller, params.change, query),
    }),
    /** Begins the work, and what was left of it. */
    start: async () => {
      await service.resume()
      await jobs.work<{ id: string }>(job, ({ id }) => service.run(id))
    },
  }
}
