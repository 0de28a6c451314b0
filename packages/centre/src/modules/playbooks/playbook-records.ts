import type { EntryType } from '@haidang/contracts/journal'
import type { Playbook, PlaybookContent } from '@haidang/contracts/playbook'
import { type Tlp, tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { requireClearance } from '../../clearance.ts'
import { isOwnRow } from '../../signed-in.ts'
import { vietnamDate } from '../../vietnam-date.ts'
import type { PlaybookStore } from './playbook-store.ts'
import type { PlaybookRow } from './playbook-tables.ts'
import { requireRight } from './playbook-text.ts'
import type { PlaybookView } from './playbook-view.ts'

export interface RecordParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: PlaybookStore
  readonly view: PlaybookView
}

type Entry = Partial<Pick<EntryDraft, 'before' | 'after' | 'reason'>>
type Changed = Entry & { readonly row: PlaybookRow }

/** What every act on a playbook does: read it, keep others from it, write it down. */
export class PlaybookRecords {
  readonly #parts: RecordParts

  constructor(parts: RecordParts) {
    this.#parts = parts
  }

  /** The row of a new draft, inside a transaction. Throws Problem playbook.invalid, request.invalid (TLP). */
  async begin(
    tx: Tx,
    caller: Caller,
    tlp: Tlp,
    content: PlaybookContent,
    from = '',
  ): Promise<PlaybookRow> {
    requireRight(content, caller.language)
    requireClearance(caller.scope, tlp)
    const { store, newId, clock } = this.#parts
    const row: PlaybookRow = {
      id: newId('playbook'),
      organisation_id: caller.organisation_id,
      tlp_rank: tlpRank(tlp),
      name: content.name,
      types: content.types,
      published: 0,
      has_draft: true,
      for_subordinates: false,
      valid_from: null,
      retired_from: null,
      retired_reason: '',
      reviewed_on: null,
      review_by: null,
      changed_by: caller.scope.actor.name,
      updated_at: clock.iso(),
      revision: 1,
    }
    await store.add(tx, row, content)
    await this.record(tx, caller, 'playbook.begun', row, {
      after: { name: content.name, from },
    })
    return row
  }

  /** Throws Problem playbook.not-found. */
  async require(tx: Tx, id: string): Promise<PlaybookRow> {
    const row = await this.#parts.store.get(tx, id)
    if (!row) throw new Problem('playbook.not-found')
    return row
  }

  /**
   * Changes one of one’s own, writes it down and tells it as it is then. Throws Problem playbook.not-found,
   * playbook.not-yours, playbook.changed-meanwhile.
   */
  change(
    caller: Caller,
    id: string,
    revision: number,
    type: EntryType,
    act: (tx: Tx, row: PlaybookRow) => Promise<Changed>,
  ): Promise<Playbook> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { row, ...entry } = await act(tx, await this.lock(tx, caller, id, revision))
      const written = await store.replace(tx, { ...row, ...this.changed(caller) })
      await this.record(tx, caller, type, written, entry)
      return this.whole(tx, caller, written)
    })
  }

  /** Who changes it, and when. */
  changed({ scope }: Caller): Pick<PlaybookRow, 'changed_by' | 'updated_at'> {
    return { changed_by: scope.actor.name, updated_at: this.#parts.clock.iso() }
  }

  /** Throws Problem playbook.not-found, playbook.not-yours, playbook.changed-meanwhile. */
  async lock(tx: Tx, caller: Caller, id: string, revision: number): Promise<PlaybookRow> {
    if (!isOwnRow(caller, await this.require(tx, id))) throw new Problem('playbook.not-yours')
    const row = await this.#parts.store.lock(tx, id)
    if (!row) throw new Problem('playbook.not-found')
    if (row.revision === revision) return row
    throw new Problem('playbook.changed-meanwhile', `${row.changed_by}, ${row.updated_at}`)
  }

  /** One as its page has it. */
  whole(tx: Tx, caller: Caller, row: PlaybookRow): Promise<Playbook> {
    return this.#parts.view.whole(tx, caller, row, this.today())
  }

  /** The day it is in Vietnam. */
  today(): string {
    return vietnamDate(this.#parts.clock.now())
  }

  async record(
    tx: Tx,
    { scope }: Caller,
    type: EntryType,
    { id, organisation_id, tlp_rank }: PlaybookRow,
    entry: Entry,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id,
      tlp_rank,
      actor: scope.actor,
      authority: 'playbook.manage',
      subject: id,
      ...entry,
    })
  }
}
