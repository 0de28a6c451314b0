import type { Page, PageQuery } from '@haidang/contracts/page'
import type { ShiftSwap, SwapDraft, SwapState } from '@haidang/contracts/shift'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { standerIdOf } from '../../signed-in.ts'
import { peopleOf } from './shift.ts'
import type { ShiftParts, ShiftService } from './shift-service.ts'
import type { ShiftRow, SwapRow } from './shift-tables.ts'
import type { SwapStore } from './swap-store.ts'

interface SwapParts extends Omit<ShiftParts, 'rules' | 'names' | 'journal' | 'fit'> {
  readonly swaps: SwapStore
  readonly shifts: Pick<ShiftService, 'record' | 'requireFit'>
}

/** People who ask others to stand their shifts. */
export class SwapService {
  readonly #parts: SwapParts

  constructor(parts: SwapParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<ShiftSwap>> {
    const { database, swaps } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await swaps.list(tx, query)
      return { items: await this.#shown(tx, items), next }
    })
  }

  /**
   * Throws Problem shift.person-required, shift.not-found, shift.begun, shift.not-yours, shift.person-unfit,
   * swap.stands-already.
   */
  ask(caller: Caller, draft: SwapDraft): Promise<ShiftSwap> {
    const { database, swaps, shifts, newId, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const rows = await this.#lock(tx, draft)
      if (!rows.some(({ id }) => id === draft.shift_id)) throw new Problem('shift.not-found')
      const from_id = standerIdOf(caller)
      const own = standing(rows, draft.shift_id, from_id)
      const back = draft.return_id === null ? null : standing(rows, draft.return_id, draft.to_id)
      if (back && back.organisation_id !== own.organisation_id) throw new Problem('shift.not-found')
      if (draft.to_id === from_id) throw new Problem('shift.person-unfit', 'oneself')
      requireAbsent(draft.to_id, own)
      requireAbsent(from_id, back)
      await shifts.requireFit(tx, own.organisation_id, [draft.to_id])
      const row: SwapRow = {
        id: newId('swap'),
        organisation_id: own.organisation_id,
        shift_id: own.id,
        shift_version: own.version,
        return_id: back?.id ?? null,
        return_version: back?.version ?? null,
        from_id,
        to_id: draft.to_id,
        reason: draft.reason,
        state: 'asked',
        asked_at: clock.iso(),
        decided_at: null,
      }
      await swaps.add(tx, row)
      await this.#record(tx, caller, 'shift.swap-asked', row)
      return this.#one(tx, row)
    })
  }

  /**
   * Whoever is asked agrees or declines, whoever asks withdraws; agreed, the shifts change hands at once. Throws Problem
   * shift.person-required, swap.not-found, swap.decided, swap.stale, swap.stands-already,
   * shift.not-yours, shift.begun.
   */
  decide(caller: Caller, id: string, state: Exclude<SwapState, 'asked'>): Promise<ShiftSwap> {
    const { database, swaps, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const before = await swaps.lock(tx, id)
      if (!before) throw new Problem('swap.not-found')
      const person = standerIdOf(caller)
      const decider = state === 'withdrawn' ? before.from_id : before.to_id
      if (decider !== person) throw new Problem('shift.not-yours')
      if (before.state !== 'asked') throw new Problem('swap.decided')
      if (state === 'agreed') await this.#exchange(tx, before)
      const row: SwapRow = { ...before, state, decided_at: clock.iso() }
      await swaps.replace(tx, row)
      await this.#record(tx, caller, 'shift.swap-decided', row, before)
      return this.#one(tx, row)
    })
  }

  async #exchange(tx: Tx, swap: SwapRow): Promise<void> {
    const { store } = this.#parts
    const rows = await this.#lock(tx, swap)
    const [own, back] = [swap.shift_id, swap.return_id].map((id) =>
      rows.find((row) => row.id === id),
    )
    const isStale =
      own?.version !== swap.shift_version ||
      (swap.return_id !== null && back?.version !== swap.return_version)
    if (!own || isStale) throw new Problem('swap.stale')
    requireAbsent(swap.to_id, own)
    requireAbsent(swap.from_id, back ?? null)
    await store.replace(tx, replaced(own, swap.from_id, swap.to_id))
    if (back) await store.replace(tx, replaced(back, swap.to_id, swap.from_id))
  }

  /** The shifts of a swap that have not begun, locked. */
  async #lock(
    tx: Tx,
    { shift_id, return_id }: Pick<SwapRow, 'shift_id' | 'return_id'>,
  ): Promise<ShiftRow[]> {
    const { store, clock } = this.#parts
    const rows = await store.lock(tx, [shift_id, ...(return_id === null ? [] : [return_id])])
    if (rows.some(({ starts_at }) => starts_at <= clock.iso())) throw new Problem('shift.begun')
    return rows
  }

  #record(
    tx: Tx,
    caller: Caller,
    type: 'shift.swap-asked' | 'shift.swap-decided',
    row: SwapRow,
    before?: SwapRow,
  ): Promise<void> {
    const { shift_id, return_id, from_id, to_id, state } = row
    return this.#parts.shifts.record(tx, caller, type, row.organisation_id, {
      subject: row.id,
      related: [shift_id, ...(return_id === null ? [] : [return_id]), from_id, to_id],
      reason: row.reason,
      before: before && { state: before.state },
      after: { state, shift_id, return_id, from_id, to_id },
    })
  }

  async #one(tx: Tx, row: SwapRow): Promise<ShiftSwap> {
    const [shown] = await this.#shown(tx, [row])
    if (!shown) throw new Problem('swap.not-found')
    return shown
  }

  /** A swap whose shift was taken out of the roster since is not shown any more. */
  async #shown(tx: Tx, rows: readonly SwapRow[]): Promise<ShiftSwap[]> {
    const { store, view } = this.#parts
    const ids = rows.flatMap(({ shift_id, return_id }) => [shift_id, return_id ?? shift_id])
    const shown = await view.shifts(tx, await store.many(tx, [...new Set(ids)]))
    const shifts = new Map(shown.map((one) => [one.id, one]))
    const people = await view.people(
      tx,
      rows.flatMap(({ from_id, to_id }) => [from_id, to_id]),
    )
    return rows.flatMap((row) => {
      const shift = shifts.get(row.shift_id)
      if (!shift) return []
      const { id, organisation_id, reason, state, asked_at, decided_at } = row
      const return_shift = shifts.get(row.return_id ?? '') ?? null
      const from = people(row.from_id)
      const to = people(row.to_id)
      return [
        {
          id,
          organisation_id,
          shift,
          return_shift,
          from,
          to,
          reason,
          state,
          asked_at,
          decided_at,
        },
      ]
    })
  }
}

/** Throws Problem shift.not-found, shift.not-yours. */
function standing(rows: readonly ShiftRow[], id: string, personId: string): ShiftRow {
  const row = rows.find((one) => one.id === id)
  if (!row) throw new Problem('shift.not-found')
  if (!peopleOf(row).includes(personId)) throw new Problem('shift.not-yours')
  return row
}

/** Throws Problem swap.stands-already: in the place of another, they would stand for two. */
function requireAbsent(personId: string, row: ShiftRow | null): void {
  if (row && peopleOf(row).includes(personId)) throw new Problem('swap.stands-already')
}

/** The shift with one person in the place of another. */
function replaced(row: ShiftRow, from: string, to: string): ShiftRow {
  const officer_id = row.officer_id === from ? to : row.officer_id
  const member_ids = row.member_ids.map((id) => (id === from ? to : id))
  return { ...row, officer_id, member_ids }
}
