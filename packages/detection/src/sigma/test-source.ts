import type { FieldValue } from './fields.ts'
import type { FieldTest, Target, TestSource } from './formula.ts'
import type { LocatedScalar } from './located-yaml.ts'
import { type Modifiers, readModifiers } from './modifiers.ts'
import { type BareTest, testsOf, writtenPattern } from './value-tests.ts'
import type { View } from './view.ts'

/** Of what is stored, no place in a file is known; it was found usable when it was compiled. */
const nowhere = { line: 0, column: 0 }

/**
 * The tests a value makes for a field; `other` is the slot of the field that `fieldref` compares with.
 * Throws RuleProblem where the value cannot be used.
 */
export function testsFrom(
  target: Target,
  modifiers: Modifiers,
  scalar: LocatedScalar,
  other: number | null,
): FieldTest[] {
  const { value, text } = scalar
  return bareTests(target, modifiers, scalar, other).map((test, variant) => ({
    ...test,
    source: { target, value, text, other, variant },
  }))
}

/** Makes a test again from what it was made from. */
export function testOf({ target, value, text, other, variant }: TestSource): FieldTest {
  const names = target.how === '' ? [] : target.how.split('|')
  const scalar: LocatedScalar = { kind: 'scalar', value, text, place: nowhere }
  const test = testsFrom(target, readModifiers(names, nowhere), scalar, other)[variant]
  if (test === undefined) throw new Error(`${target.field} has no test number ${variant}`)
  return test
}

function bareTests(
  target: Target,
  modifiers: Modifiers,
  scalar: LocatedScalar,
  other: number | null,
): BareTest[] {
  if (modifiers.mode === 'exists') return [presenceTest(target)]
  if (other !== null) return [comparisonOfFields(target, modifiers, scalar.text, other)]
  return testsOf(target, modifiers, scalar)
}

function presenceTest(target: Target): BareTest {
  const { slot, selection, field } = target
  return {
    selection,
    slot,
    pattern: writtenPattern(target, 'true'),
    check: (view) => view.value(slot) !== undefined,
    seen: (view) => ({ field, value: textsOf(view.value(slot)).join(', ') }),
    witnesses: [],
  }
}

function comparisonOfFields(
  target: Target,
  modifiers: Modifiers,
  other: string,
  otherSlot: number,
): BareTest {
  const { slot, selection, field } = target
  const { position } = modifiers
  const read = (view: View, at: number) => (modifiers.cased ? view.value(at) : view.lower(at))
  return {
    selection,
    slot,
    pattern: writtenPattern(target, other),
    check: (view) => {
      const others = textsOf(read(view, otherSlot))
      return textsOf(read(view, slot)).some((text) => others.some((each) => meets(text, each)))
    },
    seen: (view) => ({ field, value: textsOf(view.value(slot)).join(', ') }),
    witnesses: [],
  }
  function meets(text: string, each: string): boolean {
    if (position === 'contains') return text.includes(each)
    if (position === 'startswith') return text.startsWith(each)
    return position === 'endswith' ? text.endsWith(each) : text === each
  }
}

function textsOf(value: FieldValue): readonly string[] {
  if (typeof value === 'string') return [value]
  return value ?? []
}
