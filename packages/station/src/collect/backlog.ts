import type { FoundEntry } from '@haidang/runtime/spool/spool'
import { readOrigin } from './origin.ts'

/** What waits in the spool of one source. */
export interface Waiting {
  readonly records: number
  /** Of its records. */
  readonly bytes: number
  /** Receipt of the oldest one, to the second, milliseconds since the epoch; 0: nothing waits. */
  readonly oldestAt: number
}

interface Second {
  readonly at: number
  records: number
}

interface Line {
  records: number
  bytes: number
  /** In the order of arrival. */
  seconds: Second[]
  /** Those before it are done. */
  first: number
}

/** A source's line is kept to the second; of a longer one two neighbours become one. */
const mostSeconds = 4096
const nothing: Waiting = { records: 0, bytes: 0, oldestAt: 0 }

/** What waits between the door of the spool and the end of the line, by source: counts, bytes, age. */
export class Backlog {
  readonly #lines = new Map<string, Line>()
  #bytes = 0

  /** Records have entered the spool. */
  enter(sourceId: string, records: number, bytes: number, at: number): void {
    const line = this.#lines.get(sourceId) ?? { records: 0, bytes: 0, seconds: [], first: 0 }
    this.#lines.set(sourceId, line)
    line.records += records
    line.bytes += bytes
    this.#bytes += bytes
    const newest = line.seconds.at(-1)
    if (newest && at - newest.at < 1000) newest.records += records
    else line.seconds.push({ at, records })
    if (line.seconds.length - line.first > mostSeconds) line.seconds = inPairs(line)
  }

  /** An entry waited in the spool when it was opened. */
  found({ origin, records, bytes, receivedAt }: FoundEntry): void {
    this.enter(readOrigin(origin).sourceId, records, bytes, receivedAt)
  }

  /** The line is done with so many records of a source; they are its oldest. */
  leave(sourceId: string, records: number, bytes: number): void {
    const line = this.#lines.get(sourceId)
    if (!line) return
    const gone = line.records <= records ? line.bytes : Math.min(bytes, line.bytes)
    this.#bytes -= gone
    line.bytes -= gone
    line.records -= records
    if (line.records <= 0) {
      this.#lines.delete(sourceId)
      return
    }
    let left = records
    for (;;) {
      const oldest = line.seconds[line.first]
      if (!oldest || left === 0) break
      const taken = Math.min(left, oldest.records)
      oldest.records -= taken
      left -= taken
      if (oldest.records === 0) line.first++
    }
    if (line.first > mostSeconds / 2) {
      line.seconds = line.seconds.slice(line.first)
      line.first = 0
    }
  }

  of(sourceId: string): Waiting {
    const line = this.#lines.get(sourceId)
    if (!line) return nothing
    const { records, bytes, seconds, first } = line
    return { records, bytes, oldestAt: seconds[first]?.at ?? 0 }
  }

  /** Bytes of all sources. */
  get bytes(): number {
    return this.#bytes
  }

  /** How many sources have something that waits. */
  get sources(): number {
    return this.#lines.size
  }
}

function inPairs(line: Line): Second[] {
  const { seconds, first } = line
  line.first = 0
  const pairs: Second[] = []
  for (let i = first; i < seconds.length; i += 2) {
    const [one, two] = [seconds[i], seconds[i + 1]]
    if (one) pairs.push({ at: one.at, records: one.records + (two?.records ?? 0) })
  }
  return pairs
}
