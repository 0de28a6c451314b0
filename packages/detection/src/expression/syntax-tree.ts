import { type CharacterSet, setOf } from './character-set.ts'

/** A place between two units that an expression may ask for. */
export type Assertion =
  | 'text start'
  | 'text end'
  | 'line start'
  | 'line end'
  | 'word boundary'
  | 'no word boundary'

/** A regular expression as far as "does it occur in the text" asks: groups and greed leave no trace. */
export type SyntaxTree =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly SyntaxTree[] }
  | {
      readonly kind: 'repeat'
      readonly part: SyntaxTree
      readonly least: number
      readonly most: number
    }

/** Accepts the empty text. */
export const emptyTree: SyntaxTree = { kind: 'sequence', parts: [] }

/** Whether the tree is the empty sequence. */
export function isEmpty(tree: SyntaxTree): boolean {
  return tree.kind === 'sequence' && tree.parts.length === 0
}

/** One tree after the other. */
export function sequenceOf(parts: readonly SyntaxTree[]): SyntaxTree {
  const flat = parts.flatMap((part) => (part.kind === 'sequence' ? part.parts : [part]))
  const [only] = flat
  return only !== undefined && flat.length === 1 ? only : { kind: 'sequence', parts: flat }
}

/** Any of the trees; neighbours that are sets become one set. */
export function choiceOf(parts: readonly SyntaxTree[]): SyntaxTree {
  const flat = parts.flatMap((part) => (part.kind === 'choice' ? part.parts : [part]))
  const sets = flat.flatMap((part) => (part.kind === 'set' ? part.set : []))
  const others = flat.filter((part) => part.kind !== 'set')
  const all: SyntaxTree[] =
    sets.length > 0 ? [{ kind: 'set', set: setOf(sets) }, ...others] : others
  const [only] = all
  return only !== undefined && all.length === 1 ? only : { kind: 'choice', parts: all }
}

/** The tree from `least` to `most` times. */
export function repeatOf(part: SyntaxTree, least: number, most: number): SyntaxTree {
  if (most === 0 || isEmpty(part)) return emptyTree
  if (least === 1 && most === 1) return part
  if (part.kind === 'assertion') return least === 0 ? emptyTree : part
  return { kind: 'repeat', part, least, most }
}
