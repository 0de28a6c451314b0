/** A regular expression as far as its cost and its literals are concerned. */
export type Expression =
  | { readonly kind: 'character' /** undefined: one of several */; readonly text?: string }
  | { readonly kind: 'assertion'; readonly start: boolean }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Expression[] }
  | {
      readonly kind: 'repeat'
      readonly part: Expression
      readonly least: number
      readonly most: number
    }

const deepest = 50
const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' }

/**
 * Reads the part of regular-expression syntax that JavaScript and RE2 agree on. Undefined for
 * everything else (look-around, back-references, named groups, escapes they read differently).
 */
export function readExpression(source: string): Expression | undefined {
  const reader = new ExpressionReader(source)
  const read = reader.choice(0)
  return reader.failed || !reader.done ? undefined : read
}

class ExpressionReader {
  readonly #source: string
  #at = 0
  failed = false

  constructor(source: string) {
    this.#source = source
  }

  get done(): boolean {
    return this.#at >= this.#source.length
  }

  choice(depth: number): Expression {
    const parts = [this.#sequence(depth)]
    while (this.#take('|')) parts.push(this.#sequence(depth))
    const [only] = parts
    return only !== undefined && parts.length === 1 ? only : { kind: 'choice', parts }
  }

  #sequence(depth: number): Expression {
    const parts: Expression[] = []
    while (!this.done && !this.failed && !')|'.includes(this.#peek())) {
      parts.push(this.#repeated(this.#atom(depth)))
    }
    return { kind: 'sequence', parts }
  }

  #atom(depth: number): Expression {
    const character = this.#peek()
    this.#at += 1
    if (character === '(') return this.#group(depth)
    if (character === '[') return this.#class()
    if (character === '\\') return this.#escape()
    if (character === '.') return { kind: 'character' }
    if (character === '^' || character === '$')
      return { kind: 'assertion', start: character === '^' }
    if ('*+?{}]'.includes(character)) return this.#fail()
    return { kind: 'character', text: character }
  }

  #group(depth: number): Expression {
    if (depth > deepest) return this.#fail()
    if (this.#peek() === '?' && !this.#take('?:')) return this.#fail()
    const inner = this.choice(depth + 1)
    return this.#take(')') ? inner : this.#fail()
  }

  #class(): Expression {
    this.#take('^')
    if (this.#peek() === ']') return this.#fail()
    while (!this.done && this.#peek() !== ']') {
      if (this.#peek() === '[') return this.#fail()
      if (this.#peek() === '\\') {
        this.#at += 1
        this.#escape()
      } else {
        this.#at += 1
      }
    }
    return this.#take(']') ? { kind: 'character' } : this.#fail()
  }

  #escape(): Expression {
    const character = this.#peek()
    this.#at += 1
    if (character === 'd' || character === 'D' || character === 'w' || character === 'W') {
      return { kind: 'character' }
    }
    if (character === 'b' || character === 'B') return { kind: 'assertion', start: false }
    const control = controls[character]
    if (control !== undefined) return { kind: 'character', text: control }
    if (character === '' || /[a-z0-9]/i.test(character)) return this.#fail()
    return { kind: 'character', text: character }
  }

  #repeated(part: Expression): Expression {
    const [least, most] = this.#quantifier()
    if (least === 1 && most === 1) return part
    this.#take('?')
    if (part.kind === 'assertion' || /^[*+?{]/.test(this.#peek())) return this.#fail()
    return { kind: 'repeat', part, least, most }
  }

  #quantifier(): [number, number] {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#take('?')) return [0, 1]
    const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.#source.slice(this.#at, this.#at + 12))
    if (counted === null) return [1, 1]
    this.#at += counted[0].length
    const least = Number(counted[1])
    if (counted[2] === undefined) return [least, least]
    return [least, counted[3] ? Number(counted[3]) : Number.POSITIVE_INFINITY]
  }

  #peek(): string {
    return this.#source.charAt(this.#at)
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #fail(): Expression {
    this.failed = true
    return { kind: 'sequence', parts: [] }
  }
}

/**
 * How many ways a backtracking engine may go from one starting point, times their length; infinite
 * where a repetition is unbounded. Finite means: linear in the text.
 */
export function costOf(expression: Expression): number {
  return waysOf(expression) * widthOf(expression)
}

function waysOf(expression: Expression): number {
  switch (expression.kind) {
    case 'character':
    case 'assertion':
      return 1
    case 'sequence':
      return expression.parts.reduce((product, part) => product * waysOf(part), 1)
    case 'choice':
      return expression.parts.reduce((sum, part) => sum + waysOf(part), 0)
    case 'repeat':
      return (expression.most - expression.least + 1) * waysOf(expression.part) ** expression.most
  }
}

function widthOf(expression: Expression): number {
  switch (expression.kind) {
    case 'character':
    case 'assertion':
      return 1
    case 'sequence':
      return expression.parts.reduce((sum, part) => sum + widthOf(part), 1)
    case 'choice':
      return Math.max(...expression.parts.map(widthOf))
    case 'repeat':
      return expression.most * widthOf(expression.part) + 1
  }
}

/** Texts of which at least one must occur in whatever the expression accepts, in lower case; empty if none is known. */
export function literalsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'character':
      return expression.text === undefined ? [] : [expression.text.toLowerCase()]
    case 'assertion':
      return []
    case 'repeat':
      return expression.least === 0 ? [] : literalsOf(expression.part)
    case 'choice': {
      const each = expression.parts.map(literalsOf)
      return each.some((literals) => literals.length === 0) ? [] : each.flat()
    }
    case 'sequence':
      return literalsOfSequence(expression.parts)
  }
}

function literalsOfSequence(parts: readonly Expression[]): string[] {
  const candidates: string[][] = []
  let run = ''
  for (const part of parts) {
    if (part.kind === 'character' && part.text !== undefined && part.text <= '\u007f') {
      run += part.text.toLowerCase()
      continue
    }
    candidates.push([run])
    run = ''
    if (part.kind !== 'character') candidates.push(literalsOf(part))
  }
  candidates.push([run])
  let best: string[] = []
  for (const literals of candidates) {
    if (shortest(literals) > shortest(best)) best = literals
  }
  return best
}

function shortest(literals: readonly string[]): number {
  return literals.length === 0 ? 0 : Math.min(...literals.map((literal) => literal.length))
}
