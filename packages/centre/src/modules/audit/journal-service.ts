import type { JournalEntry } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Database, Scope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { JournalView } from './journal-view.ts'

/** A stretch of the journal as one scope sees it; `read` says how far it was looked at. */
interface Stretch {
  readonly entries: readonly JournalEntry[]
  readonly read: number
}

/** The journal's reader: who did what. */
export class JournalService {
  readonly #database: Database
  readonly #view: JournalView

  constructor(database: Database, view: JournalView) {
    this.#database = database
    this.#view = view
  }

  /** One page of what the caller may see, newest first. */
  list(caller: Caller, query: PageQuery): Promise<Page<JournalEntry>> {
    return this.#database.transact(caller.scope, (tx) => this.#view.list(tx, caller.scope, query))
  }

  /** Throws Problem journal.entry-not-found, also where the caller may not know of it. */
  async get(caller: Caller, id: string): Promise<JournalEntry> {
    const entry = await this.#database.transact(caller.scope, (tx) => this.#view.get(tx, id))
    if (!entry) throw new Problem('journal.entry-not-found')
    return entry
  }

  /** What a scope sees of the entries after a position, oldest first, at most `limit` of them. */
  after(scope: Scope, position: number, limit: number): Promise<Stretch> {
    return this.#database.transact(scope, async (tx) => {
      const head = await this.#view.head(tx)
      const entries = await this.#view.between(tx, position, head, limit)
      const last = entries.length < limit ? head : (entries.at(-1)?.seq ?? head)
      return { entries, read: Math.max(position, last) }
    })
  }

  /** Position of the newest entry. */
  head(scope: Scope): Promise<number> {
    return this.#database.transact(scope, (tx) => this.#view.head(tx))
  }
}
