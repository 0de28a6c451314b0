/**
 * Joins values into one key, different for different lists: where there are several, each is
 * preceded by its length. Letter case is folded, as everywhere in Sigma. Undefined if a value is missing.
 */
export function keyOf(
  fields: readonly (string | null)[],
  positions: readonly number[],
): string | undefined {
  const [first] = positions
  if (first === undefined) return ''
  if (positions.length === 1) return fields[first]?.toLowerCase()
  let key = ''
  for (const position of positions) {
    const value = fields[position]
    if (value === null || value === undefined) return undefined
    const folded = value.toLowerCase()
    key += `${folded.length}:${folded}`
  }
  return key
}
