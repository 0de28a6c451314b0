import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Gap, JoinCode, Station } from '@haidang/contracts/station'
import { joinCode, station, stationGap } from '@haidang/link/station-tables'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { Problem } from '@haidang/runtime/problem'
import { eq, getTableColumns, sql } from 'drizzle-orm'

const stationFields = {
  name: { column: station.name, kind: 'text' },
  state: { column: station.state, kind: 'word' },
  organisation_id: { column: station.organisation_id, kind: 'word' },
  node_id: { column: station.node_id, kind: 'word' },
  local: { column: station.local, kind: 'boolean' },
  software: { column: station.software, kind: 'text' },
  location: { column: station.location, kind: 'text' },
  last_heartbeat_at: { column: station.last_heartbeat_at, kind: 'time' },
  created_at: { column: station.created_at, kind: 'time' },
} as const

// Open gaps have no end of their own and come before all that are closed.
const closing = sql`coalesce(${stationGap.closed_at}, 'infinity')`
const gapFields = {
  station_id: { column: stationGap.station_id, kind: 'word' },
  stream: { column: stationGap.stream, kind: 'word' },
  kind: { column: stationGap.kind, kind: 'word' },
  from: { column: stationGap.from, kind: 'time' },
  closed_at: { column: stationGap.closed_at, kind: 'time' },
  closing: { column: closing, kind: 'time' },
} as const

const codeFields = {
  organisation_id: { column: joinCode.organisation_id, kind: 'word' },
  expires_at: { column: joinCode.expires_at, kind: 'time' },
  used_at: { column: joinCode.used_at, kind: 'time' },
  created_at: { column: joinCode.created_at, kind: 'time' },
} as const

/** What rules took on the records that stations timed, in µs. */
export interface MeasuredRules {
  /** From a record to the rules that fire on it, all rules together. */
  readonly us: number
  /** By the id alerts name the rule by. */
  readonly rules: ReadonlyMap<string, { readonly tried: number; readonly us: number }>
}

/** Names of organisations, as far as the scope of the transaction shows them. */
export type OrganisationNames = (
  tx: Tx,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, string>>

/** Stations, gaps and join codes as screens show them. */
export class StationView {
  readonly #names: OrganisationNames

  constructor(names: OrganisationNames) {
    this.#names = names
  }

  async list(tx: Tx, query: PageQuery): Promise<Page<Station>> {
    const sorts = ['name', 'created_at', 'state'] as const
    const page = keyset({ query, fields: stationFields, sorts, id: station.id })
    const { items, next } = await page.read(tx.select(stationColumns).from(station))
    return { items: await this.#named(tx, items), next }
  }

  /** Throws Problem station.not-found, also where the scope hides it. */
  async get(tx: Tx, id: string): Promise<Station> {
    const rows = await tx.select(stationColumns).from(station).where(eq(station.id, id))
    const [found] = await this.#named(tx, rows)
    if (!found) throw new Problem('station.not-found', id)
    return found
  }

  /** Gaps, open ones first, then the last closed. */
  async gaps(tx: Tx, query: PageQuery): Promise<Page<Gap>> {
    const page = keyset({
      query,
      fields: gapFields,
      sorts: ['-closing', '-from'],
      id: stationGap.id,
    })
    const { items, next } = await page.read(
      tx
        .select({
          ...gapColumns,
          station_name: station.name,
          closing: sql<string>`${closing}::text`,
        })
        .from(stationGap)
        .innerJoin(station, eq(station.id, stationGap.station_id)),
    )
    return { items: items.map(({ closing: _, ...gap }) => gap), next }
  }

  /** What rules cost at the stations that the scope of the transaction shows, by their last heartbeats. */
  async ruleCosts(tx: Tx): Promise<MeasuredRules> {
    const costs = sql`heartbeat -> 'rule_costs'`
    const total = await tx.execute<{ us: number }>(
      sql`select coalesce(sum((${costs} ->> 'us')::float8), 0) as us from station`,
    )
    const { rows } = await tx.execute<{ id: string; tried: number; us: number }>(sql`
      select rule ->> 'id' as id, sum((rule ->> 'tried')::float8) as tried,
        sum((rule ->> 'us')::float8) as us
      from station, jsonb_array_elements(${costs} -> 'rules') as rule group by 1`)
    const rules = new Map(rows.map(({ id, tried, us }) => [id, { tried, us }]))
    return { us: total.rows[0]?.us ?? 0, rules }
  }

  async joinCodes(tx: Tx, query: PageQuery): Promise<Page<JoinCode>> {
    const page = keyset({ query, fields: codeFields, sorts: ['-created_at'], id: joinCode.id })
    const { items, next } = await page.read(
      tx
        .select({
          id: joinCode.id,
          organisation_id: joinCode.organisation_id,
          expires_at: joinCode.expires_at,
          used_at: joinCode.used_at,
          created_at: joinCode.created_at,
        })
        .from(joinCode),
    )
    return { items: await this.#named(tx, items), next }
  }

  async #named<Row extends { readonly organisation_id: string }>(tx: Tx, rows: readonly Row[]) {
    const names = await this.#names(
      tx,
      rows.map(({ organisation_id }) => organisation_id),
    )
    return rows.map((row) => ({ ...row, organisation_name: names.get(row.organisation_id) ?? '' }))
  }
}

const namedOther = sql`jsonb_build_object('id', other.id, 'name', other.name)`
const stationColumns = {
  id: station.id,
  node_id: station.node_id,
  organisation_id: station.organisation_id,
  name: station.name,
  local: station.local,
  state: station.state,
  software: station.software,
  location: station.location,
  contact: station.contact,
  capabilities: station.capabilities,
  fingerprint: station.fingerprint,
  certificate_expires_at: station.certificate_expires_at,
  last_heartbeat_at: station.last_heartbeat_at,
  last_data_at: station.last_data_at,
  // What rules cost is for statistics, and long.
  heartbeat: sql<Station['heartbeat']>`${station.heartbeat} - 'rule_costs'`,
  // Written out: in a select without join the query builder leaves table names away.
  open_gaps: sql<number>`(select count(*) from station_gap as gap
    where gap.station_id = station.id and gap.closed_at is null)`.mapWith(Number),
  replaced_by: sql<Station['replaced_by']>`(select ${namedOther} from station as other
    where other.id = station.replaced_by)`,
  replaces: sql<
    Station['replaces']
  >`coalesce((select jsonb_agg(${namedOther} order by other.created_at)
    from station as other where other.replaced_by = station.id), '[]')`,
  asked_by_file: sql<boolean>`exists (select from join_file as asked
    where asked.station_id = station.id and asked.fingerprint = station.fingerprint)`,
  simulated: station.simulated,
  joined_at: station.joined_at,
  created_at: station.created_at,
}

const {
  organisation_id: _organisation,
  created_at: _created,
  ...gapColumns
} = getTableColumns(stationGap)
