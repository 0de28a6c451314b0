interface Part {
  readonly at: number
  readonly text: string
  readonly marked: boolean
}

/** Shorter values stand everywhere and would paint the whole record. */
const shortest = 3
/** A hostile record must not make the page search for ever. */
const mostParts = 400

/** Cuts a text where any of the values stands in it, letters' case aside. */
export function marks(text: string, values: readonly string[]): readonly Part[] {
  const wanted = [...new Set(values.filter(({ length }) => length >= shortest))]
    .sort((a, b) => b.length - a.length)
    .slice(0, 32)
    .map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (wanted.length === 0) return [{ at: 0, text, marked: false }]
  const parts: Part[] = []
  let at = 0
  for (const found of text.matchAll(new RegExp(wanted.join('|'), 'gi'))) {
    if (parts.length >= mostParts) break
    if (found.index > at) parts.push({ at, text: text.slice(at, found.index), marked: false })
    parts.push({ at: found.index, text: found[0], marked: true })
    at = found.index + found[0].length
  }
  if (at < text.length) parts.push({ at, text: text.slice(at), marked: false })
  return parts
}
