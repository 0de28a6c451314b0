import type { Tx } from '@haidang/runtime/database/database'
import { and, eq, inArray } from 'drizzle-orm'
import { type EvidenceRow, evidenceFile } from './evidence-tables.ts'

/** Rows of evidence, always inside a given transaction and so inside its scope. */
export class EvidenceStore {
  /** False where a file with this identifier is there already. */
  async add(tx: Tx, row: EvidenceRow): Promise<boolean> {
    const added = await tx
      .insert(evidenceFile)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: evidenceFile.id })
    return added.length > 0
  }

  async get(tx: Tx, id: string): Promise<EvidenceRow | undefined> {
    const [row] = await tx.select().from(evidenceFile).where(eq(evidenceFile.id, id))
    return row
  }

  async of(tx: Tx, subject: string, ids: readonly string[]): Promise<EvidenceRow[]> {
    if (ids.length === 0) return []
    return tx
      .select()
      .from(evidenceFile)
      .where(and(eq(evidenceFile.subject, subject), inArray(evidenceFile.id, [...ids])))
  }
}
