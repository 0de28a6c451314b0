import { whenFullOf } from '@haidang/contracts/source'
import type {
  HeldReason,
  SourceLimits,
  SourcePriority,
  WhenFull,
} from '@haidang/contracts/source-limits'
import type { Clock } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import type { Spool } from '@haidang/runtime/spool/spool'
import type { SourceRow } from '../keep/station-tables.ts'
import type { Backlog } from './backlog.ts'
import { TokenBucket } from './token-bucket.ts'

export interface SourceGateParts {
  readonly spool: Pick<Spool, 'room'>
  readonly backlog: Backlog
  readonly clock: Clock
  readonly book: {
    readonly get: (id: string) => SourceRow | undefined
    readonly inUse: () => readonly SourceRow[]
  }
}

/** Why a source is held back, and since when (milliseconds since the epoch). */
export interface Held {
  readonly reason: HeldReason
  readonly since: number
}

interface Account {
  readonly records: TokenBucket
  readonly bytes: TokenBucket
  held: (Held & { readonly lastAt: number }) | undefined
}

/** Shares of the spool, the last of its room, that lower priorities leave to higher ones. */
const leftToHigher: Readonly<Record<SourcePriority, number>> = { low: 0.3, normal: 0.1, high: 0 }
const ranks: Readonly<Record<SourcePriority, number>> = { low: 0, normal: 1, high: 2 }
/** In this last share of the room nobody gets more than an equal part of what waits. */
const scarce = 0.25
/** Below this share of the spool what waits crowds nobody out. */
const little = 1 / 16
/** A source that was refused nothing for so long is held back no longer (milliseconds). */
const forgotten = 5000

/** What may a source bring now? Bounds each by its own rate and share, and lets none crowd out the others. */
export class SourceGate {
  readonly #parts: SourceGateParts
  readonly #accounts = new Map<string, Account>()
  #isOpen = false

  constructor(parts: SourceGateParts) {
    this.#parts = parts
  }

  /** Charges a source with what it brings; nothing asks only. Throws Problem ingest.source-limited where it may bring nothing now. */
  enter(sourceId: string, records: number, bytes: number): void {
    const reason = this.tryEnter(sourceId, records, bytes)
    if (reason !== undefined) throw new Problem('ingest.source-limited', sentences[reason])
  }

  /** The same without a throw: why it may bring nothing; undefined: it may, and is charged. */
  tryEnter(sourceId: string, records: number, bytes: number): HeldReason | undefined {
    const source = this.#parts.book.get(sourceId)
    if (!source || this.#isOpen) return undefined
    const account = this.#account(source)
    const reason = this.#reason(source, account)
    if (reason !== undefined) {
      this.#note(account, reason)
      return reason
    }
    charge(source.limits, account, records, bytes)
    return undefined
  }

  /** Gives back what did not get in after all. */
  refund(sourceId: string, records: number, bytes: number): void {
    const account = this.#accounts.get(sourceId)
    const source = this.#parts.book.get(sourceId)
    if (source && account) charge(source.limits, account, -records, -bytes)
  }

  /** What becomes of records the source may not bring. */
  policy({ collector, limits }: SourceRow): WhenFull {
    return limits.when_full ?? whenFullOf(collector).choices[0]
  }

  /** Whether the spool takes nothing of anybody. */
  get isFull(): boolean {
    return this.#parts.spool.room().free <= 0
  }

  /** Why a source is held back; undefined: it is not. */
  held(sourceId: string): Held | undefined {
    const held = this.#accounts.get(sourceId)?.held
    return held && this.#parts.clock.now() - held.lastAt < forgotten ? held : undefined
  }

  /** The station stops: what is in hand gets in, within the bounds of the spool alone. */
  lift(): void {
    this.#isOpen = true
  }

  #reason({ id, limits }: SourceRow, account: Account): HeldReason | undefined {
    const { backlog, spool } = this.#parts
    if (this.#rateWait(limits, account) > 0) return 'rate'
    const waiting = backlog.of(id).bytes
    if (limits.spool_bytes !== null && waiting >= limits.spool_bytes) return 'share'
    const { free, most } = spool.room()
    if (free < leftToHigher[limits.priority] * most && this.#isOutranked(limits)) return 'priority'
    const isCrowding =
      free < scarce * most &&
      backlog.bytes > little * most &&
      waiting > backlog.bytes / (backlog.sources + 1)
    return isCrowding ? 'crowding' : undefined
  }

  #rateWait(limits: SourceLimits, { records, bytes }: Account): number {
    const now = this.#parts.clock.monotonic()
    const { records_per_second: r, bytes_per_second: b, burst_seconds: burst } = limits
    return Math.max(
      r === null ? 0 : records.wait(r, r * burst, now),
      b === null ? 0 : bytes.wait(b, b * burst, now),
    )
  }

  /** Room is left only where somebody is there to use it. */
  #isOutranked({ priority }: SourceLimits): boolean {
    return this.#parts.book.inUse().some(({ limits }) => ranks[limits.priority] > ranks[priority])
  }

  #account({ id, limits }: SourceRow): Account {
    const known = this.#accounts.get(id)
    if (known) return known
    const now = this.#parts.clock.monotonic()
    const { records_per_second: r, bytes_per_second: b, burst_seconds: burst } = limits
    const account: Account = {
      records: new TokenBucket((r ?? 0) * burst, now),
      bytes: new TokenBucket((b ?? 0) * burst, now),
      held: undefined,
    }
    this.#accounts.set(id, account)
    return account
  }

  #note(account: Account, reason: HeldReason): void {
    const now = this.#parts.clock.now()
    const before = account.held
    const goesOn = before?.reason === reason && now - before.lastAt < forgotten
    account.held = { reason, since: goesOn ? before.since : now, lastAt: now }
  }
}

/** Only what is bounded is charged: a bound set later finds no debt. */
function charge(limits: SourceLimits, account: Account, records: number, bytes: number): void {
  if (limits.records_per_second !== null) account.records.charge(records)
  if (limits.bytes_per_second !== null) account.bytes.charge(bytes)
}

const sentences: Readonly<Record<HeldReason, string>> = {
  rate: 'the source sends faster than its limits allow',
  share: 'as much of the source waits as its share of the queue allows',
  priority: 'the queue is nearly full; what is left is for sources of higher priority',
  crowding: 'the queue is nearly full; what is left is for sources of which less waits',
}
