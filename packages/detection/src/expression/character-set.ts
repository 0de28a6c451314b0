/** A set of UTF-16 code units: first and last of each range, in order, no two ranges touching. */
export type CharacterSet = readonly number[]

const highestUnit = 0xffff

/** The set of all units in the given ranges (`first, last, first, last, …`), which may overlap. */
export function setOf(ranges: readonly number[]): CharacterSet {
  const pairs: [number, number][] = []
  for (let i = 0; i + 1 < ranges.length; i += 2) pairs.push([ranges[i] ?? 0, ranges[i + 1] ?? 0])
  pairs.sort(([a], [b]) => a - b)
  const set: number[] = []
  for (const [first, last] of pairs) {
    const before = set.at(-1)
    if (before === undefined || first > before + 1) set.push(first, last)
    else set[set.length - 1] = Math.max(before, last)
  }
  return set
}

/** The set of the units of a text. */
export function unitsOf(text: string): CharacterSet {
  const ranges: number[] = []
  for (let i = 0; i < text.length; i++) ranges.push(text.charCodeAt(i), text.charCodeAt(i))
  return setOf(ranges)
}

/** All units that are not in the set. */
export function complementOf(set: CharacterSet): CharacterSet {
  const rest: number[] = []
  let from = 0
  for (let i = 0; i < set.length; i += 2) {
    const first = set[i] ?? 0
    if (first > from) rest.push(from, first - 1)
    from = (set[i + 1] ?? 0) + 1
  }
  if (from <= highestUnit) rest.push(from, highestUnit)
  return rest
}

/** Whether the set holds the unit. */
export function holds(set: CharacterSet, unit: number): boolean {
  let low = 0
  let high = set.length / 2 - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (unit < (set[2 * middle] ?? 0)) high = middle - 1
    else if (unit > (set[2 * middle + 1] ?? 0)) low = middle + 1
    else return true
  }
  return false
}
