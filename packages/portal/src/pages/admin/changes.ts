/** One field of what an entry says, as text; undefined: it was, or is, not there. */
export interface FieldChange {
  readonly name: string
  readonly before: string | undefined
  readonly after: string | undefined
}

const nothing = '—'

/** Fields of both sides in their order, nested ones by their path; lists of plain values are one field. */
export function changesOf(before: unknown, after: unknown): FieldChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  return [...new Set([...was.keys(), ...is.keys()])].map((name) => ({
    name,
    before: was.get(name),
    after: is.get(name),
  }))
}

function fieldsOf(value: unknown): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  collect(fields, '', value)
  return fields
}

function collect(fields: Map<string, string>, path: string, value: unknown): void {
  const plain = plainText(value)
  if (plain !== undefined) {
    if (path !== '' || plain !== nothing) fields.set(path || '=', plain)
    return
  }
  for (const [name, inner] of Object.entries(value as object)) {
    collect(fields, path === '' ? name : `${path}.${name}`, inner)
  }
}

/** What needs no names of its own: a value, or a list of values; undefined: it does. */
function plainText(value: unknown): string | undefined {
  if (isPlain(value)) return String(value ?? nothing)
  if (!Array.isArray(value) || !value.every(isPlain)) return undefined
  return value.map(String).join(', ') || nothing
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}
