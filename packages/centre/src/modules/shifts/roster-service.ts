import { instantOf, millisecondsOf } from '@haidang/contracts/instant'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { SheetFormat } from '@haidang/contracts/sheet-import'
import {
  type Duty,
  longestRoster,
  type Shift,
  type ShiftFault,
  type ShiftPattern,
  type ShiftPerson,
  type ShiftSpan,
} from '@haidang/contracts/shift'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import { type Names, requireOrganisation } from '../../names.ts'
import { sheetRows } from '../../sheets/sheet-rows.ts'
import { vietnamDate } from '../../vietnam-date.ts'
import { rulesOn, type ShiftRules } from './pattern.ts'
import { faultsOf, spanOf } from './shift.ts'
import { shiftColumns } from './shift-sheet.ts'
import type { ShiftStore } from './shift-store.ts'
import type { ShiftView } from './shift-view.ts'

interface RosterParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly names: Names
  readonly store: ShiftStore
  readonly view: ShiftView
  readonly rules: readonly ShiftRules[]
  /** Who of an organisation may stand shifts. */
  readonly fit: (tx: Tx, organisationId: string) => Promise<readonly ShiftPerson[]>
  readonly home: (tx: Tx) => Promise<string | undefined>
}

interface Exported {
  readonly format: SheetFormat
  readonly organisation_id?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Rows read at once for a sheet; days taken along unless told. */
const chunk = 500
const monthMilliseconds = 30 * 86_400_000

/** The roster of 24/7 duty as people read it: who is on duty, what is wrong with it. */
export class RosterService {
  readonly #parts: RosterParts

  constructor(parts: RosterParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Shift>> {
    const { database, store, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: await view.shifts(tx, items), next }
    })
  }

  /** Who is on duty at a moment for an organisation; the caller's where it has a roster, else this node's. */
  duty(
    caller: Caller,
    asked: { readonly organisation_id?: string | undefined; readonly at?: string | undefined },
  ): Promise<Duty> {
    const { database, view, clock, home } = this.#parts
    const at = asked.at ? instantOf(millisecondsOf(asked.at)) : clock.iso()
    return database.transact(caller.scope, async (tx) => {
      const named = asked.organisation_id
      const of = named ? [named] : [caller.organisation_id, (await home(tx)) ?? '']
      const found = await this.#standing(tx, [...new Set(of)], at)
      const [next] = await view.shifts(tx, found.next ? [found.next] : [])
      return { at, current: await view.shifts(tx, found.current), next: next ?? null }
    })
  }

  /** Throws Problem organisation.not-found, request.invalid (the span). */
  roster(caller: Caller, asked: ShiftSpan): Promise<{ shifts: Shift[]; faults: ShiftFault[] }> {
    const { database, store, view, names, rules } = this.#parts
    const span = checkedSpan(asked)
    return database.transact(caller.scope, async (tx) => {
      await requireOrganisation(names, tx, asked.organisation_id)
      // What lies beside the days counts for rest and for what covers their ends.
      const wide = spanOf(shiftedDate(asked.from, -8), shiftedDate(asked.to, 8))
      const rows = await store.within(tx, asked.organisation_id, wide)
      const { rest } = rulesOn(rules, asked.from)
      const faults = rows.length === 0 ? [] : faultsOf(rows, span, rest)
      const shown = rows.filter(
        ({ starts_at, ends_at }) => ends_at > span.from && starts_at < span.to,
      )
      return { shifts: await view.shifts(tx, shown), faults: await view.faults(tx, faults) }
    })
  }

  /** The patterns of today. */
  patterns(): readonly ShiftPattern[] {
    const { rules, clock } = this.#parts
    return rulesOn(rules, vietnamDate(clock.now())).patterns
  }

  /** Throws Problem organisation.not-found. */
  people(caller: Caller, organisationId: string): Promise<readonly ShiftPerson[]> {
    const { database, names, fit } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await requireOrganisation(names, tx, organisationId)
      return fit(tx, organisationId)
    })
  }

  /** The shifts of some days as a sheet: of one organisation, or of all the caller sees. Throws Problem request.invalid. */
  async export(caller: Caller, { format, ...asked }: Exported): Promise<Uint8Array> {
    const { database, journal, clock } = this.#parts
    const { organisation_id } = asked
    const from = asked.from ?? vietnamDate(clock.now())
    const to = asked.to ?? vietnamDate(millisecondsOf(`${from}T00:00:00Z`) + monthMilliseconds)
    const span = checkedSpan({ from, to })
    const of = organisation_id ? ` and organisation_id:${organisation_id}` : ''
    const filter = `ends_at>${span.from} and starts_at<${span.to}${of}`
    const rows = await sheetRows(shiftColumns, caller.language, (cursor) =>
      this.list(caller, { limit: chunk, filter, cursor }),
    )
    await database.transact(caller.scope, (tx) =>
      journal.append(tx, {
        type: 'shifts.exported',
        actor: caller.scope.actor,
        authority: 'shift.read',
        organisation_id: caller.organisation_id || null,
        subject: organisation_id ?? 'shifts',
        after: { rows: rows.length - 1, format, from, to },
      }),
    )
    return writeSheet(rows, format)
  }

  /** The shifts under way and the next, of the first of some organisations that has either. */
  async #standing(tx: Tx, ids: readonly string[], at: string) {
    const { store } = this.#parts
    for (const id of ids) {
      const current = await store.at(tx, id, at)
      const next = await store.nextAfter(tx, id, at)
      if (current.length > 0 || next) return { current, next }
    }
    return { current: [], next: undefined }
  }
}

/** Throws Problem request.invalid for a span that ends before it begins, or is too long. */
export function checkedSpan({ from, to }: Pick<ShiftSpan, 'from' | 'to'>) {
  const days =
    (millisecondsOf(`${to}T00:00:00Z`) - millisecondsOf(`${from}T00:00:00Z`)) / 86_400_000
  if (days < 0) throw invalid('to', 'before the first day', 'the first day or later')
  if (days >= longestRoster) throw invalid('to', 'too many days', `at most ${longestRoster} days`)
  return spanOf(from, to)
}

function shiftedDate(date: string, days: number): string {
  return instantOf(millisecondsOf(`${date}T00:00:00Z`) + days * 86_400_000).slice(0, 10)
}

/** The refusal of a field, with cause and remedy. */
export function invalid(field: string, cause: string, remedy: string): Problem {
  return new Problem('request.invalid', `${field}: ${cause}`, [{ field, cause, remedy }])
}
