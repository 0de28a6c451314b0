import { join } from 'node:path'
import { backupApi } from '@haidang/contracts/backup-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Gate } from '@haidang/runtime/http/serve'
import { serve } from '@haidang/runtime/http/serve'
import type { Lifecycle } from '@haidang/runtime/lifecycle'
import type { Log } from '@haidang/runtime/log'
import { addBackupHealth } from './backup/backup-health.ts'
import { BackupService, backupRoutes } from './backup/backup-service.ts'
import { tellRestored } from './backup/new-life.ts'
import type { NodeConfiguration } from './node-configuration.ts'
import type { Engines } from './node-engines.ts'

interface NodeBackupParts {
  readonly engines: Engines
  readonly configuration: NodeConfiguration
  readonly configurationFile: string
  readonly dataDirectory: string
  readonly lifecycle: Lifecycle
  readonly clock: Clock
  readonly log: Log
  readonly gate: Gate
}

/** Seconds between two looks whether a backup is due. */
const lookEvery = 300

/** Backups of the running node: scheduled, served, and shown in its health. */
export async function serveBackups(parts: NodeBackupParts): Promise<void> {
  const { engines, configuration, dataDirectory, lifecycle, clock, log, gate } = parts
  const { database, jobs, health, http, identity, journal, events } = engines
  await tellRestored(dataDirectory, { database, journal })
  const inBucket = configuration.blobs.url !== undefined
  const archiveDirectory = configuration.archive.directory
  const service = new BackupService({
    configuration: configuration.backup,
    node: identity.id,
    databaseUrl: database.url,
    database,
    journal,
    clock,
    log,
    signal: lifecycle.signal,
    whole: {
      events,
      dataDirectory,
      configurationFile: parts.configurationFile,
      archiveDirectory:
        inBucket && archiveDirectory === undefined
          ? undefined
          : (archiveDirectory ?? join(dataDirectory, 'archive')),
      leftOut: leftOut(configuration),
    },
  })
  await lifecycle.start(
    'backups',
    async () => service,
    () => service.idle(),
  )
  serve(http, backupApi, backupRoutes(service), gate)
  addBackupHealth(health, service, configuration.node.simulated)
  if (service.on) await jobs.every('backup', lookEvery, () => service.turn())
}

function leftOut({ blobs, bus }: NodeConfiguration): string[] {
  return [
    ...(blobs.url === undefined ? [] : ['files in the bucket of blobs.url stay there']),
    ...(bus.url === undefined ? [] : ['records that wait in NATS stay there']),
    'values of HAIDANG__… in the environment and of …_FILE',
  ]
}
