import type { Organisation } from '@haidang/contracts/organisation'
import type { Tx } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { organisation } from './organisation-tables.ts'
import { organisationTie, type TieRow } from './tie-tables.ts'

/** Whom somebody is under, and whether that holds today already. */
export interface ParentTie {
  readonly organisation_id: string
  readonly parent_id: string
  readonly today: boolean
}

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

  /** Whom anybody is, or from some later day will be, under. */
  async parentsFrom(tx: Tx, day: string): Promise<ParentTie[]> {
    const { rows } = await tx.execute<ParentTie & Record<string, unknown>>(sql`
      select organisation_id, parent_id, coalesce(valid_from, '-infinity') <= ${day}::date as today
      from organisation_tie
      where kind = 'parent' and coalesce(valid_to, 'infinity') >= ${day}::date`)
    return rows
  }

  async addTies(tx: Tx, rows: readonly TieRow[]): Promise<void> {
    if (rows.length > 0) await tx.insert(organisationTie).values([...rows])
  }

  async addAll(tx: Tx, rows: readonly Organisation[]): Promise<void> {
    if (rows.length > 0) await tx.insert(organisation).values([...rows])
  }
}
