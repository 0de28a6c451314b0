import { join } from 'node:path'
import type { Alert } from '@haidang/contracts/alert'
import { alertApi } from '@haidang/contracts/alert-api'
import { systemClock } from '@haidang/runtime/clock'
import { EmbeddedPostgres } from '@haidang/runtime/database/embedded/embedded-postgres'
import { openEmbeddedEventStore } from '@haidang/runtime/event-store/embedded-event-store'
import { silentLog } from '@haidang/runtime/silent-log'
import pg from 'pg'
import type { LiveNode } from './live-node.ts'
import { numberInUrl } from './web-lines.ts'

export interface StoredBatch {
  readonly batch: number
  readonly rows: number
  /** Different numbers, and different event ids, among the rows. */
  readonly numbers: number
  readonly ids: number
}

/** What the event store of a stopped node holds, by batch: every row is looked at, none is read past an API. */
export async function storedBatches(directory: string, batchLines: number): Promise<StoredBatch[]> {
  const store = await openEmbeddedEventStore({
    directory: join(directory, 'events'),
    clock: systemClock,
    log: silentLog,
  })
  try {
    const rows = await store.query<Record<keyof StoredBatch, number | string>>(
      `select intDiv(${numberInUrl}, {lines:UInt32}) as batch, count() as rows,
         uniqExact(${numberInUrl}) as numbers, uniqExact(id) as ids
       from event group by batch order by batch`,
      { lines: batchLines },
    )
    return rows.map(({ batch, rows: count, numbers, ids }) => ({
      batch: Number(batch),
      rows: Number(count),
      numbers: Number(numbers),
      ids: Number(ids),
    }))
  } finally {
    await store.close()
  }
}

/** Alerts a node shows, newest first, page by page: all, or so many. */
export async function allAlerts(node: LiveNode, most = Number.POSITIVE_INFINITY): Promise<Alert[]> {
  const api = node.api(alertApi)
  const found: Alert[] = []
  let cursor: string | undefined
  do {
    const query = { limit: Math.min(most, 500), sort: '-time', cursor }
    const page = await api.list({ query })
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && found.length < most)
  return found
}

/** The ids of the alerts of a stopped node in the order it recorded them, those of one moment together. */
export async function arrivals(directory: string): Promise<string[][]> {
  const server = await EmbeddedPostgres.start({
    directory: join(directory, 'postgres'),
    log: silentLog,
  })
  const client = new pg.Client({ connectionString: server.url })
  try {
    await client.connect()
    const { rows } = await client.query<{ ids: string[] }>(
      'select array_agg(id) as ids from alert group by recorded_at order by recorded_at',
    )
    return rows.map(({ ids }) => ids)
  } finally {
    await client.end()
    await server.stop()
  }
}
