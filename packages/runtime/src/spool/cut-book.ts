import type { Cut } from './segment-log.ts'

/** The cuts that are durable and not yet released, by where they begin. */
export class CutBook {
  readonly #cuts = new Map<string, Cut>()

  constructor(cuts: Iterable<Cut> = []) {
    for (const cut of cuts) this.add(cut)
  }

  get size(): number {
    return this.#cuts.size
  }

  find(segment: number, from: number): Cut | undefined {
    return this.#cuts.get(keyOf(segment, from))
  }

  add(cut: Cut): void {
    this.#cuts.set(keyOf(cut.segment, cut.from), cut)
  }

  /** Forgets the cuts that end at or below a position, and answers them. */
  release(segment: number, offset: number): Cut[] {
    const released = [...this.#cuts.values()].filter(
      (cut) => cut.segment < segment || (cut.segment === segment && cut.to <= offset),
    )
    for (const cut of released) this.#cuts.delete(keyOf(cut.segment, cut.from))
    return released
  }

  values(): Iterable<Cut> {
    return this.#cuts.values()
  }
}

/** Records of cuts. */
export function recordsIn(cuts: readonly Cut[]): number {
  return cuts.reduce((sum, { records }) => sum + records, 0)
}

function keyOf(segment: number, from: number): string {
  return `${segment}:${from}`
}
