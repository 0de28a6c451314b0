import type { Formula } from '../sigma/formula.ts'
import { keywordSlot } from '../sigma/view.ts'
import type { Witness } from '../sigma/witness.ts'

/** How often a witness can be expected to stand in its field, 0 to 1. */
export type Rate = (witness: Witness) => number

type Witnesses = readonly Witness[] | undefined

/**
 * The rarest set of texts of which one must occur wherever the formula holds; undefined if it can hold
 * without any. Texts of the field `except` are left aside.
 */
export function witnessesOf(formula: Formula, rate: Rate, except?: number): Witnesses {
  switch (formula.kind) {
    case 'test': {
      const { witnesses, slot } = formula.test
      return witnesses.length === 0 || slot === except ? undefined : witnesses
    }
    case 'not':
      return undefined
    case 'any':
      return allNeeded(formula.parts.map((part) => witnessesOf(part, rate, except)))
    case 'all':
      return rarest(
        formula.parts.map((part) => witnessesOf(part, rate, except)),
        rate,
      )
  }
}

/** A guess from the text alone: long texts are rare, whole values rarer than parts, numbers common. */
export function guessedRate({ literal, position, slot }: Witness): number {
  const exact = position === 'whole' ? 8 : 0
  const letters = /^\d*$/.test(literal) ? literal.length : literal.length + exact
  return 2 ** -Math.min(slot === keywordSlot ? letters / 4 : letters, 24)
}

/** The texts of which the field must be exactly one wherever the formula holds; undefined if it is free. */
export function requiredTexts(formula: Formula, slot: number): ReadonlySet<string> | undefined {
  switch (formula.kind) {
    case 'test': {
      const { witnesses } = formula.test
      if (formula.test.slot !== slot || witnesses.length === 0) return undefined
      if (witnesses.some(({ position }) => position !== 'whole')) return undefined
      return new Set(witnesses.map(({ literal }) => literal))
    }
    case 'not':
      return undefined
    case 'any':
      return union(formula.parts.map((part) => requiredTexts(part, slot)))
    case 'all':
      return intersection(formula.parts.map((part) => requiredTexts(part, slot)))
  }
}

function union(each: readonly (ReadonlySet<string> | undefined)[]) {
  const texts = new Set<string>()
  for (const required of each) {
    if (required === undefined) return undefined
    for (const text of required) texts.add(text)
  }
  return each.length === 0 ? undefined : texts
}

function intersection(each: readonly (ReadonlySet<string> | undefined)[]) {
  const known = each.filter((required) => required !== undefined)
  const [first, ...rest] = known
  if (first === undefined) return undefined
  return new Set([...first].filter((text) => rest.every((required) => required.has(text))))
}

function allNeeded(each: readonly Witnesses[]): Witnesses {
  const known = each.filter((witnesses) => witnesses !== undefined)
  return known.length < each.length || known.length === 0 ? undefined : known.flat()
}

function rarest(each: readonly Witnesses[], rate: Rate): Witnesses {
  let best: Witnesses
  let lowest = Number.POSITIVE_INFINITY
  for (const witnesses of each) {
    if (witnesses === undefined) continue
    const sum = witnesses.reduce((total, witness) => total + rate(witness), 0)
    if (sum >= lowest) continue
    lowest = sum
    best = witnesses
  }
  return best
}
