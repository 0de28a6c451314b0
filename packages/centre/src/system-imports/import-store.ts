import type { Tx } from '@haidang/runtime/database/database'
import { asc, count, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { type SystemImportRow, systemImport } from './import-tables.ts'

/** Rows of imports, always inside a given transaction and so inside its scope. */
export class SystemImportStore {
  async get(tx: Tx, id: string): Promise<SystemImportRow | undefined> {
    const [row] = await tx.select().from(systemImport).where(eq(systemImport.id, id))
    return row
  }

  /** As `get`; nobody else moves it on until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<SystemImportRow | undefined> {
    const [row] = await tx.select().from(systemImport).where(eq(systemImport.id, id)).for('update')
    return row
  }

  async add(tx: Tx, row: SystemImportRow): Promise<void> {
    await tx.insert(systemImport).values(row)
  }

  async change(tx: Tx, id: string, change: Partial<SystemImportRow>): Promise<void> {
    await tx.update(systemImport).set(change).where(eq(systemImport.id, id))
  }

  /** How many of an organisation, or of nobody's in particular, still hold their file. */
  async open(tx: Tx, organisationId: string | null): Promise<number> {
    const [row] = await tx
      .select({ count: count() })
      .from(systemImport)
      .where(
        sql`${isNotNull(systemImport.content)} and organisation_id is not distinct from ${organisationId}`,
      )
    return row?.count ?? 0
  }

  /** What a stop of the node may have left unfinished. */
  async unfinished(tx: Tx): Promise<string[]> {
    const rows = await tx
      .select({ id: systemImport.id })
      .from(systemImport)
      .where(inArray(systemImport.state, ['waiting', 'reading', 'applying']))
      .orderBy(asc(systemImport.created_at))
    return rows.map(({ id }) => id)
  }

  async removeBefore(tx: Tx, instant: string): Promise<void> {
    await tx.delete(systemImport).where(lt(systemImport.created_at, instant))
  }
}
