import type { Family } from './field-mapping.ts'
import type { FieldValue } from './fields.ts'
import { type FieldTest, type Formula, joined } from './formula.ts'
import {
  type Located,
  type LocatedEntry,
  type LocatedMap,
  type LocatedScalar,
  RuleProblem,
} from './located-yaml.ts'
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

const mostValues = 20_000

/** Compiles one search identifier (specification 2.1.0, "Detection"). Throws RuleProblem where it cannot. */
export function compileSelection(
  name: string,
  definition: Located,
  compilation: Compilation,
): Formula {
  const compiler = new SelectionCompiler(name, compilation)
  return compiler.compile(definition)
}

class SelectionCompiler {
  readonly #selection: string
  readonly #compilation: Compilation

  constructor(selection: string, compilation: Compilation) {
    this.#selection = selection
    this.#compilation = compilation
  }

  compile(definition: Located): Formula {
    if (definition.kind === 'map') return this.#map(definition)
    if (definition.kind === 'scalar') return this.#keywords([definition])
    if (definition.items.length === 0) {
      throw new RuleProblem(`"${this.#selection}" is empty`, definition.place)
    }
    const parts = definition.items.map((item) => {
      if (item.kind === 'map') return this.#map(item)
      return this.#keywords([scalarOf(item)])
    })
    return joined('any', parts)
  }

  #map(map: LocatedMap): Formula {
    if (map.entries.size === 0) throw new RuleProblem(`"${this.#selection}" is empty`, map.place)
    return joined(
      'all',
      [...map.entries.values()].map((entry) => this.#item(entry)),
    )
  }

  #keywords(scalars: readonly LocatedScalar[]): Formula {
    const target = { selection: this.#selection, field: '', how: '', slot: keywordSlot }
    return this.#values(target, readModifiers([], scalars[0]?.place ?? start), scalars)
  }

  #item(entry: LocatedEntry): Formula {
    const [field = '', ...names] = entry.name.split('|')
    const modifiers = readModifiers(names, entry.place)
    const slot =
      field === '' ? keywordSlot : this.#compilation.slots.slotOf(field, this.#compilation.family)
    const target: Target = { selection: this.#selection, field, how: names.join('|'), slot }
    const scalars = scalarsOf(entry.value)
    const formula = this.#values(target, modifiers, scalars)
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

const start = { line: 1, column: 1 }

function scalarOf(value: Located): LocatedScalar {
  if (value.kind === 'scalar') return value
  throw new RuleProblem('expected a single value', value.place)
}

function scalarsOf(value: Located): LocatedScalar[] {
  if (value.kind === 'scalar') return [value]
  if (value.kind === 'map') throw new RuleProblem('expected a value or a list', value.place)
  if (value.items.length === 0) throw new RuleProblem('the list is empty', value.place)
  if (value.items.length > mostValues) {
    throw new RuleProblem(`more than ${mostValues} values`, value.place)
  }
  return value.items.map(scalarOf)
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
