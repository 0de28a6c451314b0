import { join } from 'node:path'
import { centreMigrations } from '@haidang/centre/migrations'
import { linkMigrations } from '@haidang/link/migrations'
import type { Clock } from '@haidang/runtime/clock'
import { databaseClockHealth, databaseHealth } from '@haidang/runtime/database/database-health'
import { EmbeddedPostgres } from '@haidang/runtime/database/embedded/embedded-postgres'
import { openDatabase } from '@haidang/runtime/database/open-database'
import { ClickhouseEventStore } from '@haidang/runtime/event-store/clickhouse-event-store'
import { openEmbeddedEventStore } from '@haidang/runtime/event-store/embedded-event-store'
import type { ParquetEvents } from '@haidang/runtime/event-store/parquet-events'
import { HealthRegistry, healthy } from '@haidang/runtime/health'
import { createHttp } from '@haidang/runtime/http/create-http'
import { idsFrom } from '@haidang/runtime/ids'
import { startJobs } from '@haidang/runtime/jobs'
import { createJournal } from '@haidang/runtime/journal-log'
import type { Lifecycle } from '@haidang/runtime/lifecycle'
import type { Log } from '@haidang/runtime/log'
import { Metrics } from '@haidang/runtime/metrics'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { diskHealth } from '@haidang/runtime/node-health'
import { nodeIdentity } from '@haidang/runtime/node-identity'
import { type Bus, connectBus } from '@haidang/runtime/spool/nats/connect-bus'
import { eventTableStatements } from '@haidang/station/keep/event-table'
import { stationMigrations } from '@haidang/station/migrations'
import { backUpBeforeUpgrade } from './backup/before-upgrade.ts'
import { openNodeBlobs } from './node-blobs.ts'
import type { NodeConfiguration } from './node-configuration.ts'
import { plainConnectionHealth } from './plain-connections.ts'

interface EngineParts {
  readonly dataDirectory: string
  readonly configuration: NodeConfiguration
  readonly lifecycle: Lifecycle
  readonly clock: Clock
  readonly log: Log
}

/** Migrations of every package, in the order they are applied. */
const sets = [runtimeMigrations, linkMigrations, stationMigrations, centreMigrations]

export type Engines = Awaited<ReturnType<typeof startEngines>>

/** What every part of a node stands on, started in order: identity, records, events, files, journal, jobs, HTTP. */
export async function startEngines(parts: EngineParts) {
  const { dataDirectory, configuration, lifecycle, clock, log } = parts
  const newId = idsFrom(clock)
  const identity = await nodeIdentity(dataDirectory, newId, clock)
  const metrics = new Metrics()
  const health = new HealthRegistry(clock)

  const bus = await startBus(parts, identity.id)
  const [postgres, events] = await Promise.all([startPostgres(parts), startEvents(parts)])
  const url = configuration.database.url ?? postgres?.url ?? ''
  const database = await lifecycle.start(
    'database',
    async () => {
      const readers = configuration.backup
      const node = identity.id
      await backUpBeforeUpgrade({ url, sets, dataDirectory, node, readers, clock, log })
      return await openDatabase({
        url,
        migrations: sets,
        clock,
        log,
        poolSize: configuration.database.pool_size,
      })
    },
    (open) => open.close(),
  )
  await events.define(eventTableStatements())
  const files = await lifecycle.start(
    'blobs',
    () => openNodeBlobs(parts),
    async (open) => open.close(),
  )
  const { blobs, archiveFiles } = files
  const journal = createJournal({ database, clock, newId, log })
  const jobs = await lifecycle.start(
    'jobs',
    () => startJobs({ url: database.url, log }),
    (started) => started.stop(),
  )
  const { public_url, calls_at_once, calls_per_second } = configuration.http
  const http = createHttp({
    log,
    metrics,
    clock,
    bodyLimit: 8 * 1_048_576,
    publicUrls: public_url === undefined ? [] : [public_url],
    isBusy: () => database.isBusy,
    asCaller: (work) => database.asCaller(work),
    callerRate: { burst: calls_at_once, perSecond: calls_per_second },
  })
  health.add('database', () => databaseHealth(database, postgres))
  health.add('clock', () => databaseClockHealth(database, clock))
  health.add('events', async () => {
    await events.ping()
    return healthy('Kho sự kiện trả lời', 'The event store answers')
  })
  if (files.health) health.add('blobs', files.health)
  if (bus) health.add('bus', () => bus.check())
  health.add('connections', () => plainConnectionHealth(configuration))
  health.add('disk', () => diskHealth(dataDirectory, configuration.station.disk_reserve_bytes))
  return {
    identity,
    newId,
    metrics,
    health,
    bus,
    database,
    events,
    blobs,
    archiveFiles,
    journal,
    jobs,
    http,
  }
}

/** The bus comes first: where it cannot be reached, the node says so at once. */
async function startBus(parts: EngineParts, node: string): Promise<Bus | undefined> {
  const { configuration, lifecycle, clock, log } = parts
  const { url, ...settings } = configuration.bus
  if (url === undefined) return undefined
  return await lifecycle.start(
    'bus',
    () => connectBus({ settings: { url, ...settings }, name: `haidang ${node}`, clock, log }),
    (bus) => bus.close(),
  )
}

async function startPostgres(parts: EngineParts): Promise<EmbeddedPostgres | undefined> {
  const { configuration, dataDirectory, lifecycle, log } = parts
  if (configuration.database.url !== undefined) return undefined
  return await lifecycle.start(
    'postgres',
    () => EmbeddedPostgres.start({ directory: join(dataDirectory, 'postgres'), log }),
    (server) => server.stop(),
  )
}

async function startEvents(parts: EngineParts): Promise<ParquetEvents> {
  const { configuration, dataDirectory, lifecycle, clock, log } = parts
  const { url } = configuration.events
  return await lifecycle.start<ParquetEvents>(
    'events',
    async () =>
      url === undefined
        ? await openEmbeddedEventStore({ directory: join(dataDirectory, 'events'), clock, log })
        : new ClickhouseEventStore({ url, clock, patience: 30_000 }),
    (store) => store.close(),
  )
}
