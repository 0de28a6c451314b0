/** Different values (as hashes) met lately, each with the time it was last met. Plain data. */
export interface Recent {
  readonly keys: number[]
  readonly times: number[]
}

export function noRecent(): Recent {
  return { keys: [], times: [] }
}

/** Notes a value; with `most` values known the one met longest ago makes room. True: it was not among them. */
export function note(recent: Recent, key: number, at: number, most: number): boolean {
  const { keys, times } = recent
  const known = keys.indexOf(key)
  if (known >= 0) {
    times[known] = Math.max(times[known] ?? at, at)
    return false
  }
  if (keys.length < most) {
    keys.push(key)
    times.push(at)
    return true
  }
  const stalest = indexOfLeast(times)
  keys[stalest] = key
  times[stalest] = at
  return true
}

/** How many different values were met in the window that ends at `at`. Later ones count, too. */
export function countSince(recent: Recent, at: number, window: number): number {
  let count = 0
  for (const time of recent.times) if (time > at - window) count += 1
  return count
}

/** Bytes it takes, roughly. */
export function weightOf(recent: Recent): number {
  return 32 + recent.keys.length * 16
}

function indexOfLeast(values: readonly number[]): number {
  let index = 0
  let least = Number.POSITIVE_INFINITY
  for (const [i, value] of values.entries()) {
    if (value >= least) continue
    least = value
    index = i
  }
  return index
}
