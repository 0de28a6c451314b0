import type { Centre } from '@haidang/centre/centre'
import type { ArchiveReach } from '@haidang/contracts/archive'
import { archiveApi } from '@haidang/contracts/archive-api'
import type { Clock } from '@haidang/runtime/clock'
import { type Scope, systemScope } from '@haidang/runtime/database/database'
import { serve } from '@haidang/runtime/http/serve'
import type { Log } from '@haidang/runtime/log'
import { addArchiveHealth } from '@haidang/station/archive/archive-health'
import { archiveRoutes } from '@haidang/station/archive/archive-routes'
import { ArchiveService } from '@haidang/station/archive/archive-service'
import { ArchiveStore } from '@haidang/station/archive/archive-store'
import { RetentionBook } from '@haidang/station/archive/retention-book'
import type { NodeConfiguration } from './node-configuration.ts'
import type { Engines } from './node-engines.ts'

interface NodeArchiveParts {
  readonly engines: Engines
  readonly configuration: NodeConfiguration
  readonly clock: Clock
  readonly log: Log
  readonly centre: () => Centre
  readonly signal: AbortSignal
}

/** What a search waits for events that come back from the archive, milliseconds. */
const patience = 8_000

/** The archive of events: what searches reach into, before the centre is wired; `begin` runs and serves it. */
export function openNodeArchive(parts: NodeArchiveParts) {
  const { engines, configuration, clock, log, centre, signal } = parts
  const { archive, events } = configuration
  const { database, journal, jobs, http } = engines
  const home = async () => {
    const own = await database.transact(systemScope, (tx) => centre().organisations.home(tx))
    return own?.id ?? null
  }
  const service = new ArchiveService(
    {
      ...engines,
      clock,
      log,
      store: new ArchiveStore(),
      blobs: engines.archiveFiles,
      book: new RetentionBook({
        database,
        journal,
        clock,
        home,
        hotDays: events.retention_days,
        archiveDays: archive.days,
      }),
    },
    {
      rows: archive.restore_events,
      keep: archive.restore_hours * 3_600_000,
      patience,
    },
  )
  return {
    reach: (scope: Scope, from: number, to: number): Promise<ArchiveReach | undefined> =>
      service.reach(scope, from, to),
    begin: async (): Promise<void> => {
      serve(http, archiveApi, archiveRoutes(service, signal), centre().gate)
      addArchiveHealth(engines.health, service)
      await jobs.every('archive', archive.every_seconds, () => service.turn(signal))
    },
  }
}
