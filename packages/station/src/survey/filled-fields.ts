import type { Event } from '@haidang/contracts/event'

const longestExample = 120
const deepest = 6
/** Of every event, whatever its record says. */
const always = new Set([
  'id',
  'organisation_id',
  'node_id',
  'source_id',
  'tlp',
  'received_time',
  'raw_data',
  'metadata',
])

/** The attributes of an event that its record filled, by dotted path, with their values as short text. */
export function filledFields(event: Event): [field: string, example: string][] {
  const own = Object.entries(event).filter(([name]) => !always.has(name))
  return own.flatMap(([name, value]) => fieldsOf(name, value, 1))
}

function fieldsOf(path: string, value: unknown, depth: number): [string, string][] {
  if (value === null || value === undefined) return []
  if (path === 'observables' || path === 'unmapped') return countOf(path, value)
  if (typeof value !== 'object' || Array.isArray(value) || depth >= deepest) {
    return [[path, exampleOf(value)]]
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    fieldsOf(`${path}.${name}`, inner, depth + 1),
  )
}

/** Of lists of names that records choose only how many there are: they have no end. */
function countOf(path: string, value: unknown): [string, string][] {
  const count = typeof value === 'object' && value ? Object.keys(value).length : 0
  return count === 0 ? [] : [[path, String(count)]]
}

function exampleOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.slice(0, longestExample)
}
