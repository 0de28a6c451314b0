import type { Page, PageQuery } from '@haidang/contracts/page'
import type { StationDigest, StationHistory } from '@haidang/contracts/station-digest'
import { station } from '@haidang/link/station-tables'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, exists, inArray, sql } from 'drizzle-orm'
import { stationDigest } from './digest-tables.ts'

type OrganisationNames = (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

const openOnes = sql<number>`(select count(*)::int from ${stationDigest} d
  where d.station_id = ${station.id} and d.verdict = 'contradicts' and d.settled_at is null)`
const stationFields = {
  name: { column: station.name, kind: 'text' },
  organisation_id: { column: station.organisation_id, kind: 'word' },
  open: { column: openOnes, kind: 'number' },
} as const
const digestFields = {
  received_at: { column: stationDigest.received_at, kind: 'time' },
  day: { column: stationDigest.day, kind: 'word' },
  verdict: { column: stationDigest.verdict, kind: 'word' },
} as const

/** Digests of the journals of nodes below, as screens show them. */
export class DigestView {
  readonly #names: OrganisationNames

  constructor(names: OrganisationNames) {
    this.#names = names
  }

  /** Stations that ever told of their journal, by name. */
  async stations(tx: Tx, query: PageQuery): Promise<Page<StationHistory>> {
    const told = tx
      .select({ one: sql`1` })
      .from(stationDigest)
      .where(eq(stationDigest.station_id, station.id))
    const page = keyset({
      query,
      fields: stationFields,
      sorts: ['name'],
      id: station.id,
      only: exists(told),
    })
    const { id, name, organisation_id } = station
    const { items, next } = await page.read(
      tx.select({ id, name, organisation_id, open: openOnes }).from(station),
    )
    const ids = items.map((one) => one.id)
    const last = await this.#last(tx, ids)
    const names = await this.#names(
      tx,
      items.map((one) => one.organisation_id),
    )
    return {
      items: items.flatMap((one) => {
        const found = last.get(one.id)
        const organisation_name = names.get(one.organisation_id) ?? ''
        return found ? [{ ...one, ...found, organisation_name }] : []
      }),
      next,
    }
  }

  /** Those of one station, the last received first. */
  async list(tx: Tx, stationId: string, query: PageQuery): Promise<Page<StationDigest>> {
    const page = keyset({
      query,
      fields: digestFields,
      sorts: ['-day'],
      id: stationDigest.hash,
      only: eq(stationDigest.station_id, stationId),
    })
    const { items, next } = await page.read(
      tx.select({ ...columns, id: stationDigest.hash, day: stationDigest.day }).from(stationDigest),
    )
    return { items: items.map(({ id: _, day: __, ...rest }) => rest), next }
  }

  async #last(tx: Tx, stations: readonly string[]) {
    if (stations.length === 0) return new Map()
    const rows = await tx
      .selectDistinctOn([stationDigest.station_id], {
        station_id: stationDigest.station_id,
        last: columns,
        kept: sql<number>`(select count(*)::int from ${stationDigest} d where d.station_id = ${stationDigest.station_id})`,
      })
      .from(stationDigest)
      .where(and(inArray(stationDigest.station_id, [...stations])))
      .orderBy(
        stationDigest.station_id,
        sql`${stationDigest.received_at} desc`,
        sql`${stationDigest.day} desc`,
      )
    return new Map(rows.map(({ station_id, last, kept }) => [station_id, { last, kept }]))
  }
}

const columns = {
  hash: stationDigest.hash,
  verdict: stationDigest.verdict,
  fault: stationDigest.fault,
  received_at: stationDigest.received_at,
  settled_at: stationDigest.settled_at,
  settled_by: stationDigest.settled_by,
  settled_reason: stationDigest.settled_reason,
  digest: stationDigest.document,
}
