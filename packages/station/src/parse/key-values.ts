/** Pairs of a line, and the words between them that are no pair. */
export interface KeyValues {
  readonly values: Readonly<Record<string, string>>
  readonly words: readonly string[]
}

const mostPairs = 512
const mostWords = 128
const name = /^[A-Za-z_][\w.:/@-]{0,127}$/
// A backslash before the closing quote is part of the value: `path="C:\tmp\" user=`.
const afterValue = /(?:\s|$)/y

/**
 * Reads `name=value name="quoted value" word` as firewalls and kernels write it: pairs apart by white
 * space, values in quotes where they hold some, `\"` and `\\` inside. Of a name that stands twice the
 * last counts; at most 512 pairs and 128 other words. Never fails, in time linear to the text.
 */
export function readKeyValues(text: string): KeyValues {
  const pairs: [string, string][] = []
  const words: string[] = []
  let at = 0
  while (at < text.length && pairs.length < mostPairs) {
    if (isSpace(text, at)) {
      at++
      continue
    }
    const end = endOfWord(text, at)
    const isPair = text[end] === '=' && name.test(text.slice(at, Math.min(end, at + 129)))
    if (isPair) {
      const value = readValue(text, end + 1)
      pairs.push([text.slice(at, end), value.text])
      at = value.end
    } else {
      const wordEnd = endOfBare(text, end)
      if (words.length < mostWords) words.push(text.slice(at, wordEnd))
      at = wordEnd
    }
  }
  return { values: Object.fromEntries(pairs), words }
}

function readValue(text: string, start: number): { text: string; end: number } {
  const quoted = text[start] === '"' ? readQuoted(text, start + 1) : undefined
  if (quoted) return quoted
  const end = endOfBare(text, start)
  return { text: text.slice(start, end), end }
}

/** Up to the closing quote; without one up to the end of the text, as a line that was cut. */
function readQuoted(text: string, start: number): { text: string; end: number } {
  let at = start
  let escaped = false
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\' && isEscape(text, at)) {
      escaped = true
      at++
    }
    at++
  }
  const value = text.slice(start, at)
  return { text: escaped ? value.replace(/\\(["\\])/g, '$1') : value, end: at + 1 }
}

function isEscape(text: string, at: number): boolean {
  const next = text[at + 1]
  if (next === '\\') return true
  if (next !== '"') return false
  afterValue.lastIndex = at + 2
  return !afterValue.test(text)
}

function endOfWord(text: string, start: number): number {
  let at = start
  while (at < text.length && text[at] !== '=' && !isSpace(text, at)) at++
  return at
}

function endOfBare(text: string, start: number): number {
  let at = start
  while (at < text.length && !isSpace(text, at)) at++
  return at
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x20 || (code >= 0x09 && code <= 0x0d)
}
