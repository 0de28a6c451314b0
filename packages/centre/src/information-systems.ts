import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { attributionApi } from '@haidang/contracts/attribution'
import { systemApi } from '@haidang/contracts/system-api'
import { systemImportApi } from '@haidang/contracts/system-import'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { FastifyInstance } from 'fastify'
import { loadCompleteness } from './completeness-file.ts'
import type { ActService } from './modules/approvals/act-service.ts'
import { exportAct } from './modules/approvals/export-act.ts'
import { attributionRoutes } from './modules/attribution/attribution-routes.ts'
import { AttributionService } from './modules/attribution/attribution-service.ts'
import { RangeService } from './modules/attribution/range-service.ts'
import { RangeStore } from './modules/attribution/range-store.ts'
import { claimOf } from './modules/attribution/range-view.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { ReadLog } from './modules/readings/read-log.ts'
import { systemRoutes } from './modules/systems/system-routes.ts'
import { SystemService } from './modules/systems/system-service.ts'
import { SystemStore } from './modules/systems/system-store.ts'
import { createReattribution } from './reattribution/create-reattribution.ts'
import { SystemExportService } from './system-imports/export-service.ts'
import { sendImport, startImportJobs } from './system-imports/import-jobs.ts'
import { systemImportRoutes } from './system-imports/import-routes.ts'
import { SystemImportService } from './system-imports/import-service.ts'
import { SystemImportStore } from './system-imports/import-store.ts'

interface InformationSystemParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly organisations: OrganisationService
  readonly contentDirectory: string
  readonly jobs: Jobs
  readonly acts: ActService
  readonly reads: ReadLog
}

/** Ranges read at a time when the index is filled. */
const page = 20_000

/** The register of information systems, and whose an address is. */
export async function createInformationSystems(parts: InformationSystemParts) {
  const { http, gate, database, journal, clock, newId, log, organisations, jobs } = parts
  const kept = { database, journal, clock, newId, organisations }
  const rules = await loadCompleteness(join(parts.contentDirectory, 'completeness/vn-1017.yaml'))
  const systemStore = new SystemStore()
  const systems = new SystemService({ ...kept, store: systemStore, rules })
  const store = new RangeStore()
  const attribution = new AttributionService({
    database,
    clock,
    systems,
    seed: randomInt(2 ** 31),
    claimsAfter: async (tx, mark) =>
      (await store.after(tx, mark, page)).map((row) => ({ mark: row.id, claim: claimOf(row) })),
  })
  const anew = createReattribution({ ...kept, jobs, attribution, systems })
  const ranges = new RangeService({ ...kept, store, systems, attribution, noted: anew.noted })
  parts.reads.declare('system', async (tx, id) => {
    const system = await systemStore.get(tx, id)
    return system && { ...system, tlp_rank: tlpRank(system.tlp) }
  })
  serve(http, systemApi, systemRoutes(systems), gate)
  serve(http, attributionApi, attributionRoutes(attribution, ranges, anew.routes(ranges)), gate)

  const registered = { ...kept, systems, systemStore, rangeStore: store }
  const imports = new SystemImportService({
    ...registered,
    rules,
    attribution,
    store: new SystemImportStore(),
    later: (id) => sendImport(jobs, id),
    noted: anew.imported,
  })
  const exporting = new SystemExportService(registered)
  const mayExport = parts.acts.declareRelease(
    exportAct({
      kind: 'system.export',
      ask: 'system.read',
      approve: 'system.manage',
      count: (tx, filter, most) => systemStore.count(tx, filter, most),
    }),
  )
  serve(http, systemImportApi, systemImportRoutes(imports, exporting, mayExport), gate)

  await systems.refresh()
  await startImportJobs(jobs, imports)
  await anew.start()
  // Nobody waits for the index at start; who asks before it stands does, and a failure is tried again then.
  attribution.ready().catch((error: unknown) => log.warn({ error }, 'ranges could not be read in'))
  return { systems, attribution, owners: anew.follower }
}
