import type { Envelope } from '@haidang/contracts/link'
import {
  type MonitoringReport,
  MonitoringRequest,
  type OwnMonitoring,
} from '@haidang/contracts/monitoring'
import type { BulkLimits } from '@haidang/contracts/release'
import type { BulkHandlers } from '@haidang/link/child/child-parts'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { ReleaseDesk } from '../release/release-desk.ts'
import { BulkRate } from './bulk-rate.ts'
import type { MonitoringStore } from './monitoring-store.ts'

/** Events that came to lie in the event store together. */
export interface StoredEvents {
  /** Of their insert. */
  readonly token: string
  /** Receive times, milliseconds since the epoch, both included. */
  readonly from: number
  readonly to: number
  readonly sources: ReadonlyMap<string, { readonly events: number; readonly bytes: number }>
}

interface MonitoringParts {
  readonly database: Database
  readonly store: MonitoringStore
  readonly desk: ReleaseDesk
  readonly journal: Journal
  readonly clock: Clock
  /** The organisation above, as it signs. Undefined without a parent. */
  readonly parent: (tx: Tx) => Promise<string | undefined>
}

/** Of Viet Nam, which knows no summer time. */
const zoneMinutes = 7 * 60
const dayMinutes = 24 * 60

/**
 * Directives of kind monitoring: the parent asks for sources whole, the owner's release policy says what of
 * them leaves. Events are offered where they lie; the forwarder gives them to the link in their turn.
 */
export class DirectMonitoring implements BulkHandlers {
  readonly #parts: MonitoringParts
  readonly #rate: BulkRate

  constructor(parts: MonitoringParts) {
    this.#parts = parts
    this.#rate = new BulkRate(parts.clock)
  }

  /** Takes a request whose signature was verified. Throws Problem request.invalid, or permission.missing for another's. */
  async requested(tx: Tx, { from, data }: Envelope): Promise<void> {
    const { store, journal, parent } = this.#parts
    if (from !== (await parent(tx))) throw new Problem('permission.missing', 'only the parent asks')
    const read = MonitoringRequest.safeParse(data)
    if (!read.success) throw new Problem('request.invalid', read.error.message.slice(0, 500))
    const request = read.data
    const before = await store.request(tx)
    await store.putRequest(tx, request)
    if (request.sources.length === 0) await store.removeAll(tx)
    await journal.append(tx, {
      type: 'monitoring.changed',
      organisation_id: null,
      actor: { id: from, name: from },
      authority: 'link.messages',
      subject: `monitoring:${request.number}`,
      reason: request.reason,
      before,
      after: request,
    })
  }

  /** Offers those of stored events that the parent asks for and the policy lets out, in the caller's transaction. */
  async offer(tx: Tx, { token, from, to, sources }: StoredEvents): Promise<void> {
    const { store } = this.#parts
    const request = await store.request(tx)
    if (!request || request.sources.length === 0 || !(await this.#parts.parent(tx))) return
    const asked = new Set(request.sources)
    const named = [...sources].filter(([id, { events }]) => asked.has(id) && events > 0)
    if (named.length === 0) return
    const allowed = await this.#allowed(tx, request.sources)
    const offered = named.filter(([id]) => allowed.get(id)?.allowed)
    if (offered.length === 0) return
    await store.offer(tx, {
      token,
      sources: offered.map(([id]) => id),
      from_time: isoOf(from),
      to_time: isoOf(to),
      records: offered.reduce((sum, [, { events }]) => sum + events, 0),
      bytes: offered.reduce((sum, [, { bytes }]) => sum + bytes, 0),
    })
  }

  /** What the heartbeat says. */
  async report(tx: Tx): Promise<MonitoringReport> {
    const { store } = this.#parts
    const request = await store.request(tx)
    const allowed = await this.#allowed(tx, request?.sources ?? [])
    const { records, oldest_at } = await store.backlog(tx)
    const { bytes_per_second, resting } = await this.#limits(tx, request)
    return {
      number: request?.number ?? 0,
      sources: [...allowed].map(([id, source]) => ({ id, ...source })),
      waiting: records,
      oldest_at,
      ...this.#rate.perSecond(),
      limit: bytes_per_second,
      resting,
    }
  }

  /** What the parent asks for, for people. */
  own(): Promise<OwnMonitoring> {
    const { database, store } = this.#parts
    return database.transact(systemScope, async (tx) => ({
      request: (await store.request(tx)) ?? null,
      report: await this.report(tx),
    }))
  }

  limits(): ReturnType<BulkHandlers['limits']> {
    const { database, store } = this.#parts
    return database.transact(systemScope, async (tx) => this.#limits(tx, await store.request(tx)))
  }

  sent(records: number, bytes: number): void {
    this.#rate.add(records, bytes)
  }

  /** The narrower of the owner's and the parent's limits. */
  async #limits(tx: Tx, request: MonitoringRequest | undefined) {
    const { desk, clock } = this.#parts
    const { policy } = await desk.inForce(tx)
    const both = [policy.bulk, ...(request ? [request.limits] : [])]
    const rates = both.flatMap(({ bytes_per_second }) => bytes_per_second ?? [])
    return {
      bytes_per_second: rates.length === 0 ? null : Math.min(...rates),
      resting: both.some((limits) => isQuiet(limits, clock.now())),
    }
  }

  async #allowed(tx: Tx, ids: readonly string[]) {
    const { desk, clock } = this.#parts
    const { rules } = await desk.inForce(tx)
    const names = ids.length === 0 ? new Map<string, string>() : await desk.sourceNames(tx)
    const now = clock.now()
    return new Map(
      ids.map((id) => {
        const name = names.get(id)
        const allowed = rules.lets([id, name ?? []].flat(), now)
        return [id, { name: name ?? id, allowed }]
      }),
    )
  }
}

/** Whether `now`, milliseconds since the epoch, lies in quiet hours of Viet Nam. */
export function isQuiet({ quiet_hours }: Pick<BulkLimits, 'quiet_hours'>, now: number): boolean {
  const minute = (Math.floor(now / 60_000) + zoneMinutes) % dayMinutes
  return quiet_hours.some(({ from, to }) => {
    const [start, end] = [minuteOf(from), minuteOf(to)]
    return start <= end ? minute >= start && minute < end : minute >= start || minute < end
  })
}

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}
