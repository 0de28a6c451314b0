import type { LinkStream } from '@haidang/contracts/link'
import type { StationState } from '@haidang/contracts/station'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { and, count, eq, inArray, lt, sql } from 'drizzle-orm'
import { type StationRow, station, stationReject, stationStream } from '../station-tables.ts'

const keptRejects = 1000

/** A record of a station that could not be read. */
export interface RejectedRecord {
  readonly station: { readonly station_id: string; readonly organisation_id: string }
  readonly stream: LinkStream
  readonly seq: number
  readonly reason: string
  readonly line: string
  readonly received_at: string
}

export interface NamedStation {
  readonly id: string
  readonly name: string
  readonly state: StationState
  readonly last_heartbeat_at: string | null
}

/** Rows of the station registry, always inside a given transaction. */
export class StationStore {
  /** Throws Problem station.not-found, also where the scope hides it. */
  async require(tx: Tx, id: string): Promise<StationRow> {
    const [row] = await tx.select().from(station).where(eq(station.id, id)).for('update')
    if (!row) throw new Problem('station.not-found', id)
    return row
  }

  async ofNode(tx: Tx, nodeId: string): Promise<StationRow | undefined> {
    const [row] = await tx.select().from(station).where(eq(station.node_id, nodeId))
    return row
  }

  async ofTicket(tx: Tx, ticketHash: string): Promise<StationRow | undefined> {
    const [row] = await tx.select().from(station).where(eq(station.ticket_hash, ticketHash))
    return row
  }

  /** What nodes are called, for as many of these as the scope shows. */
  async names(tx: Tx, nodeIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (nodeIds.length === 0) return new Map()
    const rows = await tx
      .select({ node_id: station.node_id, name: station.name })
      .from(station)
      .where(inArray(station.node_id, [...new Set(nodeIds)]))
    return new Map(rows.map(({ node_id, name }) => [node_id, name]))
  }

  async local(tx: Tx): Promise<StationRow | undefined> {
    const [row] = await tx.select().from(station).where(eq(station.local, true))
    return row
  }

  /** The station whose accepted or revoked key this is. */
  async ofFingerprint(tx: Tx, fingerprint: string): Promise<StationRow | undefined> {
    const [row] = await tx
      .select()
      .from(station)
      .where(
        sql`${station.accepted_fingerprint} = ${fingerprint} or ${station.revoked_fingerprint} = ${fingerprint}`,
      )
      .orderBy(sql`${station.accepted_fingerprint} = ${fingerprint} desc nulls last`)
      .limit(1)
    return row
  }

  /** Nodes through which an organisation can be reached. */
  async nodesOf(tx: Tx, organisationId: string): Promise<string[]> {
    const rows = await tx
      .select({ node_id: station.node_id })
      .from(station)
      .where(
        and(
          eq(station.organisation_id, organisationId),
          eq(station.local, false),
          sql`${station.accepted_fingerprint} is not null`,
        ),
      )
    return rows.map(({ node_id }) => node_id)
  }

  /** Nodes below that may speak. */
  async accepted(tx: Tx): Promise<{ node_id: string; organisation_id: string }[]> {
    return await tx
      .select({ node_id: station.node_id, organisation_id: station.organisation_id })
      .from(station)
      .where(isAccepted)
  }

  /** How many nodes below may speak or wait for it. */
  async underAuthority(tx: Tx): Promise<number> {
    const rows = await tx.select({ n: count() }).from(station).where(isExpected)
    return rows[0]?.n ?? 0
  }

  /** Those of them that have not yet shown a certificate of this authority, longest silent first. */
  async notUnder(tx: Tx, authority: string, most: number): Promise<NamedStation[]> {
    return await tx
      .select({
        id: station.id,
        name: station.name,
        state: station.state,
        last_heartbeat_at: station.last_heartbeat_at,
      })
      .from(station)
      .where(and(isExpected, sql`${station.authority} is distinct from ${authority}`))
      .orderBy(sql`${station.last_heartbeat_at} nulls first`, station.id)
      .limit(most)
  }

  /** Tells every node below, at its next exchange, to renew before its time. */
  async askRenewal(tx: Tx): Promise<void> {
    await tx.update(station).set({ renewal_due: true }).where(isAccepted)
  }

  /** Forgets the certificates given out, all of which have ended. Returns how many. */
  async endCertificates(tx: Tx): Promise<number> {
    const ended = await tx
      .update(station)
      .set({ certificate: null, certificate_expires_at: null, authority: null })
      .where(isAccepted)
      .returning({ id: station.id })
    return ended.length
  }

  /** Whether any node below this one was ever accepted. */
  async hasChildren(tx: Tx): Promise<boolean> {
    const rows = await tx
      .select({ id: station.id })
      .from(station)
      .where(and(eq(station.local, false), sql`${station.joined_at} is not null`))
      .limit(1)
    return rows.length > 0
  }

  async add(tx: Tx, row: StationRow): Promise<void> {
    await tx.insert(station).values(row)
  }

  async change(tx: Tx, id: string, change: Partial<StationRow>): Promise<StationRow> {
    const [row] = await tx.update(station).set(change).where(eq(station.id, id)).returning()
    if (!row) throw new Problem('station.not-found', id)
    return row
  }

  /** The same without reading the row back. */
  async note(tx: Tx, id: string, change: Partial<StationRow>): Promise<void> {
    await tx.update(station).set(change).where(eq(station.id, id))
  }

  /** Stations in one of these states whose last heartbeat is older than `before`. */
  overdue(tx: Tx, states: StationState[], before: string): Promise<StationRow[]> {
    return tx
      .select()
      .from(station)
      .where(and(inArray(station.state, states), lt(station.last_heartbeat_at, before)))
      .limit(1000)
      .for('update', { skipLocked: true })
  }

  /** The watermark of a stream, locked until the transaction ends: two batches of one stream take turns. */
  async watermark(tx: Tx, stationId: string, stream: LinkStream): Promise<number> {
    const known = await tx
      .select()
      .from(stationStream)
      .where(isStream(stationId, stream))
      .for('update')
    if (known[0]) return known[0].stored
    await tx
      .insert(stationStream)
      .values({ station_id: stationId, stream, stored: 0 })
      .onConflictDoNothing()
    const [row] = await tx
      .select()
      .from(stationStream)
      .where(isStream(stationId, stream))
      .for('update')
    return row?.stored ?? 0
  }

  async moveWatermark(
    tx: Tx,
    stationId: string,
    stream: LinkStream,
    stored: number,
  ): Promise<void> {
    await tx.update(stationStream).set({ stored }).where(isStream(stationId, stream))
  }

  /** What is held of every stream of a station. */
  async watermarks(tx: Tx, stationId: string): Promise<Record<string, number>> {
    const rows = await tx
      .select()
      .from(stationStream)
      .where(eq(stationStream.station_id, stationId))
    return Object.fromEntries(rows.map(({ stream, stored }) => [stream, stored]))
  }

  /** Keeps what could not be read, the newest 1,000 of each station. */
  async reject(tx: Tx, { station: { station_id, organisation_id }, ...rest }: RejectedRecord) {
    const [row] = await tx
      .insert(stationReject)
      .values({ station_id, organisation_id, ...rest })
      .returning({ id: stationReject.id })
    if (!row || row.id % 100 !== 0) return
    await tx.delete(stationReject).where(
      sql`${stationReject.station_id} = ${station_id} and ${stationReject.id} <= (
        select id from station_reject where station_id = ${station_id}
        order by id desc offset ${keptRejects} limit 1)`,
    )
  }
}

const isAccepted = and(eq(station.local, false), sql`${station.accepted_fingerprint} is not null`)
const isExpected = and(
  eq(station.local, false),
  sql`(${station.accepted_fingerprint} is not null or ${station.state} = 'pending')`,
)

function isStream(stationId: string, stream: LinkStream) {
  return and(eq(stationStream.station_id, stationId), eq(stationStream.stream, stream))
}
