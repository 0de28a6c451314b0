import type { Tx } from '@haidang/runtime/database/database'
import { eq } from 'drizzle-orm'
import { type CalendarRow, shiftCalendar } from './shift-tables.ts'

/** Secret addresses of calendars, always inside a given transaction and so inside its scope. */
export class CalendarStore {
  async get(tx: Tx, personId: string): Promise<CalendarRow | undefined> {
    const [row] = await tx.select().from(shiftCalendar).where(eq(shiftCalendar.person_id, personId))
    return row
  }

  async byHash(tx: Tx, hash: string): Promise<CalendarRow | undefined> {
    const [row] = await tx.select().from(shiftCalendar).where(eq(shiftCalendar.secret_hash, hash))
    return row
  }

  /** In the place of the one before. */
  async put(tx: Tx, row: CalendarRow): Promise<void> {
    await tx
      .insert(shiftCalendar)
      .values(row)
      .onConflictDoUpdate({ target: shiftCalendar.person_id, set: row })
  }

  async remove(tx: Tx, personId: string): Promise<boolean> {
    const gone = await tx
      .delete(shiftCalendar)
      .where(eq(shiftCalendar.person_id, personId))
      .returning()
    return gone.length > 0
  }
}
