const mostValues = 512

/**
 * Values of one line of comma-separated values (RFC 4180): quoted where they hold commas, two quotes for
 * one inside. A quote that is never closed takes the rest. At most 512 values. Linear.
 */
export function readCsv(text: string): string[] {
  const values: string[] = []
  let at = 0
  while (at <= text.length && values.length < mostValues) {
    if (text[at] === '"') {
      const quoted = readQuoted(text, at + 1)
      values.push(quoted.text)
      const comma = text.indexOf(',', quoted.end)
      at = comma < 0 ? text.length + 1 : comma + 1
    } else {
      const comma = text.indexOf(',', at)
      const end = comma < 0 ? text.length : comma
      values.push(text.slice(at, end))
      at = end + 1
    }
  }
  return values
}

function readQuoted(text: string, start: number): { text: string; end: number } {
  let at = start
  let escaped = false
  while (at < text.length) {
    if (text[at] === '"') {
      if (text[at + 1] !== '"') break
      escaped = true
      at++
    }
    at++
  }
  const value = text.slice(start, at)
  return { text: escaped ? value.replaceAll('""', '"') : value, end: at + 1 }
}
