import { millisecondsOf } from '@haidang/contracts/instant'
import type { GapRecord, UpStream } from '@haidang/contracts/link'
import type { Heartbeat } from '@haidang/contracts/station'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import type { Peer } from '../peer.ts'
import type { StationRow } from '../station-tables.ts'
import type { GapStore } from './gap-store.ts'
import type { StationStore } from './station-store.ts'

interface WatchParts {
  readonly stations: StationStore
  readonly gaps: GapStore
  readonly journal: Journal
  readonly clock: Clock
  /** Milliseconds without a heartbeat. */
  readonly silentAfter: number
}

const quietAfter = 15 * 60_000

/**
 * Tells three states apart (link.md section 2): silent (no heartbeat for long), quiet (heartbeat, but no
 * record reached the station for 15 min), and gap (numbers missing).
 */
export class StationWatch {
  readonly #parts: WatchParts
  readonly #started: number

  constructor(parts: WatchParts) {
    this.#parts = parts
    this.#started = parts.clock.now()
  }

  /** A heartbeat of a locked station came in. Ends a silence; closes it once the station has nothing more to send. */
  async heartbeat(tx: Tx, row: StationRow, heartbeat: Heartbeat): Promise<void> {
    const { stations, gaps, clock } = this.#parts
    const last_data_at = movedSince(row, heartbeat) ? clock.iso() : row.last_data_at
    const quiet = heartbeat.sources.length > 0 && this.#isQuiet(row, last_data_at)
    await stations.note(tx, row.id, {
      heartbeat,
      last_heartbeat_at: clock.iso(),
      last_data_at,
      software: heartbeat.software,
      source_count: heartbeat.sources.length,
      lacking_sources: heartbeat.sources.filter(isLacking).length,
      ...(row.state === 'pending' ? {} : { state: quiet ? 'quiet' : 'connected' }),
    })
    if (row.state === 'silent') {
      await gaps.endSilence(tx, row.id)
      await this.#entry(tx, row, 'station.returned', { silent_since: row.last_heartbeat_at })
    }
    if (heartbeat.queue.link_records === 0) await gaps.close(tx, row.id)
  }

  /** Records came in; `times` say when they were made, RFC 3339. */
  async data(tx: Tx, peer: Peer, times: readonly string[]): Promise<void> {
    if (times.length === 0) return
    const { stations, gaps, clock } = this.#parts
    await stations.note(tx, peer.station_id, { last_data_at: clock.iso() })
    await gaps.recover(tx, peer.station_id, times)
  }

  /** The station says itself what it had to drop. */
  async gap(tx: Tx, peer: Peer, stream: UpStream, gap: GapRecord['gap']): Promise<void> {
    const { stations, gaps } = this.#parts
    await gaps.dropped(tx, peer, stream, gap)
    const row = await stations.require(tx, peer.station_id)
    await this.#entry(tx, row, 'station.gap-reported', { stream, ...gap })
  }

  /** Finds stations that fell silent; time this node itself was down does not count. Returns how many. */
  async detectSilence(tx: Tx): Promise<number> {
    const { stations, gaps, clock, silentAfter } = this.#parts
    const now = clock.now()
    if (now - this.#started < silentAfter) return 0
    const silent = await stations.overdue(tx, ['connected', 'quiet'], isoOf(now - silentAfter))
    for (const row of silent) {
      const from = row.last_heartbeat_at ?? clock.iso()
      await stations.change(tx, row.id, { state: 'silent' })
      await gaps.openSilence(tx, { station_id: row.id, organisation_id: row.organisation_id }, from)
      await this.#entry(tx, row, 'station.silent', { last_heartbeat_at: from })
    }
    return silent.length
  }

  #isQuiet(row: StationRow, lastData: string | null): boolean {
    const since = millisecondsOf(lastData ?? row.joined_at ?? row.created_at)
    return this.#parts.clock.now() - since > quietAfter
  }

  async #entry(tx: Tx, row: StationRow, type: EntryDraft['type'], after: unknown): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: row.organisation_id,
      actor: systemScope.actor,
      authority: 'link.health',
      subject: row.id,
      after,
    })
  }
}

/** Whether a source received something since the heartbeat before. */
function movedSince(row: StationRow, { sources }: Heartbeat): boolean {
  const before = new Map(row.heartbeat?.sources.map(({ id, counters }) => [id, counters.received]))
  return sources.some(
    ({ id, rate, counters }) => rate > 0 || counters.received > (before.get(id) ?? 0),
  )
}

/** Whether records of a source fail to come as they should; one that never sent or was paused lacks nothing. */
function isLacking({ state, cause }: Heartbeat['sources'][number]): boolean {
  return state !== 'active' && state !== 'paused' && cause !== 'never-sent'
}
