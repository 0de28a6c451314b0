import type { Tx } from '@haidang/runtime/database/database'
import { and, eq, lt } from 'drizzle-orm'
import { type IncidentUndoRow, incidentUndo } from './incident-undo-tables.ts'

/** Acts on many incidents that may still be taken back, inside a given transaction and its scope. */
export class IncidentUndoStore {
  /** Keeps how to undo an act, and forgets what nobody can use any more. */
  async keep(tx: Tx, rows: readonly IncidentUndoRow[], now: string): Promise<void> {
    await tx.delete(incidentUndo).where(lt(incidentUndo.expires_at, now))
    if (rows.length > 0) await tx.insert(incidentUndo).values([...rows])
  }

  /** Takes an undo out, so that it works once; nothing where it is another's or too old. */
  async take(tx: Tx, token: string, actorId: string, now: string): Promise<IncidentUndoRow[]> {
    const rows = await tx
      .delete(incidentUndo)
      .where(and(eq(incidentUndo.token, token), eq(incidentUndo.actor_id, actorId)))
      .returning()
    return rows.filter(({ expires_at }) => expires_at >= now)
  }
}
