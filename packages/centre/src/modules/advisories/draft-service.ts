import type {
  AdvisoryContent,
  AdvisoryDraft,
  AdvisoryDraftLine,
  AdvisoryRecipient,
} from '@haidang/contracts/advisory'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Names } from '../../names.ts'
import type { AddresseeStore } from './addressee-store.ts'
import { requirePublishable } from './advisory.ts'
import type { AdvisoryStore } from './advisory-store.ts'
import type { DraftRow } from './advisory-tables.ts'
import { type DraftFacts, type DraftStore, lineOf } from './draft-store.ts'

export interface DraftParts {
  readonly database: Database
  readonly drafts: DraftStore
  readonly store: AdvisoryStore
  readonly ladders: AddresseeStore
  readonly names: Names
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  /** The people behind a caller: a key acts for who made it. Needs the scope of the node. */
  readonly behind: (tx: Tx, caller: Caller) => Promise<readonly string[]>
}

/** What is written anew in a draft. */
export interface DraftChange {
  readonly revision: number
  readonly content?: AdvisoryContent | undefined
  readonly addressees?: AdvisoryRecipient[] | undefined
  readonly change_note?: string | undefined
}

interface Review {
  readonly revision: number
  readonly verdict: 'approved' | 'returned'
  readonly note: string
}

/** Drafts of advisories: written, submitted, reviewed by somebody who wrote nothing in them. */
export class DraftService {
  readonly #parts: DraftParts

  constructor(parts: DraftParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<AdvisoryDraftLine>> {
    const { database, drafts } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await drafts.list(tx, query)
      return { items: items.map(lineOf), next }
    })
  }

  /** Throws Problem advisory.not-found, also where the caller may not know of it. */
  async get(caller: Caller, id: string): Promise<AdvisoryDraft> {
    const people = await this.#behind(caller)
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const row = await this.#parts.drafts.get(tx, id)
      if (!row) throw new Problem('advisory.not-found')
      return this.#shown(tx, row, people)
    })
  }

  /** Throws Problem organisation.not-found (an addressee). */
  create(
    caller: Caller,
    { content, addressees }: Pick<DraftFacts, 'content' | 'addressees'>,
  ): Promise<AdvisoryDraft> {
    const id = this.#parts.newId('advisory')
    return this.#begin(caller, async (tx) => {
      await this.#requireKnown(tx, addressees)
      return { id, number: null, published_version: 0, content, addressees }
    })
  }

  /** Throws Problem advisory.not-found, advisory.not-yours, advisory.cancelled, advisory.draft-open. */
  revise(caller: Caller, id: string): Promise<AdvisoryDraft> {
    const { store, ladders } = this.#parts
    return this.#begin(caller, async (tx) => {
      const row = await store.get(tx, id)
      if (!row) throw new Problem('advisory.not-found')
      if (row.remote || row.organisation_id !== caller.organisation_id) {
        throw new Problem('advisory.not-yours')
      }
      if (row.state === 'cancelled') throw new Problem('advisory.cancelled')
      const told = await ladders.all(tx, id)
      const addressees = told.map(({ organisation_id, details }) => ({ organisation_id, details }))
      const { number, version, content } = row
      return { id, number, published_version: version, content, addressees }
    })
  }

  /** Throws Problem advisory.not-found, advisory.moved-on, organisation.not-found. */
  change(caller: Caller, id: string, change: DraftChange): Promise<AdvisoryDraft> {
    return this.#write(caller, id, change.revision, async (tx, row, people) => {
      if (change.addressees) await this.#requireKnown(tx, change.addressees)
      const content = change.content ?? row.content
      if (row.number !== null && content.kind !== row.content.kind) {
        throw new Problem('advisory.kind-fixed')
      }
      return {
        type: 'advisory.drafted',
        authority: 'advisory.write',
        changed: {
          content,
          tlp_rank: tlpRank(content.tlp),
          addressees: change.addressees ?? row.addressees,
          change_note: change.change_note ?? row.change_note,
          stage: 'draft',
          authors: [...new Set([...row.authors, ...people])],
          author_name: caller.scope.actor.name,
          reviewer_name: '',
        },
      }
    })
  }

  /** Throws as `change` does, and what `requirePublishable` throws; advisory.change-note-missing, advisory.addressee-dropped. */
  submit(caller: Caller, id: string, revision: number): Promise<AdvisoryDraft> {
    return this.#write(caller, id, revision, async (tx, row) => {
      if (row.stage !== 'draft') throw new Problem('advisory.illegal-stage', row.stage)
      requirePublishable(row.content, row.addressees, this.#parts.clock.now())
      if (row.number !== null && row.change_note.length < 3) {
        throw new Problem('advisory.change-note-missing')
      }
      await this.#requireAllTold(tx, row)
      const changed = { stage: 'review', review_note: '', reviewer_name: '' } as const
      return { type: 'advisory.submitted', authority: 'advisory.write', changed }
    })
  }

  /** Throws Problem advisory.not-found, advisory.moved-on, advisory.illegal-stage, advisory.own, advisory.reason-required. */
  review(caller: Caller, id: string, { revision, verdict, note }: Review): Promise<AdvisoryDraft> {
    return this.#write(caller, id, revision, async (_, row, people) => {
      if (row.stage !== 'review') throw new Problem('advisory.illegal-stage', row.stage)
      if (verdict === 'approved' && isOwn(row, people)) throw new Problem('advisory.own')
      if (verdict === 'returned' && note.length < 3) throw new Problem('advisory.reason-required')
      return {
        type: 'advisory.reviewed',
        authority: 'advisory.review',
        reason: note,
        changed: {
          stage: verdict === 'approved' ? 'approved' : 'draft',
          review_note: note,
          reviewer_name: caller.scope.actor.name,
        },
      }
    })
  }

  /** Throws Problem advisory.not-found, advisory.not-yours. */
  discard(caller: Caller, id: string): Promise<void> {
    const { database, drafts, journal } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await this.#lockOwn(tx, caller, id)
      await drafts.remove(tx, id)
      await journal.append(tx, {
        ...about(caller, row),
        type: 'advisory.discarded',
        authority: 'advisory.write',
        before: { stage: row.stage, revision: row.revision, title: row.content.title },
      })
    })
  }

  async #begin(
    caller: Caller,
    facts: (
      tx: Tx,
    ) => Promise<
      Pick<DraftFacts, 'id' | 'number' | 'published_version' | 'content' | 'addressees'>
    >,
  ): Promise<AdvisoryDraft> {
    const { database, drafts, journal, clock } = this.#parts
    const people = await this.#behind(caller)
    return database.transact(caller.scope, async (tx) => {
      const begun = await facts(tx)
      const row: DraftFacts = {
        ...begun,
        organisation_id: caller.organisation_id,
        tlp_rank: tlpRank(begun.content.tlp),
        revision: 1,
        stage: 'draft',
        change_note: '',
        authors: [...people],
        author_name: caller.scope.actor.name,
        reviewer_name: '',
        review_note: '',
        created_at: clock.iso(),
        updated_at: clock.iso(),
      }
      if (!(await drafts.add(tx, row))) throw new Problem('advisory.draft-open')
      const { addressees, ...after } = row
      await journal.append(tx, {
        ...about(caller, row),
        type: 'advisory.drafted',
        authority: 'advisory.write',
        after: { ...after, addressee_count: addressees.length },
      })
      return this.#shown(tx, row, people)
    })
  }

  async #write(
    caller: Caller,
    id: string,
    revision: number,
    decide: (
      tx: Tx,
      row: DraftRow,
      people: readonly string[],
    ) => Promise<
      Pick<EntryDraft, 'type' | 'authority' | 'reason'> & { changed: Partial<DraftFacts> }
    >,
  ): Promise<AdvisoryDraft> {
    const { database, drafts, journal, clock } = this.#parts
    const people = await this.#behind(caller)
    return database.transact(caller.scope, async (tx) => {
      const row = await this.#lockOwn(tx, caller, id)
      if (row.revision !== revision) throw new Problem('advisory.moved-on', String(row.revision))
      const { changed, ...entry } = await decide(tx, row, people)
      const written = { ...row, ...changed, revision: row.revision + 1, updated_at: clock.iso() }
      await drafts.replace(tx, written)
      const { addressees, ...after } = changed
      await journal.append(tx, {
        ...about(caller, written),
        ...entry,
        before: { stage: row.stage, revision: row.revision, content: row.content },
        after: {
          ...after,
          revision: written.revision,
          addressee_count: (addressees ?? row.addressees).length,
        },
      })
      return this.#shown(tx, written, people)
    })
  }

  #behind(caller: Caller): Promise<readonly string[]> {
    const { database, behind } = this.#parts
    return database.transact(systemScope, (tx) => behind(tx, caller))
  }

  async #lockOwn(tx: Tx, caller: Caller, id: string): Promise<DraftRow> {
    const row = await this.#parts.drafts.lock(tx, id)
    if (!row) throw new Problem('advisory.not-found')
    if (row.organisation_id !== caller.organisation_id) throw new Problem('advisory.not-yours')
    return row
  }

  async #requireKnown(tx: Tx, addressees: readonly AdvisoryRecipient[]): Promise<void> {
    const ids = addressees.map(({ organisation_id }) => organisation_id)
    const known = await this.#parts.names.organisations(tx, ids)
    const unknown = ids.find((id) => !known.has(id))
    if (unknown !== undefined) throw new Problem('organisation.not-found', unknown)
  }

  /** Who was told once reads every version that follows, so nobody is left out of one. */
  async #requireAllTold(tx: Tx, { id, addressees }: DraftRow): Promise<void> {
    const named = new Set(addressees.map(({ organisation_id }) => organisation_id))
    const told = await this.#parts.ladders.all(tx, id)
    const dropped = told.find(({ organisation_id }) => !named.has(organisation_id))
    if (dropped) throw new Problem('advisory.addressee-dropped', dropped.organisation_name)
  }

  async #shown(tx: Tx, row: DraftFacts, people: readonly string[]): Promise<AdvisoryDraft> {
    const ids = row.addressees.map(({ organisation_id }) => organisation_id)
    const names = await this.#parts.names.sources(tx, ids)
    const addressees = row.addressees.map((one) => ({
      ...one,
      organisation_name: names.get(one.organisation_id) ?? '',
    }))
    const line = lineOf({ ...row, addressee_count: addressees.length })
    return { ...line, own: isOwn(row, people), addressees }
  }
}

/** Nobody approves what they wrote, nor what a key wrote that acts for them; who is nobody approves nothing. */
function isOwn({ authors }: Pick<DraftRow, 'authors'>, people: readonly string[]): boolean {
  return people.length === 0 || people.some((one) => authors.includes(one))
}

function about(caller: Caller, row: Pick<DraftRow, 'id' | 'organisation_id' | 'tlp_rank'>) {
  const { id: subject, organisation_id, tlp_rank } = row
  return { organisation_id, tlp_rank, actor: caller.scope.actor, subject, related: [] }
}
