/** Records of one sender, on their way into the spool. */
export interface QueuedRecords {
  readonly sourceId: string
  readonly sender: string
  readonly records: Uint8Array[]
}

interface Holder {
  readonly batches: Map<string, QueuedRecords>
  records: number
}

/**
 * What was received and is not in the spool yet, within bounds for all sources together. Where there is no room,
 * the newest records go of the source that holds most, so that one that floods does not cost the others theirs.
 */
export class DatagramQueue {
  readonly #mostRecords: number
  readonly #mostBytes: number
  readonly #holders = new Map<string, Holder>()
  /** Of what waits and of what is being written. */
  #records = 0
  #bytes = 0

  constructor({ records = 50_000, bytes = 32 * 1_048_576 } = {}) {
    this.#mostRecords = records
    this.#mostBytes = bytes
  }

  get isEmpty(): boolean {
    return this.#holders.size === 0
  }

  /** Answers how many records had to go, by source. */
  put(sourceId: string, sender: string, records: readonly Uint8Array[]): Map<string, number> {
    const lost = new Map<string, number>()
    for (const record of records) {
      while (this.#isFull(record)) {
        const victim = this.#largest(sourceId)
        lost.set(victim, (lost.get(victim) ?? 0) + 1)
        if (victim === sourceId) break
        this.#giveUpNewest(victim)
      }
      if (!this.#isFull(record)) this.#add(sourceId, sender, record)
    }
    return lost
  }

  /** Everything that waits, to be written; it takes room until it is told to be `done`. */
  take(): QueuedRecords[] {
    const taken = [...this.#holders.values()].flatMap(({ batches }) => [...batches.values()])
    this.#holders.clear()
    return taken
  }

  /** What was taken is written or lost. */
  done({ records }: QueuedRecords): void {
    this.#records -= records.length
    for (const { length } of records) this.#bytes -= length
  }

  #isFull({ length }: Uint8Array): boolean {
    return this.#records + 1 > this.#mostRecords || this.#bytes + length > this.#mostBytes
  }

  #add(sourceId: string, sender: string, record: Uint8Array): void {
    const holder = this.#holders.get(sourceId) ?? { batches: new Map(), records: 0 }
    this.#holders.set(sourceId, holder)
    const batch = holder.batches.get(sender) ?? { sourceId, sender, records: [] }
    holder.batches.set(sender, batch)
    batch.records.push(record)
    holder.records++
    this.#records++
    this.#bytes += record.length
  }

  /** The source that holds most of what waits; the one that brings more where none holds more than it. */
  #largest(sourceId: string): string {
    let largest = sourceId
    let most = this.#holders.get(sourceId)?.records ?? 0
    for (const [id, { records }] of this.#holders) {
      if (records <= most) continue
      most = records
      largest = id
    }
    return largest
  }

  #giveUpNewest(sourceId: string): void {
    const holder = this.#holders.get(sourceId)
    const newest = holder && [...holder.batches.values()].at(-1)
    const record = newest?.records.pop()
    if (!holder || !newest || !record) return
    if (newest.records.length === 0) holder.batches.delete(newest.sender)
    holder.records--
    if (holder.records === 0) this.#holders.delete(sourceId)
    this.#records--
    this.#bytes -= record.length
  }
}
