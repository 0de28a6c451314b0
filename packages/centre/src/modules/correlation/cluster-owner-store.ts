import type { Tx } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'

/** Whose clusters are, always inside a given transaction and so inside its scope. */
export class ClusterOwnerStore {
  /**
   * A cluster is whose its last alert is. `mostShown`: the TLP rank above which it is shown to nobody beside who
   * has it. Locked in the order of their ids, as everybody does.
   */
  async follow(tx: Tx, ids: readonly string[], mostShown: number): Promise<void> {
    if (ids.length === 0) return
    const named = sql`any(${sql.param([...ids])}::text[])`
    await tx.execute(sql`select id from cluster where id = ${named} order by id for update`)
    await tx.execute(sql`
      update cluster c set system_id = a.system_id, owner_id = a.owner_id, owner_range = a.owner_range,
        shown_to = case when c.tlp_rank <= ${mostShown} then a.shown_to end
      from alert a where c.id = ${named} and a.id = c.last_alert_id`)
  }

  /** How many incidents these clusters are part of, as far as the scope of the transaction shows. */
  async incidents(tx: Tx, ids: readonly string[]): Promise<number> {
    const { rows } = await tx.execute<{ count: number }>(sql`
      select count(distinct incident_id)::int as count from cluster
      where incident_id is not null and id = any(${sql.param([...ids])}::text[])`)
    return rows[0]?.count ?? 0
  }
}
