import { complementOf } from './character-set.ts'
import { characterTree, parseClass } from './class-parser.ts'
import { parseEscape } from './escape-parser.ts'
import { lineFeed } from './named-sets.ts'
import { SourceCursor } from './source-cursor.ts'
import {
  type Assertion,
  choiceOf,
  emptyTree,
  repeatOf,
  type SyntaxTree,
  sequenceOf,
} from './syntax-tree.ts'

export interface ExpressionFlags {
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
}

const deepest = 100
const highestCount = 10_000

const assertions: Readonly<Record<string, Assertion>> = {
  A: 'text start',
  z: 'text end',
  b: 'word boundary',
  B: 'no word boundary',
}

/** Groups that ask for more than one pass over the text, by what follows the bracket and question mark. */
const beyond: readonly [RegExp, string][] = [
  [/<?[=!]/y, 'look-around is not supported'],
  [/P[=>]|[R&(]|[+-]?\d/y, 'back-references and recursion are not supported'],
  [/>/y, 'atomic groups are not supported'],
]

/**
 * Reads a regular expression in the syntax that RE2 and PCRE share. Throws Error with cause and
 * place for what no automaton can do (look-around, back-references, possessive repetition), for
 * unknown escapes, and for what is no expression.
 */
export function parseExpression(source: string, flags: ExpressionFlags): SyntaxTree {
  return new ExpressionParser(source, flags).parse()
}

class ExpressionParser {
  readonly #cursor: SourceCursor
  #flags: ExpressionFlags
  #depth = 0

  constructor(source: string, flags: ExpressionFlags) {
    this.#cursor = new SourceCursor(source)
    this.#flags = flags
  }

  parse(): SyntaxTree {
    const tree = this.#choice()
    if (!this.#cursor.done) throw this.#cursor.problem('a bracket is closed but was not opened')
    return tree
  }

  #choice(): SyntaxTree {
    const parts = [this.#sequence()]
    while (this.#cursor.take('|')) parts.push(this.#sequence())
    return choiceOf(parts)
  }

  #sequence(): SyntaxTree {
    const parts: SyntaxTree[] = []
    while (!this.#cursor.done && !/[|)]/.test(this.#cursor.peek())) {
      if (this.#cursor.take('\\Q')) parts.push(...this.#quoted())
      else parts.push(this.#repeated())
    }
    return sequenceOf(parts)
  }

  #quoted(): SyntaxTree[] {
    const parts: SyntaxTree[] = []
    while (!this.#cursor.done && !this.#cursor.take('\\E')) {
      parts.push(characterTree(this.#cursor.character(), this.#flags.ignoreCase))
    }
    return parts
  }

  #repeated(): SyntaxTree {
    if (this.#quantifier() !== undefined) throw this.#cursor.problem('nothing to repeat')
    const part = this.#atom()
    const quantifier = this.#quantifier()
    if (quantifier === undefined) return part
    const [least, most] = quantifier
    if (this.#cursor.take('+')) throw this.#cursor.problem('possessive repetition is not supported')
    this.#cursor.take('?')
    if (this.#quantifier() !== undefined) throw this.#cursor.problem('repeated twice')
    return repeatOf(part, least, most)
  }

  #quantifier(): [number, number] | undefined {
    if (this.#cursor.take('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#cursor.take('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#cursor.take('?')) return [0, 1]
    const counted = this.#cursor.match(/\{(\d{1,9})(,(\d{0,9}))?\}/y)
    if (counted === undefined) return undefined
    const least = Number(counted[1])
    const open = counted[2] === undefined ? least : Number.POSITIVE_INFINITY
    const most = counted[3] ? Number(counted[3]) : open
    if (most < least) throw this.#cursor.problem('a repetition ends before it begins')
    if (least > highestCount || (Number.isFinite(most) && most > highestCount)) {
      throw this.#cursor.problem(`repeated more than ${highestCount} times`)
    }
    return [least, most]
  }

  #atom(): SyntaxTree {
    const { multiline, dotAll, ignoreCase } = this.#flags
    const character = this.#cursor.character()
    switch (character) {
      case '(':
        return this.#group()
      case '[':
        return parseClass(this.#cursor, ignoreCase)
      case '\\':
        return this.#escaped()
      case '.':
        return { kind: 'set', set: complementOf(dotAll ? [] : lineFeed) }
      case '^':
        return { kind: 'assertion', assertion: multiline ? 'line start' : 'text start' }
      case '$':
        return { kind: 'assertion', assertion: multiline ? 'line end' : 'text end' }
      default:
        return characterTree(character, ignoreCase)
    }
  }

  #escaped(): SyntaxTree {
    const next = this.#cursor.peek()
    const assertion = Object.hasOwn(assertions, next) ? assertions[next] : undefined
    if (assertion !== undefined) {
      this.#cursor.character()
      return { kind: 'assertion', assertion }
    }
    if (this.#cursor.take('Z')) {
      // As in PCRE: before a line feed that ends the text, too.
      const end: SyntaxTree = { kind: 'assertion', assertion: 'text end' }
      return sequenceOf([repeatOf({ kind: 'set', set: lineFeed }, 0, 1), end])
    }
    return characterTree(parseEscape(this.#cursor), this.#flags.ignoreCase)
  }

  #group(): SyntaxTree {
    const outside = this.#flags
    if (this.#cursor.take('?') && this.#opening() === ')') return emptyTree
    this.#depth += 1
    if (this.#depth > deepest) throw this.#cursor.problem(`more than ${deepest} groups deep`)
    const inner = this.#choice()
    if (!this.#cursor.take(')')) throw this.#cursor.problem('a bracket is not closed')
    this.#depth -= 1
    this.#flags = outside
    return inner
  }

  /** Reads what follows `(?`; returns `)` where it closes the group at once. */
  #opening(): string {
    for (const [sticky, cause] of beyond) {
      if (this.#cursor.match(sticky) !== undefined) throw this.#cursor.problem(cause)
    }
    const plain = this.#cursor.match(/:|P?<[A-Za-z_]\w*>/y)
    return plain === undefined ? this.#setFlags() : plain[0]
  }

  /** Reads `ims-ims)` or `ims-ims:`; greed (`U`) changes what is captured, not whether it matches. */
  #setFlags(): string {
    const read = this.#cursor.match(/([imsU]*)(?:-([imsU]*))?([):])/y)
    if (read === undefined) throw this.#cursor.problem('unknown group or flag')
    const [, on = '', off = '', scope = ''] = read
    const flag = (letter: string, before: boolean) =>
      !off.includes(letter) && (before || on.includes(letter))
    this.#flags = {
      ignoreCase: flag('i', this.#flags.ignoreCase),
      multiline: flag('m', this.#flags.multiline),
      dotAll: flag('s', this.#flags.dotAll),
    }
    return scope
  }
}
