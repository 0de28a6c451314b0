import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { Problem } from '@haidang/runtime/problem'
import { eq, getTableColumns } from 'drizzle-orm'
import { type EffortRow, effortSheet } from './effort-tables.ts'

const { folded: _, ...columns } = getTableColumns(effortSheet)

const fields = {
  id: { column: effortSheet.id, kind: 'word' },
  order_id: { column: effortSheet.order_id, kind: 'word' },
  order: { column: effortSheet.order_number, kind: 'word' },
  organisation_id: { column: effortSheet.organisation_id, kind: 'word' },
  state: { column: effortSheet.state, kind: 'word' },
  claimed: { column: effortSheet.claimed, kind: 'number' },
  text: { column: effortSheet.folded, kind: 'text', whole: true },
  updated_at: { column: effortSheet.updated_at, kind: 'time' },
} as const

/** Rows of effort sheets, always inside a given transaction and so inside its scope. */
export class EffortStore {
  /** One page, what moved last first. */
  list(tx: Tx, query: PageQuery): Promise<Page<EffortRow>> {
    const sorts = ['-updated_at', '-claimed'] as const
    const page = keyset({ query, fields, sorts, id: effortSheet.id })
    return page.read(tx.select(columns).from(effortSheet))
  }

  async get(tx: Tx, id: string): Promise<EffortRow | undefined> {
    const [row] = await tx.select(columns).from(effortSheet).where(eq(effortSheet.id, id))
    return row
  }

  /** As `get`; nobody else changes it until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<EffortRow | undefined> {
    const [row] = await tx
      .select(columns)
      .from(effortSheet)
      .where(eq(effortSheet.id, id))
      .for('update')
    return row
  }

  /** Throws Problem effort.exists: the organisation has one for this order that was not withdrawn. */
  async add(tx: Tx, row: EffortRow): Promise<void> {
    const written = tx.insert(effortSheet).values(row)
    const added = await written.onConflictDoNothing().returning({ id: effortSheet.id })
    if (added.length === 0) throw new Problem('effort.exists')
  }

  async replace(tx: Tx, row: EffortRow): Promise<void> {
    await tx.update(effortSheet).set(row).where(eq(effortSheet.id, row.id))
  }
}
