import pg from 'pg'

const int8 = 20
const numeric = 1700

/**
 * Makes the driver give `int8` (also what `count` yields) and `numeric` (what `sum` yields) as numbers
 * instead of strings. Nothing here counts beyond 2^53.
 */
export function parseNumbers(): void {
  pg.types.setTypeParser(int8, Number)
  pg.types.setTypeParser(numeric, Number)
}
