import { LiteralAutomaton } from './literal-automaton.ts'

/** More alternatives than this are looked for in one pass of an automaton instead. */
const mostAlternatives = 32
const shortestPart = 3

/** Says of the JSON text of a record whether any keyword can occur among its values. */
export type KeywordGate = (text: string) => boolean

/**
 * A gate over keywords in lower case. JSON may write some characters as escapes, so only parts of a keyword
 * that stand for themselves are looked for; a text that escapes letters passes.
 */
export function keywordGate(keywords: readonly string[]): KeywordGate {
  const parts = new Set<string>()
  for (const keyword of keywords) {
    const part = plainPart(keyword)
    if (part.length < shortestPart) return () => true
    parts.add(part)
  }
  const occurs = behindAnchors([...parts])
  return (text) => occurs(text) || mayHide(text)
}

/** Two characters that are no letters, as in `sekurlsa::logonpasswords`: quick to look for, and seldom there. */
const anchor = /[^a-z0-9 ]{2}/

/** Looks for parts with an anchor only in texts where the anchor stands. */
function behindAnchors(parts: readonly string[]): KeywordGate {
  const byAnchor = Map.groupBy(parts, (part) => anchor.exec(part)?.[0] ?? '')
  const gates = [...byAnchor].map(([found, its]): KeywordGate => {
    const occurs = anyOf(its)
    return found === '' ? occurs : (text) => text.includes(found) && occurs(text)
  })
  return (text) => gates.some((gate) => gate(text))
}

/** Longest part without quotation marks, separators and characters beyond ASCII. */
function plainPart(keyword: string): string {
  let longest = ''
  for (const [part] of keyword.matchAll(/[ !#-.0-[\]-~]+/g)) {
    if (part.length > longest.length) longest = part
  }
  return longest
}

/** Whether an ASCII letter may stand in the text without showing: escaped, or as a letter that folds to it. */
function mayHide(text: string): boolean {
  return text.includes('\\u00') || text.includes('\u212a') || text.includes('\u0130')
}

function anyOf(parts: readonly string[]): KeywordGate {
  if (parts.length <= mostAlternatives) {
    const alternatives = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    const expression = new RegExp(alternatives.join('|'), 'i')
    return (text) => expression.test(text)
  }
  const automaton = new LiteralAutomaton(parts)
  return (text) => {
    let occurs = false
    automaton.search(text, () => {
      occurs = true
    })
    return occurs
  }
}
