import { stationConfigurationApi } from '@haidang/contracts/station-configuration-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { ConfigurationDelivery } from './modules/configurations/configuration-delivery.ts'
import { startConfigurationJobs } from './modules/configurations/configuration-jobs.ts'
import { configurationRoutes } from './modules/configurations/configuration-routes.ts'
import { ConfigurationService } from './modules/configurations/configuration-service.ts'
import { ConfigurationStore } from './modules/configurations/configuration-store.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { RegulationBook } from './modules/settings/regulation-book.ts'
import type { LinkEnds } from './order-mailbox.ts'

interface ConfigurationParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly jobs: Jobs
  readonly link: LinkEnds
  readonly book: RegulationBook
  readonly organisations: OrganisationService
  readonly simulated: boolean
}

/** What this node sets at the nodes below it, and what they say of it. */
export async function createConfigurations(
  parts: ConfigurationParts,
): Promise<ConfigurationDelivery> {
  const { http, gate, jobs, link, organisations, book } = parts
  const versions = (tx: Tx) => book.versions(tx)
  const store = new ConfigurationStore()
  const service = new ConfigurationService({
    ...parts,
    versions,
    store,
    silentAfterSeconds: () => link.parent.silentAfterSeconds,
  })
  const delivery = new ConfigurationDelivery({
    ...parts,
    versions,
    store,
    post: link.post,
    home: async (tx) => (await organisations.home(tx))?.id ?? '',
  })
  serve(http, stationConfigurationApi, configurationRoutes(service, delivery), gate)
  await startConfigurationJobs(jobs, delivery)
  return delivery
}
