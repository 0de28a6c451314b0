import type { SourceRow } from '../../keep/station-tables.ts'
import type { ExportClock } from '../../parse/flow/flow-times.ts'
import type { FlowOrigin } from './flow-record.ts'

/** Records whose template is not announced yet. */
export interface HeldSet {
  readonly source: SourceRow
  readonly origin: FlowOrigin
  readonly clock: ExportClock
  readonly body: Buffer
  /** When it came. */
  readonly at: number
}

const mostBytes = 16 * 1_048_576
/** What a set takes besides its octets, about. */
const setWeight = 300
/** Half of what an exporter may take at most to announce a template again. */
const longestWait = 900_000

/** Sets that wait for their template, in the order they came; of too many the oldest goes. */
export class HeldSets {
  readonly #sets = new Map<string, HeldSet[]>()
  readonly #counts = new Map<string, number>()
  #bytes = 0

  /** Sets that wait, by source. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts
  }

  /** Keeps a copy of a set; answers those that had to go. */
  hold(domain: string, set: HeldSet): HeldSet[] {
    const name = nameOf(domain, set.origin.templateId)
    const sets = this.#sets.get(name) ?? []
    sets.push({ ...set, body: Buffer.from(set.body) })
    this.#sets.set(name, sets)
    this.#bytes += set.body.length + setWeight
    this.#count(set.source.id, 1)
    const gone: HeldSet[] = []
    while (this.#bytes > mostBytes) {
      const [oldest] = this.#sets
      if (oldest === undefined) break
      gone.push(...this.#release(oldest[0]))
    }
    return gone
  }

  /** Those that waited for this template. */
  take(domain: string, templateId: number): HeldSet[] {
    return this.#release(nameOf(domain, templateId))
  }

  /** Those that waited too long; without a time, all. */
  takeOverdue(now = Number.POSITIVE_INFINITY): HeldSet[] {
    const overdue: HeldSet[] = []
    for (const [name, sets] of this.#sets) {
      if ((sets[0]?.at ?? 0) <= now - longestWait) overdue.push(...this.#release(name))
    }
    return overdue
  }

  #release(name: string): HeldSet[] {
    const sets = this.#sets.get(name) ?? []
    this.#sets.delete(name)
    for (const { body, source } of sets) {
      this.#bytes -= body.length + setWeight
      this.#count(source.id, -1)
    }
    return sets
  }

  #count(sourceId: string, change: number): void {
    this.#counts.set(sourceId, (this.#counts.get(sourceId) ?? 0) + change)
  }
}

function nameOf(domain: string, templateId = 0): string {
  return `${domain} ${templateId}`
}
