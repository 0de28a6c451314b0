/** The middle of the values, the mean of both middle ones of an even number; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return medianOfSorted(sorted)
}

/** Median absolute deviation from the median; NaN of none. */
export function medianDeviation(values: readonly number[]): number {
  const middle = median(values)
  return median(values.map((value) => Math.abs(value - middle)))
}

/** First quartile, median and third quartile; an odd number's median belongs to neither half. */
export function quartiles(values: readonly number[]): readonly [number, number, number] {
  const sorted = values.toSorted((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return [
    medianOfSorted(sorted.slice(0, half)),
    medianOfSorted(sorted),
    medianOfSorted(sorted.slice(sorted.length - half)),
  ]
}

function medianOfSorted(sorted: readonly number[]): number {
  const half = sorted.length / 2
  const upper = sorted[Math.floor(half)] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2
}
