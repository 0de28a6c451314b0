import type { Organisation } from '@haidang/contracts/organisation'
import type { Tx } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { type ContactRow, contactPoint } from './contact-tables.ts'
import { organisation } from './organisation-tables.ts'

/** Many organisations at once, always inside a given transaction and so inside its scope. */
export class ImportStore {
  /** Those that have one of these codes already, in any case of its letters, held until the transaction ends. */
  async withCodes(tx: Tx, codes: readonly string[]): Promise<Organisation[]> {
    const list = JSON.stringify(codes.map((code) => code.toLowerCase()))
    const rows = await tx
      .select()
      .from(organisation)
      .where(sql`lower(${organisation.code}) in (select jsonb_array_elements_text(${list}::jsonb))`)
      .for('update')
    return rows.map(({ folded_name: _, ...row }) => row)
  }

  async addAll(tx: Tx, rows: readonly Organisation[]): Promise<void> {
    if (rows.length > 0) await tx.insert(organisation).values([...rows])
  }

  async addContacts(tx: Tx, rows: readonly ContactRow[]): Promise<void> {
    if (rows.length > 0) await tx.insert(contactPoint).values([...rows])
  }
}
