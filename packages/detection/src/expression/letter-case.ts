import { type CharacterSet, setOf } from './character-set.ts'

const firstBeyondAscii = 0x80
const lastUnit = 0xffff
const asciiCaseBit = 0x20

/**
 * The set with every letter in both cases, unit by unit as ECMAScript compares them (section
 * Canonicalize): by upper case, where that is one unit, and never from beyond ASCII into ASCII.
 */
export function inBothCases(set: CharacterSet): CharacterSet {
  const ranges = [...set]
  for (let i = 0; i < set.length; i += 2) {
    const first = set[i] ?? 0
    const last = set[i + 1] ?? 0
    addAscii(ranges, first, Math.min(last, firstBeyondAscii - 1))
    const reachesAll = first <= firstBeyondAscii && last === lastUnit
    if (!reachesAll && last >= firstBeyondAscii) addOthers(ranges, first, last)
  }
  return setOf(ranges)
}

function addAscii(ranges: number[], first: number, last: number): void {
  for (let unit = first; unit <= last; unit++) {
    const lower = unit | asciiCaseBit
    if (lower < 0x61 || lower > 0x7a) continue
    const other = unit ^ asciiCaseBit
    ranges.push(other, other)
  }
}

function addOthers(ranges: number[], first: number, last: number): void {
  const families = lettersBeyondAscii()
  for (let unit = Math.max(first, firstBeyondAscii); unit <= last; unit++) {
    for (const other of families.get(unit) ?? []) ranges.push(other, other)
  }
}

let known: Map<number, readonly number[]> | undefined

/** Letters beyond ASCII that differ from another letter by case only, with all that are equal to it. */
function lettersBeyondAscii(): Map<number, readonly number[]> {
  if (known !== undefined) return known
  const families = new Map<number, number[]>()
  for (let unit = firstBeyondAscii; unit <= lastUnit; unit++) {
    const upper = upperOf(unit)
    const family = families.get(upper)
    if (family === undefined) families.set(upper, [unit])
    else family.push(unit)
  }
  known = new Map()
  for (const family of families.values()) {
    if (family.length > 1) for (const unit of family) known.set(unit, family)
  }
  return known
}

function upperOf(unit: number): number {
  const upper = String.fromCharCode(unit).toUpperCase()
  const code = upper.charCodeAt(0)
  return upper.length !== 1 || code < firstBeyondAscii ? unit : code
}
