import type { Tx } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'

interface Named {
  readonly system_id: string
  readonly owner_id: string
  readonly owner_range: string
}

/** An incident whose owner by the register changed. */
export interface MovedIncident {
  readonly id: string
  readonly organisation_id: string
  readonly tlp_rank: number
  readonly shown_to: string | null
  readonly was: Named | null
  readonly is_now: Named | null
}

/** Whose incidents are, always inside a given transaction and so inside its scope. */
export class IncidentOwnerStore {
  /**
   * An incident is whose most alerts of its clusters are. `mostShown`: the TLP rank above which it is shown to
   * nobody beside who handles it and whom it was told. Answers those that changed.
   */
  async follow(tx: Tx, ids: readonly string[], mostShown: number): Promise<MovedIncident[]> {
    if (ids.length === 0) return []
    const { rows } = await tx.execute<MovedIncident & Record<string, unknown>>(sql`
      with wanted as (
        select * from incident where id = any(${sql.param([...ids])}::text[]) order by id for update
      ), most as (
        select distinct on (incident_id) incident_id, system_id, owner_id, max(owner_range) as owner_range,
          max(shown_to) as shown_to
        from cluster
        where system_id is not null and incident_id = any(${sql.param([...ids])}::text[])
        group by incident_id, system_id, owner_id
        order by incident_id, sum(alert_count) desc, max(last_time) desc
      ), changed as (
        update incident i set system_id = m.system_id, owner_id = m.owner_id, owner_range = m.owner_range,
          shown_to = m.shown_to
        from wanted w left join lateral (
          select m.system_id, m.owner_id, m.owner_range, case when w.tlp_rank <= ${mostShown}
            and m.owner_id <> w.organisation_id and not exists (select from incident x
              where x.merged_into = w.id and x.shown_to is distinct from m.shown_to)
            then m.shown_to end as shown_to
          from most m where m.incident_id = w.id
        ) m on true
        where i.id = w.id and (w.system_id, w.owner_id, w.owner_range, w.shown_to) is distinct from
          (m.system_id, m.owner_id, m.owner_range, m.shown_to)
        returning i.id, i.organisation_id, i.tlp_rank, i.shown_to, i.system_id, i.owner_id, i.owner_range,
          w.system_id as was_system, w.owner_id as was_owner, w.owner_range as was_range
      )
      select id, organisation_id, tlp_rank, shown_to,
        case when was_system is not null then json_build_object('system_id', was_system,
          'owner_id', was_owner, 'owner_range', was_range) end as was,
        case when system_id is not null then json_build_object('system_id', system_id,
          'owner_id', owner_id, 'owner_range', owner_range) end as is_now
      from changed order by id`)
    return rows
  }
}
