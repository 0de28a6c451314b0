import type { ItemOutcome } from '@haidang/contracts/handover'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { EndingShift } from './handover.ts'
import {
  type HandoverRow,
  handover,
  handoverItem,
  handoverSeen,
  type ItemRow,
} from './handover-tables.ts'

const fields = {
  id: { column: handover.id, kind: 'word' },
  organisation_id: { column: handover.organisation_id, kind: 'word' },
  shift_id: { column: handover.shift_id, kind: 'word' },
  from_id: { column: handover.from_id, kind: 'word' },
  to_id: { column: handover.to_id, kind: 'word' },
  state: { column: handover.state, kind: 'word' },
  prepared_at: { column: handover.prepared_at, kind: 'time' },
} as const

/** Rows of hand-overs, always inside a given transaction and so inside its scope. */
export class HandoverStore {
  list(tx: Tx, query: PageQuery): Promise<Page<HandoverRow>> {
    const page = keyset({ query, fields, sorts: ['-prepared_at'], id: handover.id })
    return page.read(tx.select().from(handover))
  }

  async get(tx: Tx, id: string): Promise<HandoverRow | undefined> {
    const [row] = await tx.select().from(handover).where(eq(handover.id, id))
    return row
  }

  async lock(tx: Tx, id: string): Promise<HandoverRow | undefined> {
    const [row] = await tx.select().from(handover).where(eq(handover.id, id)).for('update')
    return row
  }

  /** False where somebody has one of this shift open already. */
  async add(tx: Tx, row: HandoverRow, items: readonly ItemRow[]): Promise<boolean> {
    const added = await tx.insert(handover).values(row).onConflictDoNothing().returning()
    if (added.length === 0) return false
    if (items.length > 0) await tx.insert(handoverItem).values([...items])
    return true
  }

  async replace(tx: Tx, row: HandoverRow): Promise<void> {
    await tx.update(handover).set(row).where(eq(handover.id, row.id))
  }

  items(tx: Tx, id: string): Promise<ItemRow[]> {
    return tx
      .select()
      .from(handoverItem)
      .where(eq(handoverItem.handover_id, id))
      .orderBy(asc(handoverItem.position))
  }

  /** Those nobody has acknowledged. */
  openItems(tx: Tx, id: string): Promise<ItemRow[]> {
    return tx
      .select()
      .from(handoverItem)
      .where(and(eq(handoverItem.handover_id, id), isNull(handoverItem.acknowledged_at)))
      .orderBy(asc(handoverItem.position))
  }

  async acknowledge(
    tx: Tx,
    id: string,
    items: readonly { readonly position: number; readonly outcome: ItemOutcome }[],
    { to_id, acknowledged_at }: { readonly to_id: string; readonly acknowledged_at: string },
  ): Promise<void> {
    for (const [outcome, of] of Map.groupBy(items, (item) => item.outcome)) {
      const positions = of.map(({ position }) => position)
      await tx
        .update(handoverItem)
        .set({ acknowledged_at, outcome, to_id })
        .where(and(eq(handoverItem.handover_id, id), inArray(handoverItem.position, positions)))
    }
  }

  /** What of somebody's work waits in hand-overs already. */
  async waiting(tx: Tx, fromId: string): Promise<ReadonlySet<string>> {
    const rows = await tx
      .select({ id: handoverItem.object_id })
      .from(handoverItem)
      .innerJoin(handover, eq(handover.id, handoverItem.handover_id))
      .where(
        and(
          eq(handover.from_id, fromId),
          inArray(handover.state, ['prepared', 'taken']),
          isNull(handoverItem.acknowledged_at),
        ),
      )
    return new Set(rows.map(({ id }) => id))
  }

  /** Which of some shifts the node has seen to when they ended. */
  async seen(tx: Tx, shiftIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await tx
      .select({ id: handoverSeen.shift_id })
      .from(handoverSeen)
      .where(inArray(handoverSeen.shift_id, [...shiftIds]))
    return new Set(rows.map(({ id }) => id))
  }

  async see(tx: Tx, { id, organisation_id }: EndingShift, seen_at: string): Promise<void> {
    await tx
      .insert(handoverSeen)
      .values({ shift_id: id, organisation_id, seen_at })
      .onConflictDoNothing()
  }

  /** Which of some shifts were handed over and not taken back. */
  async ofShifts(tx: Tx, shiftIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await tx
      .select({ id: handover.shift_id })
      .from(handover)
      .where(
        and(
          inArray(handover.shift_id, [...shiftIds]),
          inArray(handover.state, ['prepared', 'taken', 'acknowledged']),
        ),
      )
    return new Set(rows.flatMap(({ id }) => id ?? []))
  }
}
