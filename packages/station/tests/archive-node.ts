import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RetentionPolicy } from '@haidang/contracts/archive'
import type { Event } from '@haidang/contracts/event'
import { eventTable } from '@haidang/contracts/event-columns'
import { eventRow } from '@haidang/contracts/event-row'
import type { RemovableBlobs } from '@haidang/runtime/blobs/blobs'
import { DirectoryBlobs } from '@haidang/runtime/blobs/directory-blobs'
import type { Caller } from '@haidang/runtime/caller'
import { isoOf, ManualClock, systemClock } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope } from '@haidang/runtime/database/database'
import { openEmbeddedEventStore } from '@haidang/runtime/event-store/embedded-event-store'
import type { ParquetEvents } from '@haidang/runtime/event-store/parquet-events'
import { derivedId, idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { Metrics } from '@haidang/runtime/metrics'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import { ArchiveService } from '@haidang/station/archive/archive-service'
import { ArchiveStore } from '@haidang/station/archive/archive-store'
import { RetentionBook } from '@haidang/station/archive/retention-book'
import { eventTableStatements } from '@haidang/station/keep/event-table'
import { stationMigrations } from '@haidang/station/migrations'
import { testDatabase } from '@haidang/testbed/test-database'

export const hour = 3_600_000
export const day = 24 * hour
/** Midnight, UTC. */
export const first = Date.parse('2026-11-01T00:00:00Z')

export const owner: Caller = {
  scope: systemScope,
  permissions: new Set(),
  language: 'vi',
  organisation_id: '',
  person_id: null,
  session_id: null,
}
export const narrow: Scope = { ...systemScope, organisations: ['org_a'], clearance: 2 }

/** Event number `n`, received `at` milliseconds since the epoch. */
export function eventOf(n: number, at: number, change: Partial<Event> = {}): Event {
  const time = isoOf(at)
  return {
    id: derivedId('event', at, 'nod_a', 1, n),
    organisation_id: n % 2 === 0 ? 'org_a' : 'org_b',
    tlp: n % 5 === 0 ? 'red' : 'amber',
    node_id: 'nod_a',
    source_id: `src_${n % 3}`,
    time,
    received_time: time,
    class_uid: n % 4 === 0 ? 4001 : 3002,
    activity_id: 1,
    severity_id: 1,
    message: `Đăng nhập thất bại ${n}`,
    metadata: { version: '1.6.0', product: 'sshd', parser: 'sshd', simulated: true },
    logsource: {},
    observables: [],
    unmapped: {},
    raw_data: `sshd[${n}]: Failed password for root from 192.0.2.7 needle${n}`,
    ...change,
  }
}

/** A number of events received over an hour that begins so many hours after the first. */
export function hourOf(hours: number, count: number): Event[] {
  const at = (n: number) => first + hours * hour + Math.floor((n * hour) / count)
  return Array.from({ length: count }, (_, n) => eventOf(hours * 100_000 + n, at(n)))
}

interface Ports {
  readonly database: Database
  readonly events: ParquetEvents
  readonly blobs: RemovableBlobs
}

/** Archive, event store and database of a node that was just set up. */
export async function archiveNode() {
  const directory = mkdtempSync(join(tmpdir(), 'haidang-archive-'))
  const clock = new ManualClock(isoOf(first + 30 * hour))
  const database = await testDatabase([runtimeMigrations, stationMigrations])
  const engine = { directory: join(directory, 'events'), clock: systemClock, log: silentLog }
  const events = await openEmbeddedEventStore(engine)
  await events.define(eventTableStatements())
  const files = join(directory, 'archive')
  const ports: Ports = { database, events, blobs: new DirectoryBlobs(files) }
  const journal = createJournal({ database, clock, newId: idsFrom(clock) })
  const store = new ArchiveStore()
  const metrics = new Metrics({ process: false })
  const book = new RetentionBook({
    database,
    journal,
    clock,
    home: async () => 'org_a',
    hotDays: 10,
    archiveDays: 20,
  })
  const serviceOn = (some: Ports, rows = 1_000_000) =>
    new ArchiveService(
      { ...some, store, book, journal, clock, log: silentLog, metrics },
      { rows, keep: 24 * hour, patience: 20_000 },
    )
  let inserts = 0
  const never = new AbortController().signal
  const turn = (service: ArchiveService) => service.turn(never)
  return {
    clock,
    database,
    events,
    ports,
    files,
    serviceOn,
    service: serviceOn(ports),
    turn,
    insert: (some: readonly Event[]) =>
      events.insert(eventTable, some.map(eventRow).join('\n'), `insert-${inserts++}`),
    publish: (policy: object, based_on: number) =>
      book.publish(owner, { policy: RetentionPolicy.parse(policy), reason: 'thử', based_on }),
    /** Ids in a table, in order. */
    ids: async (table: string = eventTable) => {
      const rows = await events.query<{ id: string }>(`SELECT id FROM ${table} ORDER BY id`, {})
      return rows.map(({ id }) => id)
    },
    catalogue: async () => {
      const { rows } = await database.asOwner(
        'select sha256, state, rows::int, hour, organisation_id, tlp_rank, classes, bytes::int from archive_file order by hour, sha256',
      )
      return rows as {
        sha256: string
        state: string
        rows: number
        hour: number
        organisation_id: string
        tlp_rank: number
        classes: number[]
        bytes: number
      }[]
    },
    journalled: async () =>
      (
        await database.asOwner(
          "select subject, after from journal where type = 'retention.deleted' order by seq",
        )
      ).rows as { subject: string; after: Record<string, number> }[],
    /** Names of the files that lie in the archive. */
    blobNames: () => {
      const names = readdirSync(files, { recursive: true, encoding: 'utf8' })
      return names
        .filter((name) => statSync(join(files, name)).isFile())
        .map((name) => name.slice(-64))
        .toSorted()
    },
    async [Symbol.asyncDispose]() {
      await events.close()
      await database[Symbol.asyncDispose]()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
export type ArchiveNode = Awaited<ReturnType<typeof archiveNode>>
