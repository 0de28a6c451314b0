import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { linkMigrations } from '@haidang/link/migrations'
import { openLink } from '@haidang/link/open-link'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import { systemClock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import { createHttp } from '@haidang/runtime/http/create-http'
import { idsFrom } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import { createJournal } from '@haidang/runtime/journal-log'
import { Metrics } from '@haidang/runtime/metrics'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import { testDatabase } from '@haidang/testbed/test-database'
import { type Centre, createCentre } from '../src/centre.ts'
import { centreMigrations } from '../src/migrations.ts'
import type { MailWay } from '../src/notifications.ts'
import type { OwnStation } from '../src/rule-library.ts'

export const localToken = 'hdl_local-token-of-a-test'

/** Holds no event: what stands in the store is the business of its own tests. */
const noEvents: EventStore = {
  define: async () => undefined,
  insert: async () => undefined,
  query: async () => [],
  ping: async () => undefined,
  close: async () => undefined,
}

/** Nothing runs by itself. */
const noJobs: Jobs = {
  every: async () => undefined,
  send: async () => undefined,
  work: async () => undefined,
  stop: async () => undefined,
}

/** Examines nothing and takes no rules. */
const noStation: OwnStation = {
  openTrial: async () => ({
    examine: async () => ({ hits: [], unreadable: [] }),
    explain: async () => [],
    close: async () => undefined,
  }),
  takeRules: async () => undefined,
}

class MemoryBlobs implements Blobs {
  readonly #kept = new Map<string, Uint8Array>()

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.#kept.set(sha256, bytes)
    return sha256
  }

  async get(sha256: string): Promise<Uint8Array | undefined> {
    return this.#kept.get(sha256)
  }
}

/** A whole centre on a database of its own, not listening, without parent, and without event store unless told. */
export async function centreNode(
  events: EventStore = noEvents,
  jobs: Jobs = noJobs,
  mail?: MailWay,
) {
  const database = await testDatabase([runtimeMigrations, linkMigrations, centreMigrations], {
    poolSize: 6,
  })
  const dataDirectory = await mkdtemp(join(tmpdir(), 'haidang-centre-'))
  const keysDirectory = join(dataDirectory, 'keys')
  const clock = systemClock
  const newId = idsFrom(clock)
  const journal = createJournal({ database, clock, newId })
  const metrics = new Metrics({ process: false })
  const http = createHttp({
    log: silentLog,
    metrics,
    clock,
    bodyLimit: 8_388_608,
    publicRate: { burst: 10_000, perSecond: 10_000 },
  })
  const routes: string[] = []
  http.addHook('onRoute', ({ method, url }) => {
    routes.push(`${method} ${url}`)
  })
  const node = { id: newId('node'), name: 'Nút thử', simulated: true }

  const wired: { centre?: Centre } = {}
  const link = await openLink({
    database,
    journal,
    clock,
    newId,
    log: silentLog,
    keysDirectory,
    node: { ...node, software: 'test', capabilities: [] },
    publicUrl: 'https://127.0.0.1:8443',
    home: async (tx: Tx) => wired.centre?.organisations.home(tx),
    nameOf: async (_, id) => id,
    random: () => 0.5,
  })

  const ending = new AbortController()
  const centre = await createCentre({
    http,
    database,
    journal,
    clock,
    newId,
    metrics,
    log: silentLog,
    localToken,
    events,
    blobs: new MemoryBlobs(),
    jobs,
    mail,
    link,
    node: {
      id: node.id,
      version: '0',
      simulated: true,
      demo: false,
      dataDirectory,
      contentDirectory: join(import.meta.dirname, '../../../content'),
      publicUrls: ['https://soc.example'],
      showsAdvisories: true,
    },
    station: noStation,
    offerEvents: async () => undefined,
    signal: ending.signal,
  })
  wired.centre = centre

  return {
    ...centre,
    database,
    http,
    /** Every route there is, also those in no table of endpoints. */
    routes,
    parent: link.parent,
    newId,
    clock,
    async [Symbol.asyncDispose]() {
      ending.abort()
      await centre.closed
      await http.close()
      await database[Symbol.asyncDispose]()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}
export type CentreNode = Awaited<ReturnType<typeof centreNode>>
