import { sha256 } from '../sha256.ts'
import type { Located } from './located-yaml.ts'

/** Hash of what YAML values mean, whatever their layout and comments. */
export function digestOf(values: readonly (Located | string | undefined)[]): string {
  return sha256(JSON.stringify(values.map(plain)))
}

function plain(value: Located | string | undefined): unknown {
  if (value === undefined || typeof value === 'string') return value ?? null
  if (value.kind === 'scalar') return [value.text, typeof value.value]
  if (value.kind === 'list') return { list: value.items.map(plain) }
  return { map: [...value.entries.values()].map((entry) => [entry.name, plain(entry.value)]) }
}
