import type { CharacterSet } from './character-set.ts'
import { type Extent, extentOf } from './extent.ts'
import type { SyntaxTree } from './syntax-tree.ts'

/** A literal that stands in every match, and how far behind the match's start. */
export interface Landmark {
  readonly literal: string
  /** Whether the literal is meant letter by letter; otherwise it is in lower case and stands for both. */
  readonly cased: boolean
  readonly offset: Extent
}

/** Letters in a row that every match holds; `cased` is the text itself where its case is fixed. */
interface Run {
  readonly lower: string
  readonly cased: string | undefined
}

const noRun: Run = { lower: '', cased: '' }
const farthest = 64
const longestRepeat = 64

/**
 * Texts of which at least one stands in whatever the tree accepts, in lower case and of ASCII only;
 * empty if none is known.
 */
export function requiredLiterals(tree: SyntaxTree): string[] {
  switch (tree.kind) {
    case 'set': {
      const run = runOf(tree.set)
      return run === undefined ? [] : [run.lower]
    }
    case 'assertion':
      return []
    case 'repeat':
      return tree.least === 0 ? [] : requiredLiterals(tree.part)
    case 'choice': {
      const each = tree.parts.map(requiredLiterals)
      return each.some((literals) => literals.length === 0) ? [] : [...new Set(each.flat())]
    }
    case 'sequence': {
      const candidates = [
        ...runsOf(tree.parts).map(({ run }) => [run.lower]),
        ...tree.parts.map(requiredLiterals),
      ]
      return candidates.reduce((best, each) => (shortest(each) > shortest(best) ? each : best), [])
    }
  }
}

/** The best literal to look for when nothing has begun to match; undefined if there is none. */
export function landmarkOf(tree: SyntaxTree): Landmark | undefined {
  let best: Landmark | undefined
  for (const { run, offset } of runsOf(tree.kind === 'sequence' ? tree.parts : [tree])) {
    if (offset.most > farthest) break
    const cased = run.cased !== undefined
    const literal = run.cased ?? run.lower
    if (literal.length > (best?.literal.length ?? 0)) best = { literal, cased, offset }
  }
  return best
}

/** The longest literals of a sequence, each with where it begins. */
function runsOf(parts: readonly SyntaxTree[]): { run: Run; offset: Extent }[] {
  const runs: { run: Run; offset: Extent }[] = []
  let run = noRun
  let begins: Extent = { least: 0, most: 0 }
  let ends = begins
  for (const part of parts) {
    if (part.kind === 'assertion') continue
    const more = part.kind === 'set' ? runOf(part.set) : repeatedRun(part)
    const { least, most } = extentOf(part)
    ends = { least: ends.least + least, most: ends.most + most }
    if (more === undefined) {
      if (run.lower !== '') runs.push({ run, offset: begins })
      run = noRun
      begins = ends
    } else {
      run = joined(run, more)
    }
  }
  if (run.lower !== '') runs.push({ run, offset: begins })
  return runs
}

function repeatedRun(part: SyntaxTree): Run | undefined {
  if (part.kind !== 'repeat' || part.part.kind !== 'set') return undefined
  if (part.least !== part.most || part.most > longestRepeat) return undefined
  const once = runOf(part.part.set)
  if (once === undefined) return undefined
  return {
    lower: once.lower.repeat(part.most),
    cased: once.cased?.repeat(part.most),
  }
}

function joined(a: Run, b: Run): Run {
  const cased = a.cased === undefined || b.cased === undefined ? undefined : a.cased + b.cased
  return { lower: a.lower + b.lower, cased }
}

/** A set of one ASCII unit, or of one letter in both cases. */
function runOf(set: CharacterSet): Run | undefined {
  const [first = 0, firstLast, second, secondLast] = set
  if (set.length === 0 || set.length > 4 || first !== firstLast || first > 0x7f) return undefined
  const text = String.fromCharCode(first)
  if (second === undefined) return { lower: text.toLowerCase(), cased: text }
  const bothCases = second === secondLast && second === first + 0x20 && /[A-Z]/.test(text)
  return bothCases ? { lower: text.toLowerCase(), cased: undefined } : undefined
}

function shortest(literals: readonly string[]): number {
  return literals.length === 0 ? 0 : Math.min(...literals.map((literal) => literal.length))
}
