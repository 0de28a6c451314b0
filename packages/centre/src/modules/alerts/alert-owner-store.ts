import { storableJson } from '@haidang/contracts/storable'
import type { Tx } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { AlertPackStore, type AlertPlace } from './alert-pack-store.ts'

/** Whose something is by the register, and whom it is shown beside who has it. */
export interface Owned {
  readonly system_id: string | null
  readonly owner_id: string | null
  readonly owner_range: string | null
  readonly shown_to: string | null
}

/** What of an alert its owner follows from, and whose it is as far as is known. */
export interface OwnableAlert extends Owned, AlertPlace {
  /** As the database writes it, to continue after it. */
  readonly mark: string
  readonly time: string
  readonly organisation_id: string
  readonly tlp_rank: number
  readonly entity: string
  readonly cluster_id: string | null
  readonly attributed: boolean
}

/** Where a walk through alerts is: after this time and id. */
export interface Mark {
  readonly time: string
  readonly id: string
}

/** Seconds since the epoch, the second not included. */
export interface Seconds {
  readonly from: number
  readonly until: number
}

const columns = sql`id, time::text as mark, to_char(time at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time,
  organisation_id, tlp_rank, entity, cluster_id, attributed, system_id, owner_id, owner_range, shown_to,
  pack_id, pack_line`

/** Whose alerts are, always inside a given transaction and so inside its scope. */
export class AlertOwnerStore {
  readonly #packs = new AlertPackStore()

  /** Some alerts of a time in the order of their times, after a mark. */
  async inPeriod(tx: Tx, seconds: Seconds, after: Mark, limit: number): Promise<OwnableAlert[]> {
    const { rows } = await tx.execute<OwnableAlert & Record<string, unknown>>(sql`
      select ${columns} from alert
      where ${within(seconds)} and (time, id) > (${after.time}::timestamptz, ${after.id})
      order by alert.time, id limit ${limit}`)
    return rows
  }

  /** The newest alerts of a time. */
  async newest(tx: Tx, seconds: Seconds, limit: number): Promise<OwnableAlert[]> {
    const { rows } = await tx.execute<OwnableAlert & Record<string, unknown>>(sql`
      select ${columns} from alert where ${within(seconds)} order by alert.time desc, id desc limit ${limit}`)
    return rows
  }

  async count(tx: Tx, seconds: Seconds): Promise<number> {
    const { rows } = await tx.execute<{ count: number }>(
      sql`select count(*)::int as count from alert where ${within(seconds)}`,
    )
    return rows[0]?.count ?? 0
  }

  /** Some alerts of these clusters of which the register was not asked yet; of all clusters where none is named. */
  async unattributed(tx: Tx, clusters: readonly string[], limit: number): Promise<OwnableAlert[]> {
    const { rows } = await tx.execute<OwnableAlert & Record<string, unknown>>(sql`
      select ${columns} from alert
      where not attributed ${
        clusters.length === 0
          ? sql``
          : sql`and cluster_id = any(${sql.param([...clusters])}::text[])`
      } limit ${limit}`)
    return rows
  }

  /** Writes whose these alerts are. One that is shown to its owner comes out of its pack: others lie there too. */
  async attribute(
    tx: Tx,
    alerts: readonly (OwnableAlert & { readonly now: Owned })[],
  ): Promise<void> {
    if (alerts.length === 0) return
    const packed = alerts.filter(({ now, pack_id }) => now.shown_to !== null && pack_id !== null)
    const bodies = await this.#packs.read(tx, packed)
    const alone = packed.flatMap(({ id, organisation_id, tlp_rank }) => {
      const body = bodies.get(id)
      return body ? [{ alert_id: id, organisation_id, tlp_rank, body }] : []
    })
    await tx.execute(sql`
      insert into alert_body (alert_id, organisation_id, tlp_rank, body)
      select alert_id, organisation_id, tlp_rank, body
      from jsonb_to_recordset(${storableJson(alone)}::jsonb) as r(
        alert_id text, organisation_id text, tlp_rank smallint, body jsonb)
      on conflict (alert_id) do nothing`)
    const rows = alerts.map(({ id, now }) => ({ id, ...now, unpack: bodies.has(id) }))
    const given = sql`jsonb_to_recordset(${storableJson(rows)}::jsonb) as r(
      id text, system_id text, owner_id text, owner_range text, shown_to text, unpack boolean)`
    await tx.execute(sql`
      update alert set attributed = true, system_id = r.system_id, owner_id = r.owner_id,
        owner_range = r.owner_range, shown_to = r.shown_to,
        pack_id = case when r.unpack then null else pack_id end,
        pack_line = case when r.unpack then null else pack_line end
      from ${given} where alert.id = r.id`)
    await tx.execute(sql`
      update alert_body set shown_to = r.shown_to from ${given}
      where alert_body.alert_id = r.id and alert_body.shown_to is distinct from r.shown_to`)
  }
}

function within({ from, until }: Seconds) {
  return sql`alert.time >= to_timestamp(${from}) and alert.time < to_timestamp(${until})`
}
