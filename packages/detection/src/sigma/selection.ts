import type { Detection, DetectionItem } from './detection.ts'
import type { Family } from './field-mapping.ts'
import type { FieldValue } from './fields.ts'
import { type FieldTest, type Formula, joined } from './formula.ts'
import { type LocatedScalar, RuleProblem } from './located-yaml.ts'
import { type Modifiers, readModifiers } from './modifiers.ts'
import { expandPlaceholders, type Placeholders } from './placeholders.ts'
import { type Target, testsOf, writtenPattern } from './value-tests.ts'
import { keywordSlot, type Slots, type View } from './view.ts'

/** What a rule's search identifiers are compiled with. */
export interface Compilation {
  readonly slots: Slots
  readonly family: Family
  readonly placeholders: Placeholders
}

/** Compiles one search identifier (specification 2.1.0, "Detection"). Throws RuleProblem where it cannot. */
export function compileSelection(
  name: string,
  detection: Detection,
  compilation: Compilation,
): Formula {
  const compiler = new SelectionCompiler(name, compilation)
  return compiler.compile(detection)
}

class SelectionCompiler {
  readonly #selection: string
  readonly #compilation: Compilation

  constructor(selection: string, compilation: Compilation) {
    this.#selection = selection
    this.#compilation = compilation
  }

  compile(detection: Detection): Formula {
    if (detection.kind === 'item') return this.#item(detection)
    return joined(
      detection.kind,
      detection.parts.map((part) => this.compile(part)),
    )
  }

  #item({ field, modifiers: names, values, place }: DetectionItem): Formula {
    const modifiers = readModifiers(names, place)
    const slot =
      field === '' ? keywordSlot : this.#compilation.slots.slotOf(field, this.#compilation.family)
    const target: Target = { selection: this.#selection, field, how: names.join('|'), slot }
    const formula = this.#values(target, modifiers, values)
    return modifiers.negated ? { kind: 'not', part: formula } : formula
  }

  #values(target: Target, modifiers: Modifiers, scalars: readonly LocatedScalar[]): Formula {
    const expanded = modifiers.expand
      ? scalars.flatMap((scalar) => expandPlaceholders(scalar, this.#compilation.placeholders))
      : scalars
    const each = expanded.map((scalar) => this.#value(target, modifiers, scalar))
    return joined(modifiers.all ? 'all' : 'any', each)
  }

  #value(target: Target, modifiers: Modifiers, scalar: LocatedScalar): Formula {
    if (modifiers.mode === 'exists') return existence(target, scalar)
    if (modifiers.mode === 'field') {
      const other = this.#compilation.slots.slotOf(scalar.text, this.#compilation.family)
      return { kind: 'test', test: comparisonOfFields(target, modifiers, scalar.text, other) }
    }
    const tests = testsOf(target, modifiers, scalar)
    return joined(
      'any',
      tests.map((test) => ({ kind: 'test', test })),
    )
  }
}

/** `exists: true`: the field is there, though it may be null or empty. */
function existence(target: Target, scalar: LocatedScalar): Formula {
  if (typeof scalar.value !== 'boolean') {
    throw new RuleProblem('exists is true or false', scalar.place)
  }
  const { slot, selection, field } = target
  const test: FieldTest = {
    selection,
    slot,
    pattern: writtenPattern(target, 'true'),
    check: (view) => view.value(slot) !== undefined,
    seen: (view) => ({ field, value: textsOf(view.value(slot)).join(', ') }),
    witnesses: [],
  }
  const there: Formula = { kind: 'test', test }
  return scalar.value ? there : { kind: 'not', part: there }
}

function comparisonOfFields(
  target: Target,
  modifiers: Modifiers,
  other: string,
  otherSlot: number,
): FieldTest {
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
