import type { Page, PageQuery } from '@haidang/contracts/page'
import { station } from '@haidang/link/station-tables'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { portions } from '@haidang/runtime/database/portions'
import { and, desc, eq, getTableColumns, inArray, or, sql } from 'drizzle-orm'
import {
  type RuleSetRow,
  ruleSet,
  ruleSetFile,
  ruleSetStation,
  type SetFileRow,
  type SetStationRow,
} from './rule-set-tables.ts'

const setFields = {
  number: { column: ruleSet.number, kind: 'number' },
  hash: { column: ruleSet.hash, kind: 'word' },
  note: { column: ruleSet.note, kind: 'text' },
  ring: { column: ruleSet.ring, kind: 'word' },
  published_at: { column: ruleSet.published_at, kind: 'time' },
} as const

const ring = sql<string>`coalesce(${ruleSetStation.ring}, 'general')`
const stationFields = {
  name: { column: station.name, kind: 'text' },
  ring: { column: ring, kind: 'word' },
  organisation_id: { column: station.organisation_id, kind: 'word' },
  node_id: { column: station.node_id, kind: 'word' },
  local: { column: station.local, kind: 'boolean' },
  created_at: { column: station.created_at, kind: 'time' },
} as const

const atOnce = 500
/** Names the advisory lock under which sets are numbered. */
const numbering = 7_246_020

/** A station that takes rule sets, with what is known of its set. */
export interface TakingStation {
  readonly id: string
  readonly node_id: string
  readonly name: string
  readonly organisation_id: string
  readonly local: boolean
  readonly heartbeat: (typeof station.$inferSelect)['heartbeat']
  readonly last_heartbeat_at: string | null
  readonly created_at: string
  readonly row: SetStationRow | null
}

/** Rows of rule sets and of the stations that take them, always inside a given transaction. */
export class RuleSetStore {
  /** One page, newest first. */
  async list(tx: Tx, query: PageQuery): Promise<Page<RuleSetRow>> {
    const sorts = ['-number', 'published_at'] as const
    const page = keyset({ query, fields: setFields, sorts, id: ruleSet.number })
    return page.read(
      tx
        .select({ ...getTableColumns(ruleSet), id: sql<string>`${ruleSet.number}::text` })
        .from(ruleSet),
    )
  }

  async get(tx: Tx, number: number): Promise<RuleSetRow | undefined> {
    const [row] = await tx.select().from(ruleSet).where(eq(ruleSet.number, number))
    return row
  }

  /** Until the transaction ends nobody else numbers or rolls out a set. */
  async lock(tx: Tx): Promise<void> {
    await tx.execute(sql`select pg_advisory_xact_lock(${numbering})`)
  }

  async newest(tx: Tx): Promise<RuleSetRow | undefined> {
    const [row] = await tx.select().from(ruleSet).orderBy(desc(ruleSet.number)).limit(1)
    return row
  }

  /** Number, ring and hash of every set. */
  async outline(tx: Tx): Promise<Pick<RuleSetRow, 'number' | 'ring' | 'hash'>[]> {
    const { number, ring: rolledOut, hash } = ruleSet
    return await tx.select({ number, ring: rolledOut, hash }).from(ruleSet)
  }

  async add(tx: Tx, row: RuleSetRow, files: readonly SetFileRow[]): Promise<void> {
    for (const some of portions(files, atOnce)) {
      await tx.insert(ruleSetFile).values(some).onConflictDoNothing()
    }
    await tx.insert(ruleSet).values(row)
  }

  async change(tx: Tx, number: number, change: Partial<RuleSetRow>): Promise<void> {
    await tx.update(ruleSet).set(change).where(eq(ruleSet.number, number))
  }

  /** Files by hash. */
  async files(tx: Tx, hashes: readonly string[]): Promise<Map<string, SetFileRow>> {
    const found = new Map<string, SetFileRow>()
    for (const some of portions(hashes, atOnce)) {
      const named = inArray(ruleSetFile.sha256, some)
      for (const row of await tx.select().from(ruleSetFile).where(named)) found.set(row.sha256, row)
    }
    return found
  }

  /** Stations below this node and its own, one page by name. */
  async stations(tx: Tx, query: PageQuery): Promise<Page<TakingStation>> {
    const sorts = ['name', 'created_at'] as const
    const page = keyset({ query, fields: stationFields, sorts, id: station.id, only: taking })
    return page.read(this.#stations(tx))
  }

  /** Any station, also one that does not take sets yet. */
  async station(tx: Tx, id: string): Promise<TakingStation | undefined> {
    const [row] = await this.#stations(tx).where(eq(station.id, id))
    return row
  }

  /** Those of these stations that take sets. */
  async stationsOf(tx: Tx, ids: readonly string[]): Promise<TakingStation[]> {
    return ids.length === 0
      ? []
      : await this.#stations(tx).where(and(taking, inArray(station.id, [...ids])))
  }

  /** Every station that takes sets. */
  async everyStation(tx: Tx): Promise<TakingStation[]> {
    return await this.#stations(tx).where(taking)
  }

  /** What is known of a station's set, locked until the transaction ends; made where it is not there. */
  async lockStation(
    tx: Tx,
    of: { readonly id: string; readonly organisation_id: string },
  ): Promise<SetStationRow> {
    const { id: station_id, organisation_id } = of
    await tx
      .insert(ruleSetStation)
      .values({ station_id, organisation_id, ring: 'general' })
      .onConflictDoNothing()
    const [row] = await tx
      .select()
      .from(ruleSetStation)
      .where(eq(ruleSetStation.station_id, station_id))
      .for('update')
    if (!row) throw new Error('the row of a station vanished')
    return row
  }

  async putStation(tx: Tx, row: SetStationRow): Promise<void> {
    await tx.update(ruleSetStation).set(row).where(eq(ruleSetStation.station_id, row.station_id))
  }

  #stations(tx: Tx) {
    const { id, node_id, name, organisation_id, local, heartbeat } = station
    const { last_heartbeat_at, created_at } = station
    const known = { id, node_id, name, organisation_id, local, heartbeat }
    return tx
      .select({ ...known, last_heartbeat_at, created_at, row: ruleSetStation })
      .from(station)
      .leftJoin(ruleSetStation, eq(ruleSetStation.station_id, station.id))
  }
}

/** Stations that may speak; a revoked one is given nothing. */
const taking = or(eq(station.local, true), sql`${station.accepted_fingerprint} is not null`)
