/** Two samples taken in turns: whether one is longer than the other beyond chance. */
export interface Comparison {
  /** Medians, in the unit of the samples. */
  readonly medians: readonly [number, number]
  /** Probability of a difference in rank as large as this where there is none (two-sided). */
  readonly p: number
}

/**
 * Wilcoxon's signed-rank test of pairs, by its normal approximation (good above some 20 pairs), ties sharing
 * their mean rank and pairs without difference left out.
 */
export function comparePairs(pairs: readonly (readonly [number, number])[]): Comparison {
  const medians = [medianOf(pairs.map(([a]) => a)), medianOf(pairs.map(([, b]) => b))] as const
  const differences = pairs.map(([a, b]) => a - b).filter((difference) => difference !== 0)
  const ranked = differences.toSorted((a, b) => Math.abs(a) - Math.abs(b))
  let positive = 0
  let tied = 0
  for (let from = 0; from < ranked.length; ) {
    let to = from + 1
    while (to < ranked.length && Math.abs(ranked[to] ?? 0) === Math.abs(ranked[from] ?? 0)) to++
    const rank = (from + 1 + to) / 2
    const size = to - from
    positive += rank * ranked.slice(from, to).filter((difference) => difference > 0).length
    tied += size ** 3 - size
    from = to
  }
  const n = ranked.length
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - tied / 48)
  const z = deviation === 0 ? 0 : (positive - (n * (n + 1)) / 4) / deviation
  return { medians, p: 2 * upperTail(Math.abs(z)) }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2
}

/** P(Z > z) of the normal distribution for z ≥ 0 (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
}
