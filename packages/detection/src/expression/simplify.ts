import { choiceOf, isEmpty, repeatOf, type SyntaxTree, sequenceOf } from './syntax-tree.ts'

type Side = 'leading' | 'trailing'

/**
 * A smaller tree that occurs in exactly the same texts. A match may begin and end anywhere, so of a
 * repetition at either edge only the copies it cannot do without are kept: `.*a{2,9}` is `a{2}`.
 */
export function simplified(tree: SyntaxTree): SyntaxTree {
  return trimmed(trimmed(tree, 'leading'), 'trailing')
}

function trimmed(tree: SyntaxTree, side: Side): SyntaxTree {
  switch (tree.kind) {
    case 'set':
    case 'assertion':
      return tree
    case 'repeat': {
      const kept = repeatOf(tree.part, tree.least, tree.least)
      return tree.least === 1 ? trimmed(kept, side) : kept
    }
    case 'choice':
      return choiceOf(tree.parts.map((part) => trimmed(part, side)))
    case 'sequence':
      return trimmedSequence(tree.parts, side)
  }
}

function trimmedSequence(parts: readonly SyntaxTree[], side: Side): SyntaxTree {
  const rest = [...parts]
  while (rest.length > 0) {
    const edge = side === 'leading' ? rest.shift() : rest.pop()
    if (edge === undefined) break
    const kept = trimmed(edge, side)
    if (isEmpty(kept)) continue
    return sequenceOf(side === 'leading' ? [kept, ...rest] : [...rest, kept])
  }
  return sequenceOf([])
}
