/**
 * The same value with U+0000 and lone surrogates replaced by U+FFFD, keys too: PostgreSQL holds neither
 * in text nor in jsonb, and hostile input contains both.
 */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storable)
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [storableText(key), storable(inner)]),
    )
  }
  return value
}

/** JSON of the same value as `storable` answers, without looking at every part of what needs no change. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value)
  // What must be replaced stands escaped in JSON; what only looks so is looked at closer and stays.
  return /\\u(?:0000|d[89a-f])/.test(json) ? JSON.stringify(storable(value)) : json
}

export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd')
}
