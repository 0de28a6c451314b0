/** One value of a record: where it stands, as it is and as it would leave (undefined: not at all). */
export interface LeafLine {
  readonly path: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** Every value of two forms of a record, line by line, those that differ first. */
export function leafLines(before: object, after: object | null): LeafLine[] {
  const [old, left] = [leavesOf(before), leavesOf(after ?? {})]
  const paths = [...new Set([...old.keys(), ...left.keys()])]
  const lines = paths.map((path) => ({ path, before: old.get(path), after: left.get(path) }))
  return [
    ...lines.filter((line) => line.before !== line.after),
    ...lines.filter((line) => line.before === line.after),
  ]
}

function leavesOf(value: unknown, path = '', leaves = new Map<string, string>()) {
  if (value === null || typeof value !== 'object') {
    const text = String(value)
    if (text !== '') leaves.set(path, text)
    return leaves
  }
  for (const [key, inner] of Object.entries(value)) {
    leavesOf(inner, path === '' ? key : `${path}.${key}`, leaves)
  }
  return leaves
}
