import type { EntryPool } from './entry-pool.ts'

/** A window in which a correlation's condition holds; entries of its pool. */
export interface Firing {
  readonly group: number
  readonly value: number
  readonly count: number
  readonly first: number
  readonly last: number
}

/** Subjects of a window, at most `most`: its first and its last. */
export function subjectsOf(
  { subjects, next, previous }: EntryPool,
  { first, last, count }: Firing,
  most: number,
): string[] {
  const found: string[] = []
  const half = count <= most ? count : most >> 1
  let entry = first
  for (let i = 0; i < half; i++) {
    found.push(subjects[entry] as string)
    entry = next[entry] as number
  }
  if (count <= most) return found
  const latest: string[] = []
  entry = last
  for (let i = half; i < most; i++) {
    latest.push(subjects[entry] as string)
    entry = previous[entry] as number
  }
  return found.concat(latest.reverse())
}
