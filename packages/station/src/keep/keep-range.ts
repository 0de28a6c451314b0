import { storableText } from '@haidang/contracts/storable'
import { tlpRank } from '@haidang/contracts/tlp'
import { type WrittenAlert, writtenTogether } from '@haidang/contracts/written-alert'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { derivedId } from '@haidang/runtime/ids'
import type { SpoolPosition, SpoolRange } from '@haidang/runtime/spool/spool'
import { isAnonymous } from '../collect/batch-keys.ts'
import { readOrigin } from '../collect/origin.ts'
import type { SourceBook } from '../collect/source-book.ts'
import type { Examined } from '../detect/examine-chunk.ts'
import type { RangeWatches } from '../detect/range-watch.ts'
import type { StoredEvents } from '../direct/monitoring.ts'
import type { HourStore } from '../expect/hour-store.ts'
import type { RejectDraft } from '../line.ts'
import type { BatchIdentity, LineStore, RangeTally } from './line-store.ts'
import type { RejectStore } from './reject-store.ts'
import { sourceHoursOf } from './source-hours.ts'
import type { RejectRow } from './station-tables.ts'

/** What happens to alerts, in the transaction that keeps them. */
export interface StationPorts {
  onAlerts(tx: Tx, alerts: readonly WrittenAlert[]): Promise<void>
  /** Events of a range that lie in the event store, in the transaction that keeps the range. */
  onEvents?(tx: Tx, stored: StoredEvents): Promise<void>
}

export interface KeeperParts {
  readonly database: Database
  readonly lines: LineStore
  readonly hours: HourStore
  readonly rejects: RejectStore
  readonly blobs: Blobs
  readonly book: SourceBook
  readonly ports: StationPorts
  readonly clock: Clock
  readonly watches: RangeWatches
  readonly nodeId: string
  readonly organisationId: string
}

/** Bytes of a reject that stand in its row; more go to a blob. */
const inlineBytes = 65_536
const excerptBytes = 2048

/** What a range amounted to, for the figures in memory. */
export interface Kept {
  readonly tallies: ReadonlyMap<string, RangeTally>
  readonly batches: readonly BatchIdentity[]
  /** How many alerts were raised. */
  readonly alerts: number
}

/** Keeps what the line made of a range: all of it with the checkpoint, or nothing. */
export class Keeper {
  readonly #parts: KeeperParts

  constructor(parts: KeeperParts) {
    this.#parts = parts
  }

  /** Idempotent: a range at or below the checkpoint is kept already and changes nothing. */
  async keep(range: SpoolRange, examined: Examined): Promise<Kept> {
    const { database, lines, hours, rejects, ports, clock, watches } = this.#parts
    const watched = await watches.watch(range, examined)
    const found = watched.flatMap((part) => part.alerts)
    const alerts = [...examined.alerts, ...writtenTogether(found)]
    const rows = await Promise.all(examined.rejects.map((draft) => this.#rejectRow(draft)))
    const tallies = talliesOf(range, examined)
    const batches = batchesOf(range)
    const sourceHours = sourceHoursOf(range.records)
    await database.transact(systemScope, async (tx) => {
      const before = await lines.checkpoint(tx)
      if (before?.position && !isBefore(before.position, range.to)) return
      if (alerts.length > 0) await ports.onAlerts(tx, alerts)
      await ports.onEvents?.(tx, storedOf(range, tallies))
      await watches.keep(tx, range.to, watched)
      await rejects.add(tx, rows)
      for (const [sourceId, tally] of tallies) {
        await lines.count(tx, this.#ownerOf(sourceId), sourceId, tally)
      }
      await hours.add(tx, sourceHours, (id) => this.#ownerOf(id))
      await lines.rememberBatches(tx, batches, clock.iso())
      await lines.moveTo(tx, range.to)
    })
    return { tallies, batches, alerts: alerts.length }
  }

  #ownerOf(sourceId: string): string {
    return this.#parts.book.get(sourceId)?.organisation_id ?? this.#parts.organisationId
  }

  async #rejectRow(draft: RejectDraft): Promise<RejectRow> {
    const { book, nodeId, blobs } = this.#parts
    const { source_id, position, received_at, body } = draft
    const source = book.get(source_id)
    const isLarge = body.length > inlineBytes
    return {
      id: derivedId('reject', received_at, nodeId, position.segment, position.offset),
      organisation_id: this.#ownerOf(source_id),
      tlp_rank: tlpRank(source?.tlp ?? 'amber'),
      source_id,
      source_name: source?.name ?? source_id,
      origin: draft.origin,
      segment: position.segment,
      offset: position.offset,
      reason: draft.reason,
      detail: storableText(draft.detail),
      format: draft.format,
      size: readOrigin(draft.origin).cutFrom ?? body.length,
      excerpt: excerptOf(body),
      body: isLarge ? null : body,
      blob: isLarge ? await blobs.put(body) : null,
      received_time: isoOf(received_at),
      replayed_at: null,
      replayed_as: null,
    }
  }
}

/** Whether one position lies before another. */
export function isBefore(a: SpoolPosition, b: SpoolPosition): boolean {
  return a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset)
}

/** The first bytes as text, every character that does not print as a dot. */
function excerptOf(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, excerptBytes)).toString('utf8')
  return storableText(text.replace(/[\p{Cc}\p{Cn}\ufffd]/gu, '.'))
}

function talliesOf({ records }: SpoolRange, { perSource }: Examined): Map<string, RangeTally> {
  const bytes = new Map<string, number>()
  for (const { origin, body } of records) {
    const { sourceId } = readOrigin(origin)
    bytes.set(sourceId, (bytes.get(sourceId) ?? 0) + body.length)
  }
  return new Map(
    Object.entries(perSource).map(([id, tally]) => [id, { ...tally, bytes: bytes.get(id) ?? 0 }]),
  )
}

function storedOf({ token, records }: SpoolRange, tallies: Kept['tallies']): StoredEvents {
  const times = records.map(({ receivedAt }) => receivedAt)
  const [first = 0] = times
  return {
    token,
    from: times.reduce((a, b) => Math.min(a, b), first),
    to: times.reduce((a, b) => Math.max(a, b), first),
    sources: new Map(
      [...tallies].map(([id, { parsed, bytes }]) => [id, { events: parsed, bytes }]),
    ),
  }
}

function batchesOf({ records }: SpoolRange): BatchIdentity[] {
  const batches = new Map<string, BatchIdentity>()
  for (const { origin, key } of records) {
    if (key === undefined) continue
    const { sourceId } = readOrigin(origin)
    const name = `${sourceId} ${key}`
    batches.set(name, { sourceId, key, records: (batches.get(name)?.records ?? 0) + 1 })
  }
  return [...batches.values()].filter(({ key }) => !isAnonymous(key))
}
