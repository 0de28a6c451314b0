import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { ruleTuning, type TuningRow } from './rule-tables.ts'

const fields = {
  id: { column: ruleTuning.id, kind: 'word' },
  rule_id: { column: ruleTuning.rule_id, kind: 'word' },
  sigma_id: { column: ruleTuning.sigma_id, kind: 'word' },
  rule_title: { column: ruleTuning.rule_title, kind: 'text' },
  reason: { column: ruleTuning.reason, kind: 'text' },
  expires_at: { column: ruleTuning.expires_at, kind: 'time' },
  ended_at: { column: ruleTuning.ended_at, kind: 'time' },
  created_at: { column: ruleTuning.created_at, kind: 'time' },
} as const

/** Rows of tunings, always inside a given transaction and so inside its scope. */
export class TuningStore {
  async list(tx: Tx, query: PageQuery): Promise<Page<TuningRow>> {
    const sorts = ['-created_at', 'expires_at'] as const
    const page = keyset({ query, fields, sorts, id: ruleTuning.id })
    return page.read(tx.select().from(ruleTuning))
  }

  async add(tx: Tx, row: TuningRow): Promise<void> {
    await tx.insert(ruleTuning).values(row)
  }

  /** The tuning, locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<TuningRow | undefined> {
    const [row] = await tx.select().from(ruleTuning).where(eq(ruleTuning.id, id)).for('update')
    return row
  }

  async end(tx: Tx, id: string, ended_at: string): Promise<void> {
    await tx.update(ruleTuning).set({ ended_at }).where(eq(ruleTuning.id, id))
  }

  /** Tunings neither ended nor expired, at most 5,000, by id. */
  async inForce(tx: Tx, now: string): Promise<TuningRow[]> {
    return await tx
      .select()
      .from(ruleTuning)
      .where(and(isNull(ruleTuning.ended_at), gt(ruleTuning.expires_at, now)))
      .orderBy(ruleTuning.id)
      .limit(5000)
  }
}
