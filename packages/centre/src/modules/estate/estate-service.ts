import type {
  EstateStation,
  PlanDraft,
  PlanEntry,
  PlanProgress,
  UnitStations,
} from '@haidang/contracts/estate'
import type { Label } from '@haidang/contracts/label'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { SheetFormat } from '@haidang/contracts/sheet-import'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import { sheetRows } from '../../sheets/sheet-rows.ts'
import type { EstateRules } from './estate.ts'
import { planColumns, stationColumns } from './estate-sheet.ts'
import type { EstateStore } from './estate-store.ts'
import type { EstateView } from './estate-view.ts'
import type { PlanView } from './plan-view.ts'

interface EstateParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly store: EstateStore
  readonly view: EstateView
  readonly plan: PlanView
  readonly rules: EstateRules
  /** The provinces and cities of today, by code. */
  readonly unitsOf: (tx: Tx) => Promise<ReadonlyMap<string, Label>>
}

interface Exported {
  readonly format: SheetFormat
  readonly filter?: string | undefined
}

/** Rows read at once for a sheet. */
const chunk = 500

/** All stations at a glance, where they stand, and which are still to come. */
export class EstateService {
  readonly #parts: EstateParts

  constructor(parts: EstateParts) {
    this.#parts = parts
  }

  list({ scope }: Caller, query: PageQuery): Promise<Page<EstateStation>> {
    const { database, view } = this.#parts
    return database.transact(scope, (tx) => view.list(tx, query))
  }

  units({ scope }: Caller): Promise<UnitStations[]> {
    const { database, view } = this.#parts
    return database.transact(scope, (tx) => view.units(tx))
  }

  /** Says where a station stands. Throws Problem station.not-found, request.invalid (no such unit today). */
  async place({ scope }: Caller, id: string, unit: string): Promise<EstateStation> {
    const { database, view, store, journal, unitsOf } = this.#parts
    return database.transact(scope, async (tx) => {
      if (unit !== '' && !(await unitsOf(tx)).has(unit)) {
        throw new Problem('request.invalid', `no unit of today has the code ${unit}`, [
          {
            field: 'unit',
            cause: 'no such code',
            remedy: 'the code of a province or city of today',
          },
        ])
      }
      const { organisation_id, unit: before } = await view.get(tx, id)
      await store.putPlace(tx, { station_id: id, organisation_id, unit })
      await journal.append(tx, {
        type: 'station.placed',
        actor: scope.actor,
        authority: 'station.manage',
        organisation_id,
        subject: id,
        before: { unit: before },
        after: { unit },
      })
      return view.get(tx, id)
    })
  }

  /** The stations a filter finds as a sheet, in the caller's language. Throws Problem filter.invalid. */
  async export({ scope, language }: Caller, { format, filter }: Exported): Promise<Uint8Array> {
    const { database, view, unitsOf } = this.#parts
    const columns = stationColumns(await database.transact(scope, unitsOf))
    const rows = await sheetRows(columns, language, (cursor) =>
      database.transact(scope, (tx) => view.list(tx, { limit: chunk, filter, cursor })),
    )
    return writeSheet(rows, format)
  }

  /** The entries of the plan a filter finds as a sheet. Throws Problem filter.invalid. */
  async exportPlan({ scope, language }: Caller, { format, filter }: Exported): Promise<Uint8Array> {
    const { database, plan, rules } = this.#parts
    const rows = await sheetRows(planColumns(rules.duties), language, (cursor) =>
      database.transact(scope, (tx) => plan.list(tx, { limit: chunk, filter, cursor })),
    )
    return writeSheet(rows, format)
  }

  /** A station inside a transaction of another module. Throws Problem station.not-found. */
  station(tx: Tx, id: string): Promise<EstateStation> {
    return this.#parts.view.get(tx, id)
  }

  plan({ scope }: Caller, query: PageQuery): Promise<Page<PlanEntry>> {
    const { database, plan } = this.#parts
    return database.transact(scope, (tx) => plan.list(tx, query))
  }

  async progress({ scope }: Caller): Promise<PlanProgress> {
    const { database, plan, rules } = this.#parts
    const progress = await database.transact(scope, (tx) => plan.progress(tx))
    return { ...progress, duties: rules.duties }
  }

  /** Plans the station of an organisation. Throws Problem organisation.not-found. */
  setPlan(
    { scope }: Caller,
    id: string,
    { stage, due_on, note, reason }: PlanDraft,
  ): Promise<PlanEntry> {
    const { database, plan, store, journal, clock } = this.#parts
    return database.transact(scope, async (tx) => {
      await plan.get(tx, id)
      const before = await store.plan(tx, id)
      const after = { organisation_id: id, stage, due_on, note, updated_at: clock.iso() }
      await store.putPlan(tx, after)
      await journal.append(tx, {
        type: 'station.planned',
        actor: scope.actor,
        authority: 'station.manage',
        organisation_id: id,
        subject: id,
        reason,
        before,
        after,
      })
      return plan.get(tx, id)
    })
  }
}
