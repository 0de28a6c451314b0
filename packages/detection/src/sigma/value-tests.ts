import { compileExpression } from '../expression/expression.ts'
import { isWithin, readIp, readNetwork } from '../ip-address.ts'
import { base64, base64Offsets, encoded } from './base64.ts'
import { forEachLeaf } from './fields.ts'
import type { Check, FieldTest, Seen, Target } from './formula.ts'
import { type LocatedScalar, RuleProblem } from './located-yaml.ts'
import type { Comparison, Modifiers } from './modifiers.ts'
import {
  type Atom,
  atomsOf,
  dashVariants,
  literalAtoms,
  longestText,
  onlyText,
  positioned,
  positionOf,
  type TextTest,
  textTest,
  withAnyDash,
} from './text-pattern.ts'
import { timePartOf } from './time-part.ts'
import { keywordSlot, type View } from './view.ts'
import type { Witness } from './witness.ts'

/** Shorter ASCII texts stand nearly everywhere and are no witness. */
const shortestWitness = 2
/** Dashes are written out before a text is encoded: five ways for each. */
const mostEncoded = 5 ** 4
const beyondAscii = /[^\0-\x7f]/

/** A test before it knows what it was made from. */
export type BareTest = Omit<FieldTest, 'source'>

/** Tests of one value; several where a modifier makes variants of it, of which one must hold. */
export function testsOf(target: Target, modifiers: Modifiers, scalar: LocatedScalar): BareTest[] {
  switch (modifiers.mode) {
    case 'text':
      return textTests(target, modifiers, scalar)
    case 'expression':
      return [expressionTest(target, modifiers, scalar)]
    case 'cidr':
      return [cidrTest(target, scalar)]
    case 'compare':
      return [comparisonTest(target, modifiers.comparison, scalar)]
    case 'time': {
      const wanted = numberOf(scalar)
      const { timePart } = modifiers
      return [anyText(target, scalar.text, (text) => timePartOf(text, timePart) === wanted, [])]
    }
    case 'exists':
    case 'field':
      throw new RuleProblem('not a comparison with a value', scalar.place)
  }
}

/** The text a scalar stands for: numbers by value, except notations that logs write as text (0x…, 0o…). */
export function textOfScalar({ value, text }: LocatedScalar): string {
  if (typeof value !== 'number') return text
  return /^[-+]?[\d.]+$/.test(text) && Number.isSafeInteger(value) ? String(value) : text
}

function textTests(target: Target, modifiers: Modifiers, scalar: LocatedScalar): BareTest[] {
  if (scalar.value === null) return [nullTest(target)]
  const text = textOfScalar(scalar)
  return variantsOf(text, modifiers, scalar).map((atoms) => {
    const position = target.slot === keywordSlot ? 'contains' : modifiers.position
    const placed = positioned(atoms, position)
    return anyText(
      target,
      text,
      textTest(placed, modifiers.cased),
      textWitness(target.slot, placed, modifiers.cased),
    )
  })
}

function variantsOf(text: string, modifiers: Modifiers, { place }: LocatedScalar): Atom[][] {
  const { base64: kind, encoding, windash } = modifiers
  if (kind === 'none') return [windash ? withAnyDash(atomsOf(text)) : atomsOf(text)]
  // What is encoded is the command with one dash or another.
  const meant = windash ? dashVariants(text, mostEncoded) : [text]
  if (meant === undefined) {
    throw new RuleProblem(`stands for more than ${mostEncoded} texts to encode`, place)
  }
  const bytes = meant.map((each) => encoded(each, encoding))
  const texts = kind === 'plain' ? bytes.map(base64) : bytes.flatMap(base64Offsets)
  return texts.map(literalAtoms)
}

function textWitness(slot: number, atoms: readonly Atom[], cased: boolean): Witness[] {
  const only = onlyText(atoms)
  if (only !== undefined) return only === '' ? [] : [{ slot, literal: only, position: 'whole' }]
  const literal = longestText(atoms, cased)
  if (literal.length < shortestWitness && !beyondAscii.test(literal)) return []
  return [{ slot, literal, position: positionOf(atoms, cased) }]
}

function nullTest(target: Target): BareTest {
  const { slot, selection, field } = target
  const check: Check = (view) => view.value(slot) === undefined || view.value(slot) === null
  return {
    selection,
    slot,
    pattern: 'null',
    check,
    seen: () => ({ field, value: '' }),
    witnesses: [],
  }
}

function expressionTest(target: Target, modifiers: Modifiers, scalar: LocatedScalar): BareTest {
  const source = scalar.text
  const placed = {
    whole: source,
    contains: source,
    startswith: `^(?:${source})`,
    endswith: `(?:${source})$`,
  }[modifiers.position]
  try {
    const { test, literals } = compileExpression(placed, modifiers)
    const known = literals.every((literal) => literal.length >= shortestWitness)
    const witnesses = known
      ? literals.map((literal) => ({ slot: target.slot, literal, position: 'contains' as const }))
      : []
    return anyText(target, source, test, witnesses)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new RuleProblem(`regular expression not usable: ${cause}`, scalar.place)
  }
}

function cidrTest(target: Target, scalar: LocatedScalar): BareTest {
  const network = readNetwork(scalar.text)
  if (network === undefined) {
    throw new RuleProblem(`"${scalar.text}" is no address range`, scalar.place)
  }
  const test: TextTest = (text) => {
    const ip = readIp(text)
    return ip !== undefined && isWithin(ip, network)
  }
  return anyText(target, scalar.text, test, [])
}

const comparisons: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
}

function comparisonTest(target: Target, comparison: Comparison, scalar: LocatedScalar): BareTest {
  const limit = numberOf(scalar)
  const compare = comparisons[comparison]
  const test: TextTest = (text) => text.trim() !== '' && compare(Number(text), limit)
  return anyText(target, scalar.text, test, [])
}

function numberOf(scalar: LocatedScalar): number {
  const number = scalar.text.trim() === '' ? Number.NaN : Number(scalar.text)
  if (Number.isNaN(number)) throw new RuleProblem(`"${scalar.text}" is no number`, scalar.place)
  return number
}

/** A test that holds if any text of the field passes. */
function anyText(
  target: Target,
  pattern: string,
  test: TextTest,
  witnesses: readonly Witness[],
): BareTest {
  const { slot, selection } = target
  const check: Check = (view) => {
    const value = view.value(slot)
    if (typeof value === 'string') return test(value, view.lower(slot) as string)
    if (value === undefined || value === null) return false
    const lower = view.lower(slot) as readonly string[]
    for (let i = 0; i < value.length; i++) if (test(value[i] ?? '', lower[i] ?? '')) return true
    return false
  }
  const seen = slot === keywordSlot ? seenKeyword(test) : seenField(target, test)
  return { selection, slot, pattern: writtenPattern(target, pattern), check, seen, witnesses }
}

/** A pattern as it is shown in an explanation: `contains|all: -nop`. */
export function writtenPattern({ how }: Target, pattern: string): string {
  return how === '' ? pattern : `${how}: ${pattern}`
}

function seenField({ slot, field }: Target, test: TextTest): (view: View) => Seen {
  return (view) => {
    const value = view.value(slot)
    if (typeof value === 'string') return { field, value }
    return { field, value: value?.find((each) => test(each, each.toLowerCase())) ?? '' }
  }
}

function seenKeyword(test: TextTest): (view: View) => Seen {
  return (view) => {
    const { reading } = view
    let seen: Seen = { field: 'raw_data', value: reading?.text ?? '' }
    let found = false
    if (reading !== undefined) {
      forEachLeaf(reading.record, (field, value) => {
        if (!found && test(value, value.toLowerCase())) {
          seen = { field, value }
          found = true
        }
      })
    }
    return seen
  }
}
