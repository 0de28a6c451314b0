import type { Tx } from '@haidang/runtime/database/database'
import { inArray, sql } from 'drizzle-orm'
import { task } from '../modules/tasks/task-tables.ts'

/** Tasks as what hangs on incidents, always inside a given transaction and so inside its scope. */
export class TasksOfIncidents {
  /** What people call these. */
  async labels(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map()
    const rows = await tx
      .select({ id: task.id, title: task.title })
      .from(task)
      .where(inArray(task.id, [...ids]))
    return new Map(rows.map(({ id, title }) => [id, title]))
  }

  /** Lets these hang on another incident; what goes and what stays wait for one another no more. */
  async handOn(tx: Tx, ids: readonly string[], incidentId: string): Promise<void> {
    const moved = sql`${sql.param([...ids])}::text[]`
    await tx.execute(sql`
      update task set version = version + 1, depends_on = array(
        select d from unnest(depends_on) d where (d = any(${moved})) = (id = any(${moved})))
      where incident_id in (select incident_id from task where id = any(${moved}))`)
    await tx.execute(sql`
      update task set incident_id = i.id, organisation_id = i.organisation_id, tlp_rank = i.tlp_rank,
        incident_number = i.number
      from incident i where i.id = ${incidentId} and task.id = any(${moved})`)
  }
}
