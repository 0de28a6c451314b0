import type { CharacterSet } from './character-set.ts'
import type { Assertion, SyntaxTree } from './syntax-tree.ts'

/**
 * Most steps that backtracking may need from one place. V8 takes about a nanosecond for a step, so
 * a megabyte made to annoy costs some tens of milliseconds at the most.
 */
const mostSteps = 24
/** The same where many units can begin a match, so that V8 has to try at nearly every place. */
const mostStepsEverywhere = 6
const manyUnits = 16

const assertions: Readonly<Partial<Record<Assertion, string>>> = {
  'text start': '^',
  'text end': '$',
  'word boundary': '\\b',
  'no word boundary': '\\B',
}

/**
 * The tree as an expression of V8, which is faster than an automaton where there is little to try;
 * undefined unless the work from any one place is proven small, whatever the text.
 */
export function nativeExpression(tree: SyntaxTree): RegExp | undefined {
  if (stepsOf(tree, 1) > (beginsAnywhere(tree) ? mostStepsEverywhere : mostSteps)) return undefined
  const source = sourceOf(tree)
  return source === undefined ? undefined : new RegExp(source)
}

function beginsAnywhere(tree: SyntaxTree): boolean {
  switch (tree.kind) {
    case 'set':
      return sizeOf(tree.set) > manyUnits
    case 'assertion':
      return false
    case 'repeat':
      return beginsAnywhere(tree.part)
    case 'choice':
      return tree.parts.some(beginsAnywhere)
    case 'sequence': {
      const [first] = tree.parts
      return first !== undefined && beginsAnywhere(first)
    }
  }
}

function sizeOf(set: CharacterSet): number {
  return set.reduce((size, bound, i) => (i % 2 === 0 ? size - bound : size + bound + 1), 0)
}

/** Upper bound of what a backtracking engine does from one place, when `after` is what follows costs. */
function stepsOf(tree: SyntaxTree, after: number): number {
  if (after > mostSteps) return Number.POSITIVE_INFINITY
  switch (tree.kind) {
    case 'set':
    case 'assertion':
      return after + 1
    case 'sequence':
      return tree.parts.reduceRight((steps, part) => stepsOf(part, steps), after)
    case 'choice':
      return tree.parts.reduce((steps, part) => steps + stepsOf(part, after), 0)
    case 'repeat': {
      if (tree.most > mostSteps) return Number.POSITIVE_INFINITY
      let steps = after
      for (let i = tree.most; i > 0; i--) {
        steps = stepsOf(tree.part, steps) + (i > tree.least ? after : 0)
      }
      return steps
    }
  }
}

function sourceOf(tree: SyntaxTree): string | undefined {
  switch (tree.kind) {
    case 'set':
      return sourceOfSet(tree.set)
    case 'assertion':
      return assertions[tree.assertion]
    case 'sequence':
      return joined(tree.parts, '')
    case 'choice': {
      const inner = joined(tree.parts, '|')
      return inner === undefined ? undefined : `(?:${inner})`
    }
    case 'repeat': {
      const part = sourceOf(tree.part)
      return part === undefined ? undefined : `(?:${part}){${tree.least},${tree.most}}`
    }
  }
}

function joined(parts: readonly SyntaxTree[], separator: string): string | undefined {
  const sources = parts.map(sourceOf)
  return sources.includes(undefined) ? undefined : sources.join(separator)
}

function sourceOfSet(set: CharacterSet): string {
  const [first = 0, last] = set
  if (set.length === 2 && first === last) return unit(first)
  let members = ''
  for (let i = 0; i < set.length; i += 2) members += `${unit(set[i] ?? 0)}-${unit(set[i + 1] ?? 0)}`
  return `[${members}]`
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`
}
