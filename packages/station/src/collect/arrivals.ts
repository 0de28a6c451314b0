import type { Clock } from '@haidang/runtime/clock'

/** A record as it came, for a person who sets its source up. */
export interface Arrival {
  readonly sender: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly bytes: Uint8Array
  /** Length before it was cut, if it was. */
  readonly cutFrom?: number | undefined
}

/** Records of one sender that have become durable. */
interface Arriving {
  readonly sourceId: string
  readonly sender: string
  readonly records: readonly Uint8Array[]
  readonly cutFrom?: number | undefined
}

/** Who sends to a source. */
export interface Sender {
  readonly sender: string
  readonly records: number
  /** Milliseconds since the epoch. */
  readonly firstAt: number
  readonly lastAt: number
}

interface Shelf {
  arrivals: Arrival[]
  bytes: number
  readonly senders: Map<string, Sender>
}

const mostOfSource = 32
const mostBytesOfSource = 262_144
const longestKept = 65_536
const mostSources = 256
const mostSenders = 64
/** A full shelf is renewed no faster than this, so that a fast source costs nothing. */
const renewEvery = 250

/**
 * The latest few records of each source, as they came, and who sent them: at most 64 MB of memory and for fast
 * sources a sample only. What is told of a source comes from its counters; this is to look at.
 */
export class Arrivals {
  readonly #clock: Clock
  readonly #shelves = new Map<string, Shelf>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Takes note of a batch that is durable. */
  take({ sourceId, sender, records, cutFrom }: Arriving): void {
    const at = this.#clock.now()
    const shelf = this.#shelf(sourceId)
    noteSender(shelf.senders, sender, records.length, at)
    const isFull = shelf.arrivals.length >= mostOfSource
    if (isFull && at - (shelf.arrivals.at(-1)?.at ?? 0) < renewEvery) return
    for (const record of records.slice(0, mostOfSource)) {
      if (record.length > longestKept) continue
      // A copy: the bytes may be a window on a whole request, which would be held with them.
      put(shelf, { sender, at, bytes: Uint8Array.from(record), cutFrom })
    }
  }

  /** The latest records of a source, oldest first. */
  of(sourceId: string): readonly Arrival[] {
    return this.#shelves.get(sourceId)?.arrivals ?? []
  }

  /** Who sends to a source, the latest last. */
  senders(sourceId: string): readonly Sender[] {
    return [...(this.#shelves.get(sourceId)?.senders.values() ?? [])]
  }

  #shelf(sourceId: string): Shelf {
    const known = this.#shelves.get(sourceId)
    if (known) return known
    const [oldest] = this.#shelves.keys()
    if (this.#shelves.size >= mostSources && oldest !== undefined) this.#shelves.delete(oldest)
    const shelf = { arrivals: [], bytes: 0, senders: new Map<string, Sender>() }
    this.#shelves.set(sourceId, shelf)
    return shelf
  }
}

function put(shelf: Shelf, arrival: Arrival): void {
  shelf.arrivals.push(arrival)
  shelf.bytes += arrival.bytes.length
  while (shelf.arrivals.length > mostOfSource || shelf.bytes > mostBytesOfSource) {
    shelf.bytes -= shelf.arrivals.shift()?.bytes.length ?? 0
  }
}

function noteSender(
  senders: Map<string, Sender>,
  sender: string,
  records: number,
  lastAt: number,
): void {
  const known = senders.get(sender)
  senders.delete(sender)
  const [oldest] = senders.keys()
  if (senders.size >= mostSenders && oldest !== undefined) senders.delete(oldest)
  const before = known ?? { records: 0, firstAt: lastAt }
  senders.set(sender, {
    sender,
    records: before.records + records,
    firstAt: before.firstAt,
    lastAt,
  })
}
