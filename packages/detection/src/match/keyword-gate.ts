import { LiteralAutomaton } from './literal-automaton.ts'

/** More alternatives than this are looked for in one pass of an automaton instead. */
const mostAlternatives = 32
const shortestPart = 3

/** Records after which the gate is judged, and for how many it stands open if it let most of them through. */
const trial = 1_024
const pause = 16 * trial

type Search = (text: string) => boolean

/**
 * Says of the JSON text of a record whether any keyword can occur among its values. JSON may write some
 * characters as escapes, so only parts of a keyword that stand for themselves are looked for; a text that
 * escapes letters passes. Where most records pass, it stops looking for a while.
 */
export class KeywordGate {
  readonly #occurs: Search | undefined
  #asked = 0
  #passed = 0
  #paused = 0

  /** Keywords in lower case. */
  constructor(keywords: readonly string[]) {
    const parts = [...new Set(keywords.map(plainPart))]
    if (parts.every(({ length }) => length >= shortestPart)) this.#occurs = behindAnchors(parts)
  }

  /** Whether to look closer. */
  passes(text: string): boolean {
    if (this.#occurs === undefined) return true
    if (this.#paused > 0) {
      this.#paused -= 1
      return true
    }
    const passes = this.#occurs(text) || mayHide(text)
    if (passes) this.#passed += 1
    this.#asked += 1
    if (this.#asked >= trial) this.#judge()
    return passes
  }

  #judge(): void {
    if (this.#passed > trial / 2) this.#paused = pause
    this.#asked = 0
    this.#passed = 0
  }
}

/** Two characters that are no letters, as in `sekurlsa::logonpasswords`: quick to look for, and seldom there. */
const anchor = /[^a-z0-9 ]{2}/

/** Looks for parts with an anchor only in texts where the anchor stands. */
function behindAnchors(parts: readonly string[]): Search {
  const byAnchor = Map.groupBy(parts, (part) => anchor.exec(part)?.[0] ?? '')
  const gates = [...byAnchor].map(([found, its]): Search => {
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
  // Paths are full of backslashes: looking for the letter first meets fewer of what it does not seek.
  const escapes = text.includes('u00') && text.includes('\\u00')
  return escapes || text.includes('\u212a') || text.includes('\u0130')
}

function anyOf(parts: readonly string[]): Search {
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
