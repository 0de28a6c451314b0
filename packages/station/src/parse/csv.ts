const mostValues = 512

/** How values stand apart. */
export interface CsvNotation {
  /** One character. */
  readonly separator: string
  /** One character; empty: values are never quoted. */
  readonly quote: string
}

const usual: CsvNotation = { separator: ',', quote: '"' }

/**
 * Values of one record of separated values (RFC 4180): quoted where they hold separators or line ends, two quotes
 * for one inside. A quote that is never closed takes the rest. At most 512 values. Linear.
 */
export function readCsv(text: string, notation: CsvNotation = usual): string[] {
  const { separator, quote } = notation
  const values: string[] = []
  let at = 0
  while (at <= text.length && values.length < mostValues) {
    const isQuoted = quote !== '' && text[at] === quote
    const quoted = isQuoted ? readQuoted(text, at + 1, quote) : undefined
    const next = text.indexOf(separator, quoted?.end ?? at)
    const end = next < 0 ? text.length : next
    values.push(quoted?.text ?? text.slice(at, end))
    at = end + 1
  }
  return values
}

function readQuoted(text: string, start: number, quote: string): { text: string; end: number } {
  const code = quote.charCodeAt(0)
  let isDoubled = false
  let end = start
  while (end < text.length) {
    if (text.charCodeAt(end) === code) {
      if (text.charCodeAt(end + 1) !== code) break
      isDoubled = true
      end++
    }
    end++
  }
  const value = text.slice(start, end)
  return { text: isDoubled ? value.replaceAll(quote + quote, quote) : value, end: end + 1 }
}
