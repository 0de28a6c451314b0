import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { ExportQuery } from '@haidang/contracts/journal-export'
import type { Caller } from '@haidang/runtime/caller'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { exportFormats } from './export.ts'
import type { JournalView } from './journal-view.ts'

interface ExportParts {
  readonly database: Database
  readonly journal: Journal
  readonly view: JournalView
}

/** Entries read at a time, and exports that run at a time. */
const pageSize = 500
const mostRunning = 4

/** Hands out the journal as a file: page by page, as fast as the receiver takes it. */
export class ExportService {
  readonly #parts: ExportParts
  #running = 0

  constructor(parts: ExportParts) {
    this.#parts = parts
  }

  /**
   * The texts of a file of what the caller may see, newest first. That it was asked for stands in the journal
   * before anything is handed out. Throws Problem filter.invalid, or request.rate-limited where too many run.
   */
  async begin(caller: Caller, { format, filter }: ExportQuery): Promise<AsyncGenerator<string>> {
    if (this.#running >= mostRunning) {
      throw new Problem('request.rate-limited', `${mostRunning} exports run already`)
    }
    this.#running++
    try {
      const first = await this.#page(caller, filter, undefined)
      await this.#record(caller, { format, filter: filter ?? '' })
      return this.#texts(caller, { format, filter }, first)
    } catch (error) {
      this.#running--
      throw error
    }
  }

  async *#texts(
    caller: Caller,
    { format, filter }: ExportQuery,
    first: Awaited<ReturnType<JournalView['list']>>,
  ): AsyncGenerator<string> {
    const { head, line } = exportFormats[format]
    try {
      let page = first
      yield head + page.items.map(line).join('')
      while (page.next !== null) {
        page = await this.#page(caller, filter, page.next)
        yield page.items.map(line).join('')
      }
    } finally {
      this.#running--
    }
  }

  #page(caller: Caller, filter: string | undefined, cursor: string | undefined) {
    const { database, view } = this.#parts
    return database.transact(caller.scope, (tx) =>
      view.list(tx, caller.scope, { limit: pageSize, filter, cursor }),
    )
  }

  async #record(caller: Caller, after: object): Promise<void> {
    const { database, journal } = this.#parts
    const { organisation_id } = caller
    await database.transact(systemScope, (tx) =>
      journal.append(tx, {
        type: 'journal.exported',
        organisation_id: organisation_id === '' ? null : organisation_id,
        actor: caller.scope.actor,
        authority: 'audit.read',
        subject: 'journal',
        after,
      }),
    )
  }
}

/** Writes texts as one body, no faster than they are taken; a receiver that goes away ends it. */
export async function sendTexts(
  response: ServerResponse,
  texts: AsyncGenerator<string>,
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  try {
    for await (const text of texts) {
      if (gone.signal.aborted) return
      if (!response.write(text)) await once(response, 'drain', { signal: gone.signal })
    }
    response.end()
  } catch {
    // Cut off in the middle, so that nobody takes a part for the whole.
    response.destroy()
  }
}
