import { type CharacterSet, complementOf, setOf } from './character-set.ts'
import { asSet, parseEscape } from './escape-parser.ts'
import { inBothCases } from './letter-case.ts'
import { setOfPosixName } from './named-sets.ts'
import type { SourceCursor } from './source-cursor.ts'
import { choiceOf, type SyntaxTree, sequenceOf } from './syntax-tree.ts'

const firstBeyond = 0x1_0000
const highSurrogate = 0xd800
const lowSurrogate = 0xdc00
const lastLowSurrogate = 0xdfff
const surrogateBits = 10

/**
 * Reads a class after its `[`. Characters beyond U+FFFF become pairs of units beside the set, which
 * has no counterpart when negated: that throws, as does everything that is no class.
 */
export function parseClass(cursor: SourceCursor, ignoreCase: boolean): SyntaxTree {
  const negated = cursor.take('^')
  const ranges: number[] = []
  const pairs: SyntaxTree[] = []
  let first = true
  while (first || !cursor.take(']')) {
    first = false
    readMember(cursor, ranges, pairs)
  }
  const plain = setOf(ranges)
  const set = ignoreCase ? inBothCases(plain) : plain
  if (!negated) return choiceOf([{ kind: 'set', set }, ...pairs])
  if (pairs.length > 0) {
    throw cursor.problem('a negated class cannot hold characters beyond U+FFFF')
  }
  return { kind: 'set', set: complementOf(set) }
}

function readMember(cursor: SourceCursor, ranges: number[], pairs: SyntaxTree[]): void {
  const first = readEnd(cursor)
  if (typeof first !== 'string') {
    for (const bound of first) ranges.push(bound)
    return
  }
  const from = first.codePointAt(0) ?? 0
  const to = readRangeEnd(cursor)
  if (typeof to === 'object') {
    ranges.push(0x2d, 0x2d)
    for (const bound of to) ranges.push(bound)
  }
  addRange(cursor, from, typeof to === 'string' ? (to.codePointAt(0) ?? 0) : from, ranges, pairs)
}

/** What stands after a `-` that is not the last member; undefined if there is none. */
function readRangeEnd(cursor: SourceCursor): string | CharacterSet | undefined {
  const dash = cursor.match(/-(?!\])/y)
  return dash === undefined ? undefined : readEnd(cursor)
}

function readEnd(cursor: SourceCursor): string | CharacterSet {
  if (cursor.done) throw cursor.problem('a class is not closed')
  const posix = cursor.match(/\[:(\^?[a-z]+):\]/y)
  if (posix !== undefined) {
    const set = setOfPosixName(posix[1] ?? '')
    if (set === undefined) throw cursor.problem(`no class ${posix[0]}`)
    return set
  }
  if (!cursor.take('\\')) return cursor.character()
  return cursor.take('b') ? '\b' : parseEscape(cursor)
}

function addRange(
  cursor: SourceCursor,
  from: number,
  to: number,
  ranges: number[],
  pairs: SyntaxTree[],
): void {
  if (to < from) throw cursor.problem('a range ends before it begins')
  if (from < firstBeyond) ranges.push(from, Math.min(to, firstBeyond - 1))
  if (to >= firstBeyond) pairs.push(...pairsOf(Math.max(from, firstBeyond), to))
}

function pairsOf(from: number, to: number): SyntaxTree[] {
  const [firstHigh, firstLow] = split(from)
  const [lastHigh, lastLow] = split(to)
  if (firstHigh === lastHigh) return [pair(firstHigh, lastHigh, firstLow, lastLow)]
  const pairs = [
    pair(firstHigh, firstHigh, firstLow, lastLowSurrogate),
    pair(lastHigh, lastHigh, lowSurrogate, lastLow),
  ]
  if (lastHigh > firstHigh + 1) {
    pairs.push(pair(firstHigh + 1, lastHigh - 1, lowSurrogate, lastLowSurrogate))
  }
  return pairs
}

function split(code: number): [number, number] {
  const rest = code - firstBeyond
  return [highSurrogate + (rest >> surrogateBits), lowSurrogate + (rest & 0x3ff)]
}

function pair(high: number, lastHigh: number, low: number, lastLow: number): SyntaxTree {
  return sequenceOf([
    { kind: 'set', set: [high, lastHigh] },
    { kind: 'set', set: [low, lastLow] },
  ])
}

/** One character as tree, in both cases if asked. */
export function characterTree(read: string | CharacterSet, ignoreCase: boolean): SyntaxTree {
  const set = asSet(read)
  if (set !== undefined) return { kind: 'set', set: ignoreCase ? inBothCases(set) : set }
  const [high, low] = split(String(read).codePointAt(0) ?? 0)
  return pair(high, high, low, low)
}
