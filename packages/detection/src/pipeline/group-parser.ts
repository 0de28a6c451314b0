import { complementOf } from '../expression/character-set.ts'
import { characterTree, parseClass } from '../expression/class-parser.ts'
import { parseEscape } from '../expression/escape-parser.ts'
import { lineFeed } from '../expression/named-sets.ts'
import { SourceCursor } from '../expression/source-cursor.ts'
import type { Assertion, SyntaxTree } from '../expression/syntax-tree.ts'

/** A regular expression whose groups and preferences count. */
export type GroupedTree =
  | { readonly kind: 'plain'; readonly tree: SyntaxTree }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly GroupedTree[] }
  | { readonly kind: 'group'; readonly number: number; readonly part: GroupedTree }
  | {
      readonly kind: 'repeat'
      readonly part: GroupedTree
      readonly least: number
      readonly most: number
      /** Prefers few to many. */
      readonly lazy: boolean
    }

/** A tree and what its groups are called. */
export interface GroupedExpression {
  readonly tree: GroupedTree
  /** The groups, numbered from 1. */
  readonly groups: number
  readonly names: ReadonlyMap<string, number>
}

const deepest = 50
const highestCount = 1_000
const assertions: ReadonlyMap<string, Assertion> = new Map([
  ['A', 'text start'],
  ['z', 'text end'],
  ['Z', 'text end'],
  ['b', 'word boundary'],
  ['B', 'no word boundary'],
])

/**
 * Reads a regular expression with its groups: numbered, named (`(?P<name>…)`, `(?<name>…)`) and plain
 * (`(?:…)`); a leading `(?i)` ignores case. Throws Error with cause and place for look-around,
 * back-references, other flags, and for what is no expression.
 */
export function parseGroups(source: string): GroupedExpression {
  return new GroupParser(source).parse()
}

class GroupParser {
  readonly #cursor: SourceCursor
  readonly #ignoreCase: boolean
  readonly #names = new Map<string, number>()
  #groups = 0
  #depth = 0

  constructor(source: string) {
    this.#cursor = new SourceCursor(source)
    this.#ignoreCase = this.#cursor.take('(?i)')
  }

  parse(): GroupedExpression {
    const tree = this.#choice()
    if (!this.#cursor.done) throw this.#cursor.problem('a bracket is closed but was not opened')
    return { tree, groups: this.#groups, names: this.#names }
  }

  #choice(): GroupedTree {
    const parts = [this.#sequence()]
    while (this.#cursor.take('|')) parts.push(this.#sequence())
    const [only] = parts
    return only !== undefined && parts.length === 1 ? only : { kind: 'choice', parts }
  }

  #sequence(): GroupedTree {
    const parts: GroupedTree[] = []
    while (!this.#cursor.done && !'|)'.includes(this.#cursor.peek())) parts.push(this.#repeated())
    return { kind: 'sequence', parts }
  }

  #repeated(): GroupedTree {
    if (this.#quantifier() !== undefined) throw this.#cursor.problem('nothing to repeat')
    const part = this.#atom()
    const quantifier = this.#quantifier()
    if (quantifier === undefined) return part
    const [least, most] = quantifier
    const lazy = this.#cursor.take('?')
    if (this.#quantifier() !== undefined) throw this.#cursor.problem('repeated twice')
    return { kind: 'repeat', part, least, most, lazy }
  }

  #quantifier(): [number, number] | undefined {
    if (this.#cursor.take('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#cursor.take('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#cursor.take('?')) return [0, 1]
    const counted = this.#cursor.match(/\{(\d{1,4})(,(\d{0,4}))?\}/y)
    if (counted === undefined) return undefined
    const least = Number(counted[1])
    const open = counted[2] === undefined ? least : Number.POSITIVE_INFINITY
    const most = counted[3] ? Number(counted[3]) : open
    if (most < least || least > highestCount || (most > highestCount && Number.isFinite(most))) {
      throw this.#cursor.problem('not a count of repetitions')
    }
    return [least, most]
  }

  #atom(): GroupedTree {
    const character = this.#cursor.character()
    if (character === '(') return this.#group()
    return { kind: 'plain', tree: this.#plain(character) }
  }

  #plain(character: string): SyntaxTree {
    switch (character) {
      case '[':
        return parseClass(this.#cursor, this.#ignoreCase)
      case '.':
        return { kind: 'set', set: complementOf(lineFeed) }
      case '^':
        return { kind: 'assertion', assertion: 'text start' }
      case '$':
        return { kind: 'assertion', assertion: 'text end' }
      case '\\':
        return this.#escaped()
      default:
        return characterTree(character, this.#ignoreCase)
    }
  }

  #escaped(): SyntaxTree {
    const assertion = assertions.get(this.#cursor.peek())
    if (assertion === undefined) return characterTree(parseEscape(this.#cursor), this.#ignoreCase)
    this.#cursor.character()
    return { kind: 'assertion', assertion }
  }

  #group(): GroupedTree {
    this.#depth += 1
    if (this.#depth > deepest) throw this.#cursor.problem(`more than ${deepest} groups deep`)
    const number = this.#numberOfGroup()
    const part = this.#choice()
    if (!this.#cursor.take(')')) throw this.#cursor.problem('a bracket is not closed')
    this.#depth -= 1
    return number === undefined ? part : { kind: 'group', number, part }
  }

  /** Reads what follows the opening bracket; undefined for a group that is not kept. */
  #numberOfGroup(): number | undefined {
    if (this.#cursor.take('?:')) return undefined
    this.#groups += 1
    if (!this.#cursor.take('?')) return this.#groups
    const name = this.#cursor.match(/P?<([A-Za-z_]\w*)>/y)?.[1]
    if (name === undefined) throw this.#cursor.problem('this kind of group is not supported')
    if (this.#names.has(name)) throw this.#cursor.problem(`a second group "${name}"`)
    this.#names.set(name, this.#groups)
    return this.#groups
  }
}
