import { type CharacterSet, setOf } from './character-set.ts'
import { extentOf } from './extent.ts'
import { lineFeed } from './named-sets.ts'
import type { Assertion, SyntaxTree } from './syntax-tree.ts'

/**
 * What stands before a part of an expression: nothing, so that it may begin at every place
 * (`start`), a unit of a set (of the empty set: the start of the text), or something not known.
 */
export type Prior = 'start' | CharacterSet | undefined

/** What stands before the part after this one. */
export function priorAfter(tree: SyntaxTree, prior: Prior): Prior {
  switch (tree.kind) {
    case 'set':
      return tree.set
    case 'assertion':
      return afterAssertion(tree.assertion, prior)
    case 'repeat':
      return tree.least > 0 && extentOf(tree.part).least > 0
        ? priorAfter(tree.part, undefined)
        : undefined
    case 'choice':
      return union(tree.parts.map((part) => priorAfter(part, prior)))
    case 'sequence': {
      let before = prior
      for (const part of tree.parts) before = priorAfter(part, before)
      return before
    }
  }
}

function afterAssertion(assertion: Assertion, prior: Prior): Prior {
  if (assertion === 'text start') return []
  if (assertion === 'line start') return lineFeed
  return prior === 'start' ? undefined : prior
}

/**
 * Whether a run of the set can begin while another runs, at places the text decides. Runs that may
 * begin at every place do so at every place, which is as simple as one run.
 */
export function canOverlap(set: CharacterSet, prior: Prior): boolean {
  if (prior === 'start') return false
  return prior === undefined || intersect(set, prior)
}

function union(priors: readonly Prior[]): Prior {
  const ranges: number[] = []
  for (const prior of priors) {
    if (prior === undefined || prior === 'start') return undefined
    for (const bound of prior) ranges.push(bound)
  }
  return setOf(ranges)
}

function intersect(a: CharacterSet, b: CharacterSet): boolean {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if ((a[i + 1] ?? 0) < (b[j] ?? 0)) i += 2
    else if ((b[j + 1] ?? 0) < (a[i] ?? 0)) j += 2
    else return true
  }
  return false
}
