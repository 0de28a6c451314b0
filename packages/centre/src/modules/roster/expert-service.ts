import type { Expert, ExpertDraft } from '@haidang/contracts/expert'
import type { EntryType } from '@haidang/contracts/journal'
import type { Label } from '@haidang/contracts/label'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { SheetFormat } from '@haidang/contracts/sheet-import'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import { sheetRows } from '../../sheets/sheet-rows.ts'
import { vietnamDate } from '../../vietnam-date.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { type Competence, recordedExpert, settledExpert } from './expert.ts'
import { expertColumns } from './expert-sheet.ts'
import type { ExpertStore } from './expert-store.ts'
import type { ExpertRow } from './expert-tables.ts'

interface ExpertParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: ExpertStore
  readonly organisations: OrganisationService
  readonly competence: Competence
  /** The provinces and cities of today, by code. */
  readonly unitsOf: (tx: Tx) => Promise<ReadonlyMap<string, Label>>
}

type Change = { readonly [K in keyof ExpertDraft]?: ExpertDraft[K] | undefined }
interface Place {
  readonly id: string
  readonly expert: string
}
interface Exported {
  readonly format: SheetFormat
  readonly filter?: string | undefined
}

/** Experts one member may have. */
const most = 1_000
/** Rows read at once for a sheet. */
const chunk = 500

/** Who of which member can be called upon, and what for. */
export class ExpertService {
  readonly #parts: ExpertParts

  constructor(parts: ExpertParts) {
    this.#parts = parts
  }

  /** What experts are told apart by. */
  get competence(): Competence {
    return this.#parts.competence
  }

  /** One page of the experts the caller may see. Throws Problem filter.invalid. */
  list(caller: Caller, query: PageQuery): Promise<Page<Expert>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query, this.#today)
      return { items: await this.#named(tx, items), next }
    })
  }

  /** How many a filter finds, counted up to `most`. Throws Problem filter.invalid. */
  count(tx: Tx, filter: string | undefined, most: number): Promise<number> {
    return this.#parts.store.countFound(tx, filter, most, this.#today)
  }

  /** The experts a filter finds as a sheet; who took them along stands in the journal. Throws Problem filter.invalid. */
  async export(caller: Caller, { format, filter }: Exported): Promise<Uint8Array> {
    const { database, journal, competence, unitsOf } = this.#parts
    const { scope, language, organisation_id } = caller
    const columns = expertColumns(competence, await database.transact(scope, unitsOf))
    const rows = await sheetRows(columns, language, (cursor) =>
      this.list(caller, { limit: chunk, filter, cursor }),
    )
    await database.transact(scope, (tx) =>
      journal.append(tx, {
        type: 'experts.exported',
        actor: scope.actor,
        authority: 'expert.read',
        organisation_id: organisation_id || null,
        subject: 'experts',
        after: { rows: rows.length - 1, format, filter: filter ?? '' },
      }),
    )
    return writeSheet(rows, format)
  }

  /** Throws Problem organisation.not-found, expert.too-many, request.invalid (specialities, unit, phone). */
  add(caller: Caller, organisationId: string, draft: ExpertDraft): Promise<Expert> {
    const { database, store, organisations, newId } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      // Locked, so that two who add at once are counted one after the other.
      await organisations.lock(tx, organisationId)
      if ((await store.count(tx, organisationId)) >= most) throw new Problem('expert.too-many')
      const own = { id: newId('expert'), organisation_id: organisationId }
      const row = await this.#settled(tx, { ...draft, ...own }, caller)
      await store.add(tx, row)
      await this.#record(tx, caller, 'expert.added', { after: row })
      return this.#one(tx, row)
    })
  }

  /** Throws Problem expert.not-found, request.invalid (specialities, unit, phone). */
  change(caller: Caller, place: Place, change: Change): Promise<Expert> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const before = await this.#lock(tx, place)
      const told = Object.entries(change).filter(([, value]) => value !== undefined)
      const row = await this.#settled(tx, { ...before, ...Object.fromEntries(told) }, caller)
      await store.replace(tx, row)
      await this.#record(tx, caller, 'expert.changed', { before, after: row })
      return this.#one(tx, row)
    })
  }

  /** Deletes what was kept of an expert. Throws Problem expert.not-found. */
  async remove(caller: Caller, place: Place): Promise<Record<string, never>> {
    const { database, store } = this.#parts
    await database.transact(caller.scope, async (tx) => {
      const before = await this.#lock(tx, place)
      await store.remove(tx, before.id)
      await this.#record(tx, caller, 'expert.removed', { before })
    })
    return {}
  }

  async #lock(tx: Tx, { id, expert }: Place): Promise<ExpertRow> {
    const found = await this.#parts.store.lock(tx, id, expert)
    if (!found) throw new Problem('expert.not-found')
    return found
  }

  async #settled(
    tx: Tx,
    told: Omit<ExpertRow, 'updated_at' | 'folded'>,
    { language }: Caller,
  ): Promise<ExpertRow> {
    const { organisations, competence, clock } = this.#parts
    const { unit } = await organisations.require(tx, told.organisation_id)
    const place = { unit, unitOf: await organisations.unitReader(tx) }
    return { ...settledExpert(told, competence, place, language), updated_at: clock.iso() }
  }

  async #record(
    tx: Tx,
    { scope: { actor } }: Caller,
    type: EntryType,
    { before, after }: { readonly before?: ExpertRow; readonly after?: ExpertRow },
  ): Promise<void> {
    const row = after ?? before
    if (!row) throw new Error('an act without its expert')
    await this.#parts.journal.append(tx, {
      type,
      actor,
      organisation_id: row.organisation_id,
      authority: 'expert.manage',
      subject: row.organisation_id,
      related: [row.id],
      before: before && recordedExpert(before),
      after: after && recordedExpert(after),
    })
  }

  async #one(tx: Tx, row: ExpertRow): Promise<Expert> {
    const [named] = await this.#named(tx, [row])
    if (!named) throw new Error('an expert was not named')
    return named
  }

  async #named(tx: Tx, rows: readonly ExpertRow[]): Promise<Expert[]> {
    const ids = rows.map(({ organisation_id }) => organisation_id)
    const names = await this.#parts.organisations.names(tx, ids)
    return rows.map(({ folded: _, ...row }) => ({
      ...row,
      organisation_name: names.get(row.organisation_id) ?? '',
    }))
  }

  get #today(): string {
    return vietnamDate(this.#parts.clock.now())
  }
}
