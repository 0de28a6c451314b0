/**
 * The typed query of every list and search: `severity:high and not src_ip:10.0.0.0/8 (user:root or "đăng nhập")`.
 * Clicked chips and typed text are the same object: parse, change the tree, print it back.
 */
export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly node: FilterNode }
  | {
      readonly kind: 'term'
      readonly field: string | null
      readonly operator: FilterOperator
      readonly value: string
      readonly quoted: boolean
    }
export type FilterOperator = ':' | '>' | '>=' | '<' | '<='

export type FilterResult =
  | { readonly ok: true; readonly node: FilterNode | null }
  | { readonly ok: false; readonly at: number; readonly expected: string }

interface Token {
  readonly kind: '(' | ')' | 'and' | 'or' | 'not' | 'term'
  readonly at: number
  readonly term?: FilterNode
}

const termPattern = /(?:([A-Za-z_][\w.]*)(:|>=|<=|>|<))?(?:"((?:[^"\\]|\\.)*)"|([^\s()"]+))/y
const maximumDepth = 32
const maximumTerms = 200

/** Reads a filter; never throws. Empty text is no filter. Positions count UTF-16 units. */
export function parseFilter(text: string): FilterResult {
  const tokens = tokenise(text)
  if (!Array.isArray(tokens)) return tokens
  if (tokens.length === 0) return { ok: true, node: null }
  if (tokens.filter(({ kind }) => kind === 'term').length > maximumTerms) {
    return { ok: false, at: 0, expected: `at most ${maximumTerms} terms` }
  }
  return new FilterParser(tokens, text.length).read()
}

function tokenise(text: string): Token[] | Extract<FilterResult, { ok: false }> {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const character = text.charAt(at)
    if (/\s/.test(character)) {
      at++
      continue
    }
    if (character === '(' || character === ')') {
      tokens.push({ kind: character, at })
      at++
      continue
    }
    termPattern.lastIndex = at
    const found = termPattern.exec(text)
    if (!found) return { ok: false, at, expected: 'a value, as in field:value' }
    tokens.push(tokenOf(found, at))
    at = termPattern.lastIndex
  }
  return tokens
}

function tokenOf([, field, operator, quoted, bare]: RegExpExecArray, at: number): Token {
  const word = bare?.toLowerCase()
  if (!field && (word === 'and' || word === 'or' || word === 'not')) return { kind: word, at }
  return {
    kind: 'term',
    at,
    term: {
      kind: 'term',
      field: field ?? null,
      operator: (operator ?? ':') as FilterOperator,
      value: quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1'),
      quoted: quoted !== undefined,
    },
  }
}

class FilterParser {
  readonly #tokens: readonly Token[]
  readonly #end: number
  #position = 0
  #depth = 0

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens
    this.#end = end
  }

  read(): FilterResult {
    try {
      const node = this.#or()
      const rest = this.#tokens[this.#position]
      if (rest) return { ok: false, at: rest.at, expected: 'and, or, or the end' }
      return { ok: true, node }
    } catch (error) {
      if (error instanceof FilterSyntaxError) {
        return { ok: false, at: error.at, expected: error.message }
      }
      throw error
    }
  }

  #or(): FilterNode {
    const nodes = [this.#and()]
    while (this.#take('or')) nodes.push(this.#and())
    return nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'or', nodes }
  }

  #and(): FilterNode {
    const nodes = [this.#not()]
    while (this.#take('and') || this.#startsTerm()) nodes.push(this.#not())
    return nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'and', nodes }
  }

  #not(): FilterNode {
    if (++this.#depth > maximumDepth) throw this.#failure(`at most ${maximumDepth} levels`)
    const node: FilterNode = this.#take('not')
      ? { kind: 'not', node: this.#not() }
      : this.#primary()
    this.#depth--
    return node
  }

  #primary(): FilterNode {
    if (this.#take('(')) {
      const node = this.#or()
      if (!this.#take(')')) throw this.#failure('a closing parenthesis')
      return node
    }
    const token = this.#tokens[this.#position]
    if (token?.term) {
      this.#position++
      return token.term
    }
    throw this.#failure('a value, as in field:value')
  }

  #startsTerm(): boolean {
    const kind = this.#tokens[this.#position]?.kind
    return kind === 'term' || kind === 'not' || kind === '('
  }

  #take(kind: Token['kind']): boolean {
    if (this.#tokens[this.#position]?.kind !== kind) return false
    this.#position++
    return true
  }

  #failure(expected: string): FilterSyntaxError {
    return new FilterSyntaxError(this.#tokens[this.#position]?.at ?? this.#end, expected)
  }
}

class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError'
  readonly at: number

  constructor(at: number, expected: string) {
    super(expected)
    this.at = at
  }
}

/** Writes a filter tree as text that reads back to the same tree. */
export function printFilter(node: FilterNode | null): string {
  if (!node) return ''
  if (node.kind === 'term') {
    const bare = !node.quoted && /^[^\s()"]+$/.test(node.value) && !isKeyword(node.value)
    const value = bare ? node.value : `"${node.value.replace(/(["\\])/g, '\\$1')}"`
    return node.field ? `${node.field}${node.operator}${value}` : value
  }
  if (node.kind === 'not') return `not ${nested(node.node)}`
  return node.nodes.map(nested).join(` ${node.kind} `)
}

function nested(node: FilterNode): string {
  const text = printFilter(node)
  return node.kind === 'and' || node.kind === 'or' ? `(${text})` : text
}

function isKeyword(value: string): boolean {
  return ['and', 'or', 'not'].includes(value.toLowerCase())
}
