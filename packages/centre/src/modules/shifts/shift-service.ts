import { instantOf, millisecondsOf } from '@haidang/contracts/instant'
import type { EntryType } from '@haidang/contracts/journal'
import type { RosterDraft, Shift, ShiftDraft, ShiftPerson } from '@haidang/contracts/shift'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { type Names, requireOrganisation } from '../../names.ts'
import { vietnamDate } from '../../vietnam-date.ts'
import { rulesOn, type ShiftRules, turnsOf } from './pattern.ts'
import { checkedSpan, invalid } from './roster-service.ts'
import { clash, peopleOf } from './shift.ts'
import type { ShiftStore } from './shift-store.ts'
import type { ShiftRow } from './shift-tables.ts'
import type { ShiftView } from './shift-view.ts'

export interface ShiftParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly names: Names
  readonly store: ShiftStore
  readonly view: ShiftView
  readonly rules: readonly ShiftRules[]
  /** Who of an organisation may stand shifts. */
  readonly fit: (tx: Tx, organisationId: string) => Promise<readonly ShiftPerson[]>
}

type Draft = ShiftDraft & { readonly organisation_id: string }
type Change = { readonly [K in keyof ShiftDraft]?: ShiftDraft[K] } & {
  readonly version?: number | undefined
}

/** The roster of 24/7 duty as it is made by patterns and changed by hand, never backwards. */
export class ShiftService {
  readonly #parts: ShiftParts

  constructor(parts: ShiftParts) {
    this.#parts = parts
  }

  /**
   * Makes the roster of some days by a pattern; what has begun is left out. Throws Problem organisation.not-found,
   * request.invalid (the span, the pattern), shift.crews-mismatch, shift.person-unfit, shift.overlaps, shift.past.
   */
  make(caller: Caller, draft: RosterDraft): Promise<{ added: number }> {
    const { database, store, newId, clock, names, rules } = this.#parts
    const { organisation_id, crews } = draft
    const span = checkedSpan(draft)
    const pattern = rulesOn(rules, vietnamDate(clock.now())).patterns.find(
      ({ id }) => id === draft.pattern_id,
    )
    if (!pattern) throw invalid('pattern_id', 'no such pattern', 'one of the patterns')
    if (pattern.crews !== crews.length) {
      throw new Problem('shift.crews-mismatch', `it takes ${pattern.crews}`)
    }
    return database.transact(caller.scope, async (tx) => {
      await requireOrganisation(names, tx, organisation_id)
      const standing = crews.flatMap(({ officer_id, member_ids }) => [officer_id, ...member_ids])
      await this.requireFit(tx, organisation_id, standing)
      await store.lockRoster(tx, organisation_id)
      const rows = turnsOf(pattern, draft.from, draft.to)
        .filter(({ starts_at }) => starts_at > clock.iso())
        .map(({ slot, crew, starts_at, ends_at }) => ({
          id: newId('shift'),
          organisation_id,
          name: slot.name[caller.language],
          starts_at,
          ends_at,
          officer_id: crews[crew]?.officer_id ?? null,
          member_ids: crews[crew]?.member_ids ?? [],
          overlap_allowed: false,
          note: '',
          version: 1,
        }))
      if (rows.length === 0) throw new Problem('shift.past')
      const to = rows.at(-1)?.ends_at ?? span.to
      const there = await store.within(tx, organisation_id, { from: rows[0]?.starts_at ?? to, to })
      const taken = there.find((one) => rows.some((row) => clash(one, row)))
      if (taken) throw new Problem('shift.overlaps', `${taken.name} ${taken.starts_at}`)
      await store.add(tx, rows)
      await this.record(tx, caller, 'shift.roster-made', organisation_id, {
        subject: organisation_id,
        after: { pattern: pattern.id, from: draft.from, to: draft.to, crews, added: rows.length },
      })
      return { added: rows.length }
    })
  }

  /** Throws Problem organisation.not-found, request.invalid, shift.person-unfit, shift.overlaps, shift.past. */
  add(caller: Caller, draft: Draft): Promise<Shift> {
    const { database, store, newId, names } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await requireOrganisation(names, tx, draft.organisation_id)
      const row: ShiftRow = { ...settled(draft), id: newId('shift'), version: 1 }
      await this.#requireRight(tx, row)
      await store.add(tx, [row])
      await this.#changed(tx, caller, 'shift.added', { after: row })
      return this.one(tx, row)
    })
  }

  /** Throws Problem shift.not-found, shift.moved-on, shift.past, shift.begun, and as `add`. */
  change(caller: Caller, id: string, { version, ...change }: Change): Promise<Shift> {
    const { database, store, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const before = await this.#lock(tx, id)
      if (version !== undefined && version !== before.version) throw new Problem('shift.moved-on')
      const told = Object.fromEntries(
        Object.entries(change).filter(([, value]) => value !== undefined),
      )
      const after = { ...before, ...settled({ ...before, ...told }) }
      const moves = after.starts_at !== before.starts_at || after.ends_at !== before.ends_at
      if (moves && before.starts_at <= clock.iso()) throw new Problem('shift.begun')
      await this.#requireRight(tx, after, before)
      const next = await store.replace(tx, after)
      await this.#changed(tx, caller, 'shift.changed', { before, after: next })
      return this.one(tx, next)
    })
  }

  /** Throws Problem shift.not-found, shift.past, shift.begun. */
  remove(caller: Caller, id: string): Promise<Record<string, never>> {
    const { database, store, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const before = await this.#lock(tx, id)
      if (before.starts_at <= clock.iso()) throw new Problem('shift.begun')
      await store.remove(tx, id)
      await this.#changed(tx, caller, 'shift.removed', { before })
      return {}
    })
  }

  async one(tx: Tx, row: ShiftRow): Promise<Shift> {
    const [shown] = await this.#parts.view.shifts(tx, [row])
    if (!shown) throw new Problem('shift.not-found')
    return shown
  }

  /** Throws Problem shift.person-unfit. */
  async requireFit(tx: Tx, organisationId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const fit = new Set((await this.#parts.fit(tx, organisationId)).map(({ id }) => id))
    const unfit = ids.find((id) => !fit.has(id))
    if (unfit) throw new Problem('shift.person-unfit', unfit)
  }

  async record(
    tx: Tx,
    { scope: { actor } }: Caller,
    type: EntryType,
    organisation_id: string,
    entry: Pick<EntryDraft, 'subject' | 'related' | 'before' | 'after' | 'reason'>,
  ): Promise<void> {
    const authority = type.startsWith('shift.swap') ? 'shift.stand' : 'shift.manage'
    await this.#parts.journal.append(tx, { ...entry, type, actor, authority, organisation_id })
  }

  /** Of an organisation's roster nothing else is written until the transaction ends. */
  async #lock(tx: Tx, id: string): Promise<ShiftRow> {
    const { store, clock } = this.#parts
    const found = await store.get(tx, id)
    if (found) await store.lockRoster(tx, found.organisation_id)
    const [row] = await store.lock(tx, [id])
    if (!row) throw new Problem('shift.not-found')
    if (row.ends_at <= clock.iso()) throw new Problem('shift.past')
    return row
  }

  /** People who are named anew must be fit; who was there already may stay. */
  async #requireRight(tx: Tx, row: ShiftRow, before?: ShiftRow): Promise<void> {
    const { store, clock } = this.#parts
    if (row.ends_at <= row.starts_at) {
      throw invalid('ends_at', 'not after the beginning', 'a later moment')
    }
    if (row.ends_at <= clock.iso()) throw new Problem('shift.past')
    const there = new Set(before ? peopleOf(before) : [])
    await this.requireFit(
      tx,
      row.organisation_id,
      peopleOf(row).filter((id) => !there.has(id)),
    )
    await store.lockRoster(tx, row.organisation_id)
    const beside = await store.within(tx, row.organisation_id, {
      from: row.starts_at,
      to: row.ends_at,
    })
    const taken = beside.find((one) => one.id !== row.id && clash(one, row))
    if (taken) throw new Problem('shift.overlaps', `${taken.name} ${taken.starts_at}`)
  }

  async #changed(
    tx: Tx,
    caller: Caller,
    type: EntryType,
    { before, after }: { readonly before?: ShiftRow; readonly after?: ShiftRow },
  ): Promise<void> {
    const row = after ?? before
    if (!row) throw new Error('an act without its shift')
    const related = [before, after].flatMap((one) => (one ? peopleOf(one) : []))
    await this.record(tx, caller, type, row.organisation_id, {
      subject: row.id,
      related: [...new Set(related)],
      before,
      after,
    })
  }
}

/** As it is kept: instants in UTC, the officer not a member too. */
function settled<T extends ShiftDraft>(draft: T): T {
  return {
    ...draft,
    starts_at: instantOf(millisecondsOf(draft.starts_at)),
    ends_at: instantOf(millisecondsOf(draft.ends_at)),
    member_ids: draft.member_ids.filter((id) => id !== draft.officer_id),
  }
}
