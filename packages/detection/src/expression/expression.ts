import { RE2JS } from 're2js'
import type { TextTest } from '../sigma/text-pattern.ts'
import { costOf, type Expression, literalsOf, readExpression } from './expression-syntax.ts'

export interface ExpressionFlags {
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
}

export interface CompiledExpression {
  readonly test: TextTest
  /** Lower-case texts of which one must occur; empty if none is known. */
  readonly literals: readonly string[]
  readonly engine: 'v8' | 'linear'
}

const longestSource = 4_000
const highestCost = 4_096

/**
 * Compiles a regular expression so that matching is linear in the text, whatever the author wrote:
 * V8 where the number of ways from one starting point is proven small, the automaton of RE2
 * otherwise. A leading `(?ims)` sets flags. Throws Error with the cause if neither engine reads it.
 */
export function compileExpression(written: string, given: ExpressionFlags): CompiledExpression {
  if (written.length > longestSource) {
    throw new Error(`regular expression longer than ${longestSource} characters`)
  }
  const { source, flags } = inlineFlags(written, given)
  const automaton = RE2JS.compile(source, flagBits(flags))
  const read = readExpression(source)
  const literals = read === undefined ? [] : literalsOf(read).filter((literal) => literal !== '')
  const expression = read !== undefined && isLinear(read, flags) ? native(source, flags) : undefined
  if (expression !== undefined) {
    return { test: (text) => expression.test(text), literals, engine: 'v8' }
  }
  const guard = literals.length === 1 ? literals[0] : undefined
  const test: TextTest =
    guard === undefined
      ? (text) => automaton.test(text)
      : (text, lower) => lower.includes(guard) && automaton.test(text)
  return { test, literals, engine: 'linear' }
}

function inlineFlags(written: string, given: ExpressionFlags) {
  const inline = /^\(\?([ims]+)\)/.exec(written)
  const letters = inline?.[1] ?? ''
  return {
    source: written.slice(inline?.[0].length ?? 0),
    flags: {
      ignoreCase: given.ignoreCase || letters.includes('i'),
      multiline: given.multiline || letters.includes('m'),
      dotAll: given.dotAll || letters.includes('s'),
    },
  }
}

function flagBits(flags: ExpressionFlags): number {
  return (
    (flags.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) |
    (flags.multiline ? RE2JS.MULTILINE : 0) |
    (flags.dotAll ? RE2JS.DOTALL : 0)
  )
}

/** Bounded work from every starting point; or one simple unbounded repetition from one starting point. */
function isLinear(expression: Expression, flags: ExpressionFlags): boolean {
  if (costOf(expression) <= highestCost) return true
  if (flags.multiline || expression.kind !== 'sequence') return false
  const [first, ...rest] = expression.parts
  if (first?.kind !== 'assertion' || !first.start) return false
  const unbounded = rest.filter(isUnboundedCharacter)
  const bounded = rest.filter((part) => !isUnboundedCharacter(part))
  return unbounded.length === 1 && costOf({ kind: 'sequence', parts: bounded }) <= 64
}

function isUnboundedCharacter(part: Expression): boolean {
  return (
    part.kind === 'repeat' &&
    part.most === Number.POSITIVE_INFINITY &&
    part.part.kind === 'character' &&
    part.least <= 1
  )
}

function native(source: string, flags: ExpressionFlags): RegExp | undefined {
  const letters = `${flags.ignoreCase ? 'i' : ''}${flags.multiline ? 'm' : ''}${flags.dotAll ? 's' : ''}`
  try {
    return new RegExp(source, letters)
  } catch {
    return undefined
  }
}
