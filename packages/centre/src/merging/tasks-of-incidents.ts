import { foldVietnamese } from '@haidang/contracts/fold'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { eq, inArray, sql } from 'drizzle-orm'
import { incident } from '../modules/incidents/incident-tables.ts'
import { mostTasks } from '../modules/tasks/task-service.ts'
import { task } from '../modules/tasks/task-tables.ts'

/** Tasks as what hangs on incidents, always inside a given transaction and so inside its scope. */
export class TasksOfIncidents {
  /**
   * Lets these hang on another incident, behind those it has; what goes and what stays wait for one another no more.
   * Throws Problem merge.task-there (of one template each task is in an incident once), task.too-many.
   */
  async handOn(tx: Tx, ids: readonly string[], incidentId: string): Promise<void> {
    const moved = sql`${sql.param([...ids])}::text[]`
    const there = await tx.execute<{ title: string }>(sql`
      select t.title from task t join task had on had.incident_id = ${incidentId}
        and had.template_id = t.template_id and had.template_task = t.template_task
      where t.id = any(${moved}) order by t.position limit 1`)
    if (there.rows[0]) throw new Problem('merge.task-there', there.rows[0].title)
    await tx.execute(sql`
      update task set version = version + 1, depends_on = array(
        select d from unnest(depends_on) d where (d = any(${moved})) = (id = any(${moved})))
      where incident_id in (select incident_id from task where id = any(${moved})) and id <> all(${moved})
        and depends_on && ${moved}`)
    const [to] = await tx.select().from(incident).where(eq(incident.id, incidentId))
    if (!to) throw new Problem('incident.not-found')
    const rows = await tx
      .select()
      .from(task)
      .where(inArray(task.id, [...ids]))
      .orderBy(task.position, task.id)
    const [last] = await tx
      .select({
        position: sql<number>`coalesce(max(${task.position}), 0)::int`,
        count: sql<number>`count(*)::int`,
      })
      .from(task)
      .where(eq(task.incident_id, incidentId))
    const { position = 0, count = 0 } = last ?? {}
    if (count + rows.length > mostTasks) throw new Problem('task.too-many')
    for (const [n, row] of rows.entries()) {
      const words = [to.number, row.title, row.details]
      await tx
        .update(task)
        .set({
          incident_id: to.id,
          organisation_id: to.organisation_id,
          tlp_rank: to.tlp_rank,
          incident_number: to.number,
          position: position + n + 1,
          depends_on: row.depends_on.filter((one) => ids.includes(one)),
          folded: foldVietnamese(words.join(' ')),
          version: row.version + 1,
        })
        .where(eq(task.id, row.id))
    }
  }
}
