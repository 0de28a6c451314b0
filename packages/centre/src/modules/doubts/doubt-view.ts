import type { AlertDoubt } from '@haidang/contracts/doubt'
import { type AnyColumn, type SQL, sql } from 'drizzle-orm'
import { stationDoubt } from './doubt-tables.ts'

/** The columns of a row that a station told of. */
interface ToldColumns {
  readonly node_id: AnyColumn
  readonly time: AnyColumn
  readonly recorded_at: AnyColumn
}

const open = sql`${stationDoubt.lifted_at} is null`

function covers({ node_id, time, recorded_at }: ToldColumns): SQL {
  const at = sql`(case ${stationDoubt.basis} when 'received' then ${recorded_at} else ${time} end)`
  return sql`${stationDoubt.node_id} = ${node_id} and ${at} >= ${stationDoubt.starts_at}
    and (${stationDoubt.ends_at} is null or ${at} < ${stationDoubt.ends_at})`
}

/** Whether a row lies in a span of doubt that nobody has lifted. */
export function isDoubtful(told: ToldColumns): SQL<boolean> {
  return sql<boolean>`exists (select from ${stationDoubt} where ${open} and ${covers(told)})`
}

/** The newest doubt a row lies in; null: none. */
export function doubtOf(told: ToldColumns): SQL<AlertDoubt | null> {
  return sql<AlertDoubt | null>`(
    select jsonb_build_object('id', ${stationDoubt.id}, 'reason', ${stationDoubt.reason})
    from ${stationDoubt} where ${open} and ${covers(told)}
    order by ${stationDoubt.created_at} desc limit 1)`
}
