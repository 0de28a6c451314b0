import { join } from 'node:path'
import { authorityApi } from '@haidang/contracts/authority-api'
import { estateApi } from '@haidang/contracts/estate-api'
import { inspectionApi } from '@haidang/contracts/inspection-api'
import { joinFileApi } from '@haidang/contracts/join-file-api'
import { isValidOn } from '@haidang/contracts/regulation'
import type { DriftState } from '@haidang/contracts/rule-set'
import { stationApi } from '@haidang/contracts/station-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { loadEstate } from './estate-file.ts'
import { startAuthorityJobs } from './modules/authorities/authority-jobs.ts'
import { authorityRoutes } from './modules/authorities/authority-routes.ts'
import { AuthorityService } from './modules/authorities/authority-service.ts'
import { estateRoutes } from './modules/estate/estate-routes.ts'
import { EstateService } from './modules/estate/estate-service.ts'
import { EstateStore } from './modules/estate/estate-store.ts'
import { EstateView } from './modules/estate/estate-view.ts'
import { PlanView } from './modules/estate/plan-view.ts'
import { inspectionRoutes } from './modules/inspections/inspection-routes.ts'
import { InspectionService } from './modules/inspections/inspection-service.ts'
import { InspectionStore } from './modules/inspections/inspection-store.ts'
import { joinRoutes } from './modules/joins/join-routes.ts'
import { JoinService } from './modules/joins/join-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { RegulationBook } from './modules/settings/regulation-book.ts'
import { MonitoringService } from './modules/stations/monitoring-service.ts'
import { MonitoringStore } from './modules/stations/monitoring-store.ts'
import { ReleaseService } from './modules/stations/release-service.ts'
import { ReleaseStore } from './modules/stations/release-store.ts'
import { stationRoutes } from './modules/stations/station-routes.ts'
import { StationService } from './modules/stations/station-service.ts'
import { StationView } from './modules/stations/station-view.ts'
import type { SystemService } from './modules/systems/system-service.ts'
import type { LinkEnds } from './order-mailbox.ts'
import { vietnamDate } from './vietnam-date.ts'

interface StationParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly jobs: Jobs
  readonly book: RegulationBook
  readonly link: LinkEnds
  readonly organisations: OrganisationService
  readonly systems: SystemService
  readonly node: {
    readonly id: string
    readonly version: string
    readonly simulated: boolean
    readonly contentDirectory: string
    /** What set-up called it; its id before. */
    readonly named: () => string
  }
  /** How the rule sets of some stations stand. */
  readonly drift: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, DriftState>>
}

/** The nodes below this one and its own station part: join, health, release, monitoring, estate and inspections. */
export async function createStations(parts: StationParts) {
  const { http, gate, database, journal, clock, newId, book, drift, link, organisations, systems } =
    parts
  const kept = { database, journal, clock, newId }
  const { id, version: software, simulated, named, contentDirectory } = parts.node
  const view = new StationView((tx, ids) => organisations.names(tx, ids))
  const releases = new ReleaseService({ ...kept, view, store: new ReleaseStore() })
  const monitoring = new MonitoringService({
    ...kept,
    post: link.post,
    simulated,
    view,
    store: new MonitoringStore(),
    home: async (tx) => (await organisations.home(tx))?.id ?? '',
  })
  const stations = new StationService({
    ...kept,
    ...link,
    organisations,
    systems,
    view,
    node: {
      id,
      simulated,
      software: `Hai Dang ${software}`,
      capabilities: [],
      get name() {
        return named()
      },
    },
  })
  serve(http, stationApi, stationRoutes(stations, releases, monitoring), gate)

  const rules = await loadEstate(join(contentDirectory, 'estate/vn-1017.yaml'))
  const { profile, version, months, checklist: items } = rules
  const estate = new EstateService({
    ...kept,
    rules,
    store: new EstateStore(),
    view: new EstateView({ clock, months, drift }),
    plan: new PlanView({ clock, duties: rules.duties }),
    unitsOf: async (tx) => {
      const today = vietnamDate(clock.now())
      const units = (await book.versions(tx)).flatMap(({ regulation }) => regulation.units)
      return new Map(units.filter((one) => isValidOn(one, today)).map(({ id, name }) => [id, name]))
    },
  })
  const checklist = { profile: `${profile}.${version}`, months, items }
  const inspections = new InspectionService({
    ...kept,
    estate,
    checklist,
    store: new InspectionStore(),
  })
  serve(http, estateApi, estateRoutes(estate), gate)
  serve(http, inspectionApi, inspectionRoutes(inspections), gate)
  const authorities = new AuthorityService({ database, clock, ...link })
  serve(http, authorityApi, authorityRoutes(authorities), gate)
  await startAuthorityJobs(parts.jobs, authorities)
  const joins = new JoinService({ database, organisations, stations, ...link })
  serve(http, joinFileApi, joinRoutes(joins), gate)
  return { stations, releases }
}
