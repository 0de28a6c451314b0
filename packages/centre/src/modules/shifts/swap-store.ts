import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { eq } from 'drizzle-orm'
import { type SwapRow, shiftSwap } from './shift-tables.ts'

const fields = {
  id: { column: shiftSwap.id, kind: 'word' },
  organisation_id: { column: shiftSwap.organisation_id, kind: 'word' },
  shift_id: { column: shiftSwap.shift_id, kind: 'word' },
  from_id: { column: shiftSwap.from_id, kind: 'word' },
  to_id: { column: shiftSwap.to_id, kind: 'word' },
  state: { column: shiftSwap.state, kind: 'word' },
  asked_at: { column: shiftSwap.asked_at, kind: 'time' },
} as const

/** Rows of swaps, always inside a given transaction and so inside its scope. */
export class SwapStore {
  list(tx: Tx, query: PageQuery): Promise<Page<SwapRow>> {
    const page = keyset({ query, fields, sorts: ['-asked_at'], id: shiftSwap.id })
    return page.read(tx.select().from(shiftSwap))
  }

  async lock(tx: Tx, id: string): Promise<SwapRow | undefined> {
    const [row] = await tx.select().from(shiftSwap).where(eq(shiftSwap.id, id)).for('update')
    return row
  }

  async add(tx: Tx, row: SwapRow): Promise<void> {
    await tx.insert(shiftSwap).values(row)
  }

  async replace(tx: Tx, row: SwapRow): Promise<void> {
    await tx.update(shiftSwap).set(row).where(eq(shiftSwap.id, row.id))
  }
}
