/** Rows in portions of so many, in their order: one statement takes 65,535 values at most. */
export function* portions<T>(rows: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size)
}
