import type { Handover, HandoverItem } from '@haidang/contracts/handover'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { itemShown, type Standing } from './handover.ts'
import type { HandoverStore } from './handover-store.ts'
import type { HandoverRow } from './handover-tables.ts'

export interface Whole {
  readonly handover: Handover
  readonly items: HandoverItem[]
}

/** Hand-overs with the names of people and shifts, and what of their items one may see. */
export class HandoverView {
  readonly #store: HandoverStore
  readonly #shifts: Standing

  constructor(store: HandoverStore, shifts: Standing) {
    this.#store = store
    this.#shifts = shifts
  }

  /** The refusal to whoever comes too late, with who was there before. */
  async late(tx: Tx, code: 'handover.taken' | 'handover.ended', row: HandoverRow) {
    const [shown] = await this.handovers(tx, [row])
    return new Problem(code, `${shown?.to?.name ?? ''} ${row.acknowledged_at ?? ''}`.trim())
  }

  async whole(tx: Tx, row: HandoverRow): Promise<Whole> {
    const [handover] = await this.handovers(tx, [row])
    if (!handover) throw new Problem('handover.not-found')
    const items = await this.#store.items(tx, row.id)
    const people = await this.#shifts.people(
      tx,
      items.flatMap(({ to_id }) => to_id ?? []),
    )
    return { handover, items: items.map((item) => itemShown(item, people)) }
  }

  async handovers(tx: Tx, rows: readonly HandoverRow[]): Promise<Handover[]> {
    const ids = rows.flatMap(({ shift_id }) => shift_id ?? [])
    const standing = await this.#shifts.shown(tx, [...new Set(ids)])
    const people = await this.#shifts.people(
      tx,
      rows.flatMap(({ from_id, to_id }) => [from_id, to_id ?? from_id]),
    )
    return rows.map(({ shift_id, from_id, to_id, ...row }) => ({
      ...row,
      shift: standing.find(({ id }) => id === shift_id) ?? null,
      from: people(from_id),
      to: to_id === null ? null : people(to_id),
    }))
  }
}
