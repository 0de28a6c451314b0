import { type Place, RuleProblem } from './located-yaml.ts'

/** A Sigma condition (specification 2.1.0, "Condition"): search identifiers joined by and, or, not. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'selection'; readonly name: string }

const deepest = 64
const mostTokens = 2_000
const tokens = /\s*(\(|\)|\||[^\s()|]+)/y

interface Token {
  readonly text: string
  readonly offset: number
}

/**
 * Parses one condition over the given search identifiers; `place` is where its text begins in the file.
 * Precedence: or, and, not, "x of", parentheses. Throws RuleProblem at the offending word.
 */
export function parseCondition(text: string, names: readonly string[], place: Place): Condition {
  const parser = new ConditionParser(tokenise(text, place), names, place)
  return parser.parse()
}

function tokenise(text: string, place: Place): Token[] {
  const found: Token[] = []
  tokens.lastIndex = 0
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const word = match[1] ?? ''
    found.push({ text: word, offset: match.index + match[0].length - word.length })
    if (found.length > mostTokens) throw new RuleProblem('condition too long', place)
  }
  return found
}

class ConditionParser {
  readonly #tokens: readonly Token[]
  readonly #names: readonly string[]
  readonly #place: Place
  #next = 0

  constructor(tokens: readonly Token[], names: readonly string[], place: Place) {
    this.#tokens = tokens
    this.#names = names
    this.#place = place
  }

  parse(): Condition {
    const condition = this.#or(0)
    const rest = this.#tokens[this.#next]
    if (rest === undefined) return condition
    if (rest.text === '|') {
      throw this.#problem(
        'aggregation after "|" is no longer Sigma: write a correlation rule',
        rest,
      )
    }
    throw this.#problem(`unexpected "${rest.text}" after the end of the condition`, rest)
  }

  #or(depth: number): Condition {
    return this.#joined('or', 'any', () => this.#joined('and', 'all', () => this.#not(depth)))
  }

  #joined(word: string, kind: 'all' | 'any', operand: () => Condition): Condition {
    const parts = [operand()]
    while (this.#peek() === word) {
      this.#next += 1
      parts.push(operand())
    }
    const [only] = parts
    return only !== undefined && parts.length === 1 ? only : { kind, parts }
  }

  #not(depth: number): Condition {
    if (depth > deepest) throw this.#problem(`nested deeper than ${deepest}`)
    if (this.#peek() !== 'not') return this.#operand(depth)
    this.#next += 1
    return { kind: 'not', part: this.#not(depth + 1) }
  }

  #operand(depth: number): Condition {
    const token = this.#tokens[this.#next]
    if (token === undefined) throw this.#problem('the condition ends too early')
    this.#next += 1
    if (token.text === '(') return this.#parenthesis(depth)
    if (this.#peek() === 'of') return this.#quantified(token)
    if (/^(and|or|not|of|\)|\|)$/i.test(token.text)) {
      throw this.#problem(`expected a search identifier, found "${token.text}"`, token)
    }
    if (this.#names.includes(token.text)) return { kind: 'selection', name: token.text }
    throw this.#problem(`unknown search identifier "${token.text}"`, token)
  }

  #parenthesis(depth: number): Condition {
    const inner = this.#or(depth + 1)
    if (this.#tokens[this.#next]?.text !== ')') throw this.#problem('")" is missing')
    this.#next += 1
    return inner
  }

  #quantified(quantity: Token): Condition {
    const word = quantity.text.toLowerCase()
    if (word !== '1' && word !== 'all' && word !== 'any') {
      throw this.#problem(
        `expected "1 of", "any of" or "all of", found "${quantity.text} of"`,
        quantity,
      )
    }
    this.#next += 1
    const target = this.#tokens[this.#next]
    if (target === undefined) throw this.#problem('"of" what?')
    this.#next += 1
    const names = this.#matching(target.text)
    if (names.length === 0) {
      throw this.#problem(`no search identifier matches "${target.text}"`, target)
    }
    const parts = names.map((name): Condition => ({ kind: 'selection', name }))
    return { kind: word === 'all' ? 'all' : 'any', parts }
  }

  #matching(pattern: string): string[] {
    if (pattern === 'them') return this.#names.filter((name) => !name.startsWith('_'))
    const pieces = pattern.split('*')
    return this.#names.filter(
      (name) => fits(name, pieces) && (!name.startsWith('_') || pattern.startsWith('_')),
    )
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next]?.text.toLowerCase()
  }

  #problem(cause: string, token: Token | undefined = this.#tokens.at(-1)): RuleProblem {
    const { line, column } = this.#place
    return new RuleProblem(cause, { line, column: column + (token?.offset ?? 0) })
  }
}

/** Whether a name consists of the pieces with anything between them. */
function fits(name: string, pieces: readonly string[]): boolean {
  const [first = '', ...rest] = pieces
  const last = rest.pop()
  if (last === undefined) return name === first
  if (!name.startsWith(first) || name.length < first.length + last.length) return false
  let from = first.length
  for (const piece of rest) {
    const found = name.indexOf(piece, from)
    if (found < 0) return false
    from = found + piece.length
  }
  return name.endsWith(last) && name.length - last.length >= from
}
