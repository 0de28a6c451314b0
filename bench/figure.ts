/** One measured figure, as `npm run bench` prints it. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** How many runs the value is the median of. */
  readonly median_of: number
  /** A peer or physical limit measured in the same run. */
  readonly beside?: { readonly name: string; readonly value: number }
}

/** What a bench file exports: runs, and yields each figure as soon as it stands. */
export type Figures = () => AsyncIterable<Figure>

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds that work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}
