import type { Page, PageQuery } from '@haidang/contracts/page'
import { station } from '@haidang/link/station-tables'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import {
  type ConfigurationVersionRow,
  configurationVersion,
  type StationConfigurationRow,
  stationConfiguration,
} from './configuration-tables.ts'

const versionFields = {
  number: { column: configurationVersion.number, kind: 'number' },
  reason: { column: configurationVersion.reason, kind: 'text' },
  created_at: { column: configurationVersion.created_at, kind: 'time' },
} as const

const stationFields = {
  name: { column: station.name, kind: 'text' },
  organisation_id: { column: station.organisation_id, kind: 'word' },
  station_id: { column: station.id, kind: 'word' },
  assigned: { column: stationConfiguration.assigned, kind: 'number' },
  answered: { column: stationConfiguration.answered, kind: 'number' },
  created_at: { column: station.created_at, kind: 'time' },
} as const

/** A station that takes settings, with what it was given. */
export interface ConfiguredStation {
  readonly id: string
  readonly node_id: string
  readonly name: string
  readonly organisation_id: string
  readonly created_at: string
  readonly last_heartbeat_at: string | null
  /** The version it says it holds; null: it said nothing of it. */
  readonly held: number | null
  readonly row: StationConfigurationRow | null
}

/** Versions of the plan and what became of them at each station, always inside a given transaction. */
export class ConfigurationStore {
  /** One page, newest first. */
  list(tx: Tx, query: PageQuery): Promise<Page<ConfigurationVersionRow>> {
    const sorts = ['-number'] as const
    const page = keyset({ query, fields: versionFields, sorts, id: configurationVersion.number })
    const id = sql<string>`${configurationVersion.number}::text`
    return page.read(
      tx.select({ ...getTableColumns(configurationVersion), id }).from(configurationVersion),
    )
  }

  async newest(tx: Tx): Promise<ConfigurationVersionRow | undefined> {
    const [row] = await tx
      .select()
      .from(configurationVersion)
      .orderBy(desc(configurationVersion.number))
      .limit(1)
    return row
  }

  async version(tx: Tx, number: number): Promise<ConfigurationVersionRow | undefined> {
    const [row] = await tx
      .select()
      .from(configurationVersion)
      .where(eq(configurationVersion.number, number))
    return row
  }

  /** Fails on `configuration_version_pkey` where another took the number first. */
  async add(tx: Tx, row: ConfigurationVersionRow): Promise<void> {
    await tx.insert(configurationVersion).values(row)
  }

  /** One page of the stations that take settings, by name. */
  stations(tx: Tx, query: PageQuery): Promise<Page<ConfiguredStation>> {
    const sorts = ['name', 'created_at'] as const
    const page = keyset({ query, fields: stationFields, sorts, id: station.id, only: taking })
    return page.read(this.#stations(tx))
  }

  /** Every station that takes settings, by name. */
  everyStation(tx: Tx): Promise<ConfiguredStation[]> {
    return this.#stations(tx).where(taking).orderBy(station.name, station.id)
  }

  async station(tx: Tx, id: string): Promise<ConfiguredStation | undefined> {
    const [row] = await this.#stations(tx).where(eq(station.id, id))
    return row
  }

  async put(tx: Tx, row: StationConfigurationRow): Promise<void> {
    await tx
      .insert(stationConfiguration)
      .values(row)
      .onConflictDoUpdate({ target: stationConfiguration.station_id, set: row })
  }

  #stations(tx: Tx) {
    const { id, node_id, name, organisation_id, created_at, last_heartbeat_at } = station
    const held = sql<number | null>`(${station.heartbeat} -> 'configuration' ->> 'number')::int`
    const known = { id, node_id, name, organisation_id, created_at, last_heartbeat_at, held }
    return tx
      .select({ ...known, row: stationConfiguration })
      .from(station)
      .leftJoin(stationConfiguration, eq(stationConfiguration.station_id, station.id))
  }
}

/** Nodes below that may speak; this very node sets its own affairs itself. */
const taking = and(eq(station.local, false), sql`${station.accepted_fingerprint} is not null`)
