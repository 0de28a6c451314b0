import type { Note, SeriesBefore } from './exporter-journal.ts'
import { arrive, newSeries, type Series, settle } from './sequence-watch.ts'

const mostSeries = 4096

interface Kept {
  readonly sourceId: string
  readonly series: Series
  at: number
}

/** A message of a series. */
export interface Arrival {
  readonly sourceId: string
  readonly number: number
  readonly counts: readonly number[] | undefined
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** The numbered series of all exporters; of too many the one not heard of for longest goes. */
export class SeriesBook {
  readonly #most: number
  readonly #series = new Map<string, Kept>()
  readonly #changed = new Set<string>()

  constructor(most = mostSeries) {
    this.#most = most
  }

  /** A message has come; its number and counts are those of `arrive`. */
  arrive(name: string, { sourceId, number, counts, at }: Arrival): void {
    const kept = this.#series.get(name) ?? { sourceId, series: newSeries(), at }
    arrive(kept.series, number, counts)
    kept.at = at
    // The newest last.
    this.#series.delete(name)
    this.#series.set(name, kept)
    this.#changed.add(name)
    if (this.#series.size > this.#most) this.#forgetOldest()
  }

  /** What a series was before a restart. */
  restore(name: string, at: number, { sourceId, style, next, missing }: SeriesBefore): void {
    const nexts: (number | undefined)[] = []
    if (next !== null) nexts[style] = next
    const series = { ...newSeries(), style, nexts, fresh: missing }
    this.#series.set(name, { sourceId, series, at })
  }

  /** Asked now and then: what is missing since before the last time, by source. `all`: what is missing at all. */
  settle({ all = false } = {}): Map<string, number> {
    const lost = new Map<string, number>()
    for (const [name, { sourceId, series }] of this.#series) {
      const missing = settle(series) + (all ? settle(series) : 0)
      if (missing === 0) continue
      lost.set(sourceId, (lost.get(sourceId) ?? 0) + missing)
      this.#changed.add(name)
    }
    return lost
  }

  /** Series that changed since the last call. */
  takeChanges(): Note[] {
    const notes = [...this.#changed].flatMap((name) => this.#noteOf(name))
    this.#changed.clear()
    return notes
  }

  /** Everything that must be known after a restart. */
  notes(): Note[] {
    return [...this.#series.keys()].flatMap((name) => this.#noteOf(name))
  }

  #noteOf(name: string): Note[] {
    const kept = this.#series.get(name)
    if (kept === undefined) return []
    const { style, nexts, fresh, aged } = kept.series
    const { sourceId, at } = kept
    const before = { sourceId, style, next: nexts[style] ?? null, missing: fresh + aged }
    return [['series', name, at, before]]
  }

  #forgetOldest(): void {
    const [oldest = ''] = this.#series.keys()
    this.#series.delete(oldest)
  }
}
