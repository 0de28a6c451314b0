import { type CharacterSet, holds } from './character-set.ts'

const units = 0x1_0000
const pageBits = 8
const pageSize = 1 << pageBits

/** The units of UTF-16 sorted into as few classes as the sets of an expression tell apart. */
export interface CharacterClasses {
  readonly count: number
  /** Class of a unit: `pages[(firstOfPage[unit >> 8] ?? 0) + (unit & 255)]`; page 0 comes first. */
  readonly pages: Uint16Array
  readonly firstOfPage: Int32Array
  /** Some unit of each class. */
  readonly samples: readonly number[]
}

/** Sorts all units: two are of one class if and only if every set holds both or neither. */
export function classesOf(sets: readonly CharacterSet[]): CharacterClasses {
  const classOf = new Map<string, number>()
  const samples: number[] = []
  const stretches = boundsOf(sets).map((first) => {
    const signature = String.fromCharCode(...memberships(sets, first))
    const known = classOf.get(signature) ?? samples.length
    if (known === samples.length) {
      samples.push(first)
      classOf.set(signature, known)
    }
    return { first, number: known }
  })
  return { count: samples.length, samples, ...pagesOf(stretches) }
}

/** Units in a row that no set divides, up to the next stretch, and their class. */
interface Stretch {
  readonly first: number
  readonly number: number
}

/** First units of all stretches. */
function boundsOf(sets: readonly CharacterSet[]): number[] {
  const bounds = new Set([0])
  for (const set of sets) {
    for (const [i, bound] of set.entries()) bounds.add(i % 2 === 0 ? bound : bound + 1)
  }
  bounds.delete(units)
  return [...bounds].sort((a, b) => a - b)
}

/** Numbers of the sets that hold the unit. */
function memberships(sets: readonly CharacterSet[], unit: number): number[] {
  const members: number[] = []
  for (const [i, set] of sets.entries()) if (holds(set, unit)) members.push(i)
  return members
}

/** Pages of 256 units; those of one class only are kept once. */
function pagesOf(stretches: readonly Stretch[]): Pick<CharacterClasses, 'pages' | 'firstOfPage'> {
  const pages: number[][] = []
  const uniform = new Map<number, number>()
  const firstOfPage = new Int32Array(units >> pageBits)
  let at = 0
  for (const page of firstOfPage.keys()) {
    const start = page << pageBits
    while (endOf(stretches, at) <= start) at++
    const only = endOf(stretches, at) >= start + pageSize ? stretches[at]?.number : undefined
    const kept = uniform.get(only ?? -1) ?? pages.push(pageAt(stretches, at, start)) - 1
    if (only !== undefined) uniform.set(only, kept)
    firstOfPage[page] = kept << pageBits
  }
  return { pages: Uint16Array.from(pages.flat()), firstOfPage }
}

function endOf(stretches: readonly Stretch[], at: number): number {
  return stretches[at + 1]?.first ?? units
}

function pageAt(stretches: readonly Stretch[], from: number, start: number): number[] {
  const page: number[] = []
  let at = from
  for (let unit = start; unit < start + pageSize; unit++) {
    while (endOf(stretches, at) <= unit) at++
    page.push(stretches[at]?.number ?? 0)
  }
  return page
}
