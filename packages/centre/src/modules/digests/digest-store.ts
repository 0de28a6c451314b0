import type { Tx } from '@haidang/runtime/database/database'
import { and, asc, desc, eq, gt, isNull, lt, type SQL } from 'drizzle-orm'
import { stationDigest } from './digest-tables.ts'
import type { Judgement, KeptDigest } from './station-digest.ts'

interface Told {
  readonly station_id: string
  readonly organisation_id: string
  readonly received_at: string
}

interface Settling {
  readonly settled_at: string
  readonly settled_by: string
  readonly settled_reason: string
}

const kept = { hash: stationDigest.hash, digest: stationDigest.document }

/** Digests of the journals of nodes below, always inside a given transaction. */
export class DigestStore {
  async holds(tx: Tx, stationId: string, hash: string): Promise<boolean> {
    const rows = await tx
      .select({ hash: stationDigest.hash })
      .from(stationDigest)
      .where(and(of(stationId), eq(stationDigest.hash, hash)))
    return rows.length > 0
  }

  /** What is kept of the nearest earlier day, of the day itself, and of the nearest later one. */
  async neighbours(tx: Tx, stationId: string, day: string) {
    const earlier = await this.#nearest(tx, stationId, lt(stationDigest.day, day), 'before')
    const later = await this.#nearest(tx, stationId, gt(stationDigest.day, day), 'after')
    return {
      before: earlier === undefined ? [] : await this.#ofDay(tx, stationId, earlier),
      same: await this.#ofDay(tx, stationId, day),
      after: later === undefined ? [] : await this.#ofDay(tx, stationId, later),
    }
  }

  async add(tx: Tx, told: Told, { hash, digest }: KeptDigest, judged: Judgement): Promise<void> {
    const { day, entries } = digest
    await tx.insert(stationDigest).values({
      ...told,
      ...judged,
      hash,
      day,
      entries,
      document: digest,
      settled_at: null,
      settled_by: '',
      settled_reason: '',
    })
  }

  /** How many contradictions were open. */
  async settle(tx: Tx, stationId: string, settling: Settling): Promise<number> {
    const rows = await tx
      .update(stationDigest)
      .set(settling)
      .where(
        and(
          of(stationId),
          eq(stationDigest.verdict, 'contradicts'),
          isNull(stationDigest.settled_at),
        ),
      )
      .returning({ hash: stationDigest.hash })
    return rows.length
  }

  async #nearest(tx: Tx, stationId: string, which: SQL, side: 'before' | 'after') {
    const order = side === 'before' ? desc(stationDigest.day) : asc(stationDigest.day)
    const [row] = await tx
      .select({ day: stationDigest.day })
      .from(stationDigest)
      .where(and(of(stationId), which))
      .orderBy(order)
      .limit(1)
    return row?.day
  }

  async #ofDay(tx: Tx, stationId: string, day: string): Promise<KeptDigest[]> {
    return await tx
      .select(kept)
      .from(stationDigest)
      .where(and(of(stationId), eq(stationDigest.day, day)))
      .limit(100)
  }
}

function of(stationId: string): SQL {
  return eq(stationDigest.station_id, stationId)
}
