interface Leaf {
  readonly name: string
  readonly value: string
}

/** A record from outside may be deep and wide; what is left out here still stands in the raw record. */
const mostLeaves = 400
const deepest = 8

/** `{ a: { b: 1 } }` as `a.b` = `1`: every value of a record with the path to it. */
export function flatten(record: object): readonly Leaf[] {
  const leaves: Leaf[] = []
  collect(record, '', 0, leaves)
  return leaves
}

function collect(value: unknown, path: string, depth: number, leaves: Leaf[]): void {
  if (leaves.length >= mostLeaves || value === undefined || value === null) return
  const nested = typeof value === 'object' && depth < deepest
  if (!nested) {
    leaves.push({
      name: path,
      value: typeof value === 'object' ? JSON.stringify(value) : String(value),
    })
    return
  }
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    if (value.length > 0) leaves.push({ name: path, value: value.join(', ') })
    return
  }
  for (const [key, inner] of Object.entries(value)) {
    collect(inner, path ? `${path}.${key}` : key, depth + 1, leaves)
  }
}
