import type { Match } from '@haidang/contracts/alert'

interface Span {
  readonly start: number
  readonly end: number
}

/** Modifiers under which a pattern is text that stands in the value as it is, wildcards aside. */
const plain = new Set(['contains', 'startswith', 'endswith', 'all', 'cased'])

/**
 * Where in the value the pattern of a rule was met, as far as it is text with or without wildcards; undefined where
 * it is an expression, a number, a network or anything else.
 */
export function matchedSpan({
  value,
  pattern,
}: Pick<Match, 'value' | 'pattern'>): Span | undefined {
  const [, how = '', text = pattern] = /^([a-z0-9|]+): (.*)$/s.exec(pattern) ?? []
  const words = how === '' ? [] : how.split('|')
  if (words.some((word) => !plain.has(word))) return undefined
  const literals = literalsOf(text)
  const lower = value.toLowerCase()
  if (words.includes('endswith')) {
    const end = value.length
    const start = lower.lastIndexOf(literals.at(0)?.toLowerCase() ?? '')
    return start < 0 || literals.length === 0 ? undefined : { start, end }
  }
  let start: number | undefined
  let at = 0
  for (const literal of literals) {
    const found = lower.indexOf(literal.toLowerCase(), at)
    if (found < 0) return undefined
    start ??= found
    at = found + literal.length
  }
  return start === undefined ? undefined : { start, end: at }
}

/** The text between the wildcards of a Sigma pattern; a backslash takes the meaning of `*`, `?` and of itself. */
function literalsOf(pattern: string): string[] {
  const literals = ['']
  for (const [token] of pattern.matchAll(/\\[*?\\]|[\s\S]/g)) {
    if (token === '*' || token === '?') literals.push('')
    else literals.push((literals.pop() ?? '') + (token.length === 2 ? token.slice(1) : token))
  }
  return literals.filter((literal) => literal !== '')
}
