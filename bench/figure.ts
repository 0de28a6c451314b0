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

/** The 95th of a hundred of so many runs, to a tenth of a millisecond, after one that warms up. */
export async function p95(repeats: number, work: () => Promise<unknown>): Promise<number> {
  await work()
  const times: number[] = []
  for (let n = 0; n < repeats; n++) times.push(await timed(work))
  return Math.round(percentile(times, 95) * 10) / 10
}

/** The value below which so many percent of them lie; NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Number.NaN
}
