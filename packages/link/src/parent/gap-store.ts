import type { GapRecord, UpStream } from '@haidang/contracts/link'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { stationGap } from '../station-tables.ts'

interface Owner {
  readonly station_id: string
  readonly organisation_id: string
}
export type GapRow = typeof stationGap.$inferSelect

/** Stretches of streams that are or were missing. */
export class GapStore {
  readonly #newId: NewId
  readonly #clock: Clock

  constructor(newId: NewId, clock: Clock) {
    this.#newId = newId
    this.#clock = clock
  }

  /** Opens a silence that began at `from`. */
  async openSilence(tx: Tx, owner: Owner, from: string): Promise<void> {
    await tx.insert(stationGap).values({
      ...this.#blank(owner),
      stream: 'heartbeat',
      kind: 'silence',
      first: null,
      last: null,
      count: 0,
      from,
      to: null,
      reason: 'no heartbeat',
      closed_at: null,
    })
  }

  /** The child says itself what it dropped: known, final and closed at once. */
  async dropped(tx: Tx, owner: Owner, stream: UpStream, gap: GapRecord['gap']): Promise<void> {
    await tx.insert(stationGap).values({
      ...this.#blank(owner),
      stream,
      kind: 'dropped',
      ...gap,
      closed_at: this.#clock.iso(),
    })
  }

  /** The silence is over; what was made meanwhile may still be on its way. */
  async endSilence(tx: Tx, stationId: string): Promise<void> {
    await tx
      .update(stationGap)
      .set({ to: this.#clock.iso() })
      .where(and(isOpen(stationId), isNull(stationGap.to)))
  }

  /** Counts records made during a silence that arrive after it; `times` are RFC 3339. */
  async recover(tx: Tx, stationId: string, times: readonly string[]): Promise<void> {
    const [gap] = await tx
      .select()
      .from(stationGap)
      .where(and(isOpen(stationId), isNotNull(stationGap.to)))
      .orderBy(stationGap.from)
      .limit(1)
    const late = gap ? times.filter((time) => time < (gap.to ?? '')).length : 0
    if (!gap || late === 0) return
    await tx
      .update(stationGap)
      .set({
        recovered: sql`${stationGap.recovered} + ${late}::int8`,
        count: sql`${stationGap.count} + ${late}::int8`,
      })
      .where(eq(stationGap.id, gap.id))
  }

  /** Nothing is left to come: closes what has ended and returns it. */
  async close(tx: Tx, stationId: string): Promise<GapRow[]> {
    return await tx
      .update(stationGap)
      .set({ closed_at: this.#clock.iso() })
      .where(and(isOpen(stationId), isNotNull(stationGap.to)))
      .returning()
  }

  #blank({ station_id, organisation_id }: Owner) {
    const id = this.#newId('gap')
    return { id, station_id, organisation_id, recovered: 0, created_at: this.#clock.iso() }
  }
}

function isOpen(stationId: string) {
  return and(
    eq(stationGap.station_id, stationId),
    eq(stationGap.kind, 'silence'),
    isNull(stationGap.closed_at),
  )
}
