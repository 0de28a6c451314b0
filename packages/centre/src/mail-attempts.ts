const minute = 60_000
/** Waits after the first attempts; the last one repeats. */
const waits = [1, 5, 15, 60, 180, 360].map((minutes) => minutes * minute)
const longest = 3 * 24 * 60 * minute

/** How long one attempt may last before another may begin, should the node die in between. */
export const leaseMilliseconds = 5 * minute

/** When an attempt that failed for a passing reason is repeated; undefined: it was tried for too long. */
export function nextAttempt(created: number, now: number, attempts: number): number | undefined {
  const wait = waits[Math.min(attempts, waits.length) - 1] ?? minute
  return now + wait - created > longest ? undefined : now + wait
}
