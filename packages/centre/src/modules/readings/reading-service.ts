import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Reading, readLogApi } from '@haidang/contracts/read-log-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Handlers } from '@haidang/runtime/http/serve'
import { z } from 'zod'
import { ReadingView } from './reading-view.ts'

const Look = z.object({ route: z.string(), address: z.string() })

/** Who has looked at sensitive objects, as far as the caller sees their owners. */
export class ReadingService {
  readonly #database: Database
  readonly #view = new ReadingView()
  readonly #names: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

  constructor(
    database: Database,
    names: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  ) {
    this.#database = database
    this.#names = names
  }

  /** One page of looks, newest first. */
  list(caller: Caller, query: PageQuery): Promise<Page<Reading>> {
    return this.#database.transact(caller.scope, async (tx) => {
      const { items, next } = await this.#view.list(tx, query)
      const readers = items.flatMap(({ related }) => related)
      const names = await this.#names(tx, [...new Set(readers)])
      return {
        items: items.map(({ id, seq, time, subject, actor_id, actor_name, related, after }) => ({
          id,
          seq,
          time,
          subject,
          actor_id,
          actor_name,
          organisation_name: names.get(related[0] ?? '') ?? '',
          ...Look.parse(after),
        })),
        next,
      }
    })
  }
}

export function readingRoutes(readings: ReadingService): Handlers<typeof readLogApi> {
  return { list: ({ caller, query }) => readings.list(caller, query) }
}
