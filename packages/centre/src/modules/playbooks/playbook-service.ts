import type { Page, PageQuery } from '@haidang/contracts/page'
import type {
  Playbook,
  PlaybookContent,
  PlaybookRules,
  PlaybookSummary,
  PlaybookVersion,
} from '@haidang/contracts/playbook'
import { type Tlp, tlpOf, tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { Problem } from '@haidang/runtime/problem'
import { requireClearance } from '../../clearance.ts'
import { stateOn } from './playbook.ts'
import type { PlaybookRecords, RecordParts } from './playbook-records.ts'
import type { PlaybookRow } from './playbook-tables.ts'
import { requireRight } from './playbook-text.ts'

interface PlaybookParts extends Pick<RecordParts, 'database' | 'store' | 'view' | 'clock'> {
  readonly records: PlaybookRecords
  readonly rules: PlaybookRules
}

/** TLP:AMBER+STRICT and above stay within the organisation (TLP 2.0). */
const widestShared = tlpRank('amber')

/** Playbooks, the response plans of organisations: written, published from a day, reviewed, retired. */
export class PlaybookService {
  readonly #parts: PlaybookParts

  constructor(parts: PlaybookParts) {
    this.#parts = parts
  }

  get rules(): PlaybookRules {
    return this.#parts.rules
  }

  list(caller: Caller, query: PageQuery): Promise<Page<PlaybookSummary>> {
    const { database, store, view, records } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const today = records.today()
      const { items, next } = await store.list(tx, query, today)
      return { items: await view.many(tx, caller, items, today), next }
    })
  }

  /** Throws Problem playbook.not-found, also where the caller may not know of it. */
  get(caller: Caller, id: string): Promise<Playbook> {
    const { database, records } = this.#parts
    return database.transact(caller.scope, async (tx) =>
      records.whole(tx, caller, await records.require(tx, id)),
    )
  }

  /** Throws Problem playbook.not-found. */
  version(caller: Caller, id: string, version: number): Promise<PlaybookVersion> {
    const { database, view, records } = this.#parts
    return database.transact(caller.scope, async (tx) =>
      view.version(tx, await records.require(tx, id), version, records.today()),
    )
  }

  /** A draft of the caller’s organisation. Throws Problem playbook.invalid. */
  write(caller: Caller, { tlp, content }: { tlp: Tlp; content: PlaybookContent }) {
    const { database, records } = this.#parts
    return database.transact(caller.scope, async (tx) =>
      records.whole(tx, caller, await records.begin(tx, caller, tlp, content)),
    )
  }

  /** Throws Problem playbook.not-found, playbook.not-yours, playbook.changed-meanwhile, playbook.retired, playbook.invalid. */
  save(
    caller: Caller,
    id: string,
    { revision, content }: { revision: number; content: PlaybookContent },
  ): Promise<Playbook> {
    requireRight(content, caller.language)
    const { store, records } = this.#parts
    return records.change(caller, id, revision, 'playbook.saved', async (tx, row) => {
      requireNotRetired(row)
      await store.keepDraft(tx, row, content)
      // What others know it by stays until the next version is published.
      const said = row.published === 0 ? content : row
      return {
        row: { ...row, has_draft: true, name: said.name, types: [...said.types] },
        after: { name: content.name, tasks: content.tasks.map(({ id: task }) => task) },
      }
    })
  }

  /** Throws Problem playbook.not-found, playbook.not-yours, playbook.changed-meanwhile. */
  discard(caller: Caller, id: string, revision: number): Promise<void> {
    const { database, store, records } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await records.lock(tx, caller, id, revision)
      await records.record(tx, caller, 'playbook.discarded', row, {})
      if (row.published === 0) await store.remove(tx, id)
      else {
        await store.dropDraft(tx, id)
        await store.replace(tx, { ...row, has_draft: false, ...records.changed(caller) })
      }
    })
  }

  /** Throws as `save`, and Problem playbook.nothing-to-publish, playbook.day-passed. */
  publish(
    caller: Caller,
    id: string,
    { revision, valid_from, reason }: { revision: number; valid_from: string; reason: string },
  ): Promise<Playbook> {
    const { store, rules, clock, records } = this.#parts
    return records.change(caller, id, revision, 'playbook.published', async (tx, row) => {
      requireNotRetired(row)
      const content = await store.draft(tx, id)
      if (!content) throw new Problem('playbook.nothing-to-publish')
      const [last] = await store.versions(tx, id)
      const today = records.today()
      requireDay('valid_from', valid_from, [today, last?.valid_from ?? ''])
      const version = row.published + 1
      const { organisation_id } = row
      const published_by = caller.scope.actor.name
      const published_at = clock.iso()
      await store.publish(tx, {
        playbook_id: id,
        version,
        organisation_id,
        valid_from,
        reason,
        content,
        published_at,
        published_by,
      })
      await store.dropDraft(tx, id)
      return {
        row: {
          ...row,
          name: content.name,
          types: content.types,
          published: version,
          has_draft: false,
          valid_from: row.valid_from ?? valid_from,
          reviewed_on: today,
          review_by: await store.dayAfter(tx, valid_from, rules.review.every),
        },
        after: { version, valid_from, content },
        reason,
      }
    })
  }

  /** Throws as `save`, and Problem playbook.too-confidential, request.invalid (a TLP above the caller's clearance). */
  share(
    caller: Caller,
    id: string,
    { revision, tlp, for_subordinates }: { revision: number; tlp: Tlp; for_subordinates: boolean },
  ): Promise<Playbook> {
    const { records } = this.#parts
    return records.change(caller, id, revision, 'playbook.shared', async (_tx, row) => {
      requireClearance(caller.scope, tlp)
      const tlp_rank = tlpRank(tlp)
      if (for_subordinates && tlp_rank > widestShared) {
        throw new Problem('playbook.too-confidential', tlp)
      }
      const before = { tlp: tlpOf(row.tlp_rank), for_subordinates: row.for_subordinates }
      const after = { tlp, for_subordinates }
      return { row: { ...row, tlp_rank, for_subordinates }, before, after }
    })
  }

  /** Throws as `save`, and Problem playbook.not-in-force. */
  review(
    caller: Caller,
    id: string,
    { revision, note }: { revision: number; note: string },
  ): Promise<Playbook> {
    const { store, rules, records } = this.#parts
    return records.change(caller, id, revision, 'playbook.reviewed', async (tx, row) => {
      const reviewed_on = records.today()
      if (stateOn(row, reviewed_on) !== 'in_force') throw new Problem('playbook.not-in-force')
      const review_by = await store.dayAfter(tx, reviewed_on, rules.review.every)
      const after = { reviewed_on, review_by }
      const before = { reviewed_on: row.reviewed_on, review_by: row.review_by }
      return { row: { ...row, ...after }, before, after, reason: note }
    })
  }

  /** Throws as `save`, and Problem playbook.not-in-force (it never was published), playbook.day-passed. */
  retire(
    caller: Caller,
    id: string,
    { revision, from, reason }: { revision: number; from: string; reason: string },
  ): Promise<Playbook> {
    const { store, records } = this.#parts
    return records.change(caller, id, revision, 'playbook.retired', async (tx, row) => {
      requireNotRetired(row)
      if (row.published === 0) throw new Problem('playbook.not-in-force')
      requireDay('from', from, [records.today()])
      await store.dropDraft(tx, id)
      const after = { retired_from: from, retired_reason: reason }
      return { row: { ...row, ...after, has_draft: false }, after, reason }
    })
  }
}

function requireNotRetired({ retired_from }: PlaybookRow): void {
  if (retired_from !== null) throw new Problem('playbook.retired', retired_from)
}

function requireDay(field: string, day: string, notBefore: readonly string[]): void {
  const first = notBefore.reduce((late, one) => (one > late ? one : late))
  if (day >= first) return
  throw new Problem('playbook.day-passed', `${day} < ${first}`, [
    { field, cause: day, remedy: `≥ ${first}` },
  ])
}
