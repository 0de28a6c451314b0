import { severityId } from '@haidang/contracts/severity'
import type { SpreadParameters } from '@haidang/contracts/spread-parameters'
import type { Tx } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { type Spread, spreadPrefix } from './spread.ts'
import { spread } from './spread-tables.ts'

const keyOf = ({ kind, what, simulated }: Omit<Spread, 'presences'>) =>
  JSON.stringify([kind, what, simulated])

/** Reads what is at several organisations, and remembers of what that was said. */
export class SpreadStore {
  /** What is at enough organisations in clusters whose last alert is not before `since`; at most 1,000 things. */
  async spreads(
    tx: Tx,
    { organisations, least_severity }: SpreadParameters,
    since: string,
  ): Promise<Spread[]> {
    const { rows } = await tx.execute<Record<'kind' | 'what' | 'presences', unknown>>(sql`
      with counted as (
        select * from cluster
        where last_time >= ${since} and severity_rank >= ${severityId(least_severity)}
          and rule_id not like ${`${spreadPrefix}%`}
          and coalesce(close_reason, '') not in ('false_positive', 'benign')
      ), thing as (
        select 'rule' as kind, detector || ':' || rule_id as what, * from counted
        union all
        select 'source', entity, * from counted where entity ~ '^[0-9a-fA-F:.]+$'
      ), presence as (
        select distinct on (kind, what, simulated, organisation_id)
          kind, what, simulated, organisation_id, id as cluster_id, title, tags, last_time,
          max(tlp_rank) over same as tlp_rank, max(severity_rank) over same as severity_rank
        from thing
        window same as (partition by kind, what, simulated, organisation_id)
        order by kind, what, simulated, organisation_id, last_time desc, id desc
      )
      select kind, what, simulated, jsonb_agg(jsonb_build_object(
        'organisation_id', organisation_id, 'cluster_id', cluster_id, 'title', title, 'tags', tags,
        'tlp_rank', tlp_rank, 'severity_rank', severity_rank,
        'last_time', to_char(last_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      ) order by organisation_id) as presences
      from presence
      group by kind, what, simulated
      having count(*) >= ${organisations}
      order by count(*) desc, kind, what
      limit 1000`)
    return rows as unknown as Spread[]
  }

  /** Where each thing was said to be, by `namedOf`. */
  async said(tx: Tx): Promise<(thing: Spread) => readonly string[]> {
    const rows = await tx.select().from(spread)
    const named = new Map(rows.map((row) => [keyOf(row), row.organisations]))
    return (thing) => named.get(keyOf(thing)) ?? []
  }

  /** Remembers where things are now; what is no longer at enough organisations is forgotten. */
  async remember(tx: Tx, things: readonly Spread[]): Promise<void> {
    await tx.delete(spread)
    const rows = things.map(({ kind, what, simulated, presences }) => ({
      ...{ kind, what, simulated },
      organisations: presences.map(({ organisation_id }) => organisation_id),
    }))
    if (rows.length > 0) await tx.insert(spread).values(rows)
  }
}
