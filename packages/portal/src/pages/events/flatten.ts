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
  if (leaves.length >= mostLeaves) return
  if (typeof value === 'object' && value !== null && depth < deepest && !isPlainList(value)) {
    for (const [key, inner] of Object.entries(value)) {
      collect(inner, path ? `${path}.${key}` : key, depth + 1, leaves)
    }
    return
  }
  const text = textOf(value)
  if (text !== '') leaves.push({ name: path, value: text })
}

function isPlainList(value: object): boolean {
  return Array.isArray(value) && value.every((each) => typeof each !== 'object')
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.length > 0 ? value.map(String).join(', ') : ''
  return typeof value === 'object' ? '…' : String(value)
}
