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
      ), decided as (
        select w.*, m.system_id as now_system, m.owner_id as now_owner, m.owner_range as now_range,
          case when coalesce((w.own_reach->>'tlp_rank')::smallint, w.tlp_rank) <= ${mostShown}
            and m.owner_id <> w.organisation_id then m.shown_to end as own_shown
        from wanted w left join most m on m.incident_id = w.id
      ), changed as (
        update incident i set system_id = d.now_system, owner_id = d.now_owner, owner_range = d.now_range,
          shown_to = case when d.own_reach is null then d.own_shown else i.shown_to end,
          own_reach = case when d.own_reach is not null
            then jsonb_set(d.own_reach, '{shown_to}', coalesce(to_jsonb(d.own_shown), 'null')) end
        from decided d
        where i.id = d.id and (d.system_id, d.owner_id, d.owner_range,
            case when d.own_reach is null then d.shown_to else d.own_reach->>'shown_to' end)
          is distinct from (d.now_system, d.now_owner, d.now_range, d.own_shown)
        returning i.id, i.organisation_id, i.tlp_rank, i.shown_to, i.system_id, i.owner_id, i.owner_range,
          d.system_id as was_system, d.owner_id as was_owner, d.owner_range as was_range
      )
      select id, organisation_id, tlp_rank, shown_to,
        case when was_system is not null then json_build_object('system_id', was_system,
          'owner_id', was_owner, 'owner_range', was_range) end as was,
        case when system_id is not null then json_build_object('system_id', system_id,
          'owner_id', owner_id, 'owner_range', owner_range) end as is_now
      from changed order by id`)
    for (let moved = rows.map(({ id }) => id); moved.length > 0; ) {
      moved = await this.#settle(tx, moved, mostShown)
    }
    return rows
  }

  /** Shows heads among these, and those right above them, to whom all under them are shown; answers what it changed. */
  async #settle(tx: Tx, moved: readonly string[], mostShown: number): Promise<string[]> {
    const { rows } = await tx.execute<{ id: string }>(sql`
      with head as (
        select h.id, case when h.tlp_rank <= ${mostShown} and not exists (select from incident x
            where x.merged_into = h.id and x.shown_to is distinct from h.own_reach->>'shown_to')
          then h.own_reach->>'shown_to' end as shown_to
        from incident h where h.own_reach is not null and (h.id = any(${sql.param([...moved])}::text[])
          or h.id in (select merged_into from incident where id = any(${sql.param([...moved])}::text[])))
      )
      update incident i set shown_to = head.shown_to from head
      where i.id = head.id and i.shown_to is distinct from head.shown_to returning i.id`)
    return rows.map(({ id }) => id)
  }
}
