import type { ItemOutcome } from '@haidang/contracts/handover'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { type HandoverRow, handover, handoverItem, type ItemRow } from './handover-tables.ts'

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

  /** False where somebody has one open already. */
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
    acknowledged_at: string,
  ): Promise<void> {
    for (const [outcome, of] of Map.groupBy(items, (item) => item.outcome)) {
      const positions = of.map(({ position }) => position)
      await tx
        .update(handoverItem)
        .set({ acknowledged_at, outcome })
        .where(and(eq(handoverItem.handover_id, id), inArray(handoverItem.position, positions)))
    }
  }

  /** Which of some shifts were handed over, whatever became of it. */
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
