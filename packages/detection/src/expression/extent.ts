import type { SyntaxTree } from './syntax-tree.ts'

/** How many units a match has at least and at most. */
export interface Extent {
  readonly least: number
  readonly most: number
}

const nothing: Extent = { least: 0, most: 0 }

/** The extent of what the tree accepts; `most` may be infinite. */
export function extentOf(tree: SyntaxTree): Extent {
  switch (tree.kind) {
    case 'set':
      return { least: 1, most: 1 }
    case 'assertion':
      return nothing
    case 'repeat': {
      const { least, most } = extentOf(tree.part)
      return { least: least * tree.least, most: most === 0 ? 0 : most * tree.most }
    }
    case 'choice': {
      const all = tree.parts.map(extentOf)
      if (all.length === 0) return nothing
      return {
        least: Math.min(...all.map(({ least }) => least)),
        most: Math.max(...all.map(({ most }) => most)),
      }
    }
    case 'sequence':
      return tree.parts.map(extentOf).reduce(together, nothing)
  }
}

function together(a: Extent, b: Extent): Extent {
  return { least: a.least + b.least, most: a.most + b.most }
}

type TextEdge = 'text start' | 'text end'

/** Whether every match begins at the start of the text (`text start`) or ends at its end (`text end`). */
export function isBoundTo(tree: SyntaxTree, edge: TextEdge): boolean {
  switch (tree.kind) {
    case 'set':
      return false
    case 'assertion':
      return tree.assertion === edge
    case 'repeat':
      return tree.least > 0 && isBoundTo(tree.part, edge)
    case 'choice':
      return tree.parts.length > 0 && tree.parts.every((part) => isBoundTo(part, edge))
    case 'sequence':
      return isSequenceBoundTo(tree.parts, edge)
  }
}

function isSequenceBoundTo(parts: readonly SyntaxTree[], edge: TextEdge): boolean {
  for (const part of edge === 'text start' ? parts : parts.toReversed()) {
    if (isBoundTo(part, edge)) return true
    if (extentOf(part).most > 0) return false
  }
  return false
}
