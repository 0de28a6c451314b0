import type { Detection, DetectionItem } from './detection.ts'
import type { Family } from './field-mapping.ts'
import { type Formula, joined, type Target } from './formula.ts'
import { type LocatedScalar, RuleProblem } from './located-yaml.ts'
import { type Modifiers, readModifiers } from './modifiers.ts'
import { expandPlaceholders, type Placeholders } from './placeholders.ts'
import { testsFrom } from './test-source.ts'
import { keywordSlot, type Slots } from './view.ts'

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
    if (modifiers.mode === 'exists') return existence(target, modifiers, scalar)
    const { slots, family } = this.#compilation
    const other = modifiers.mode === 'field' ? slots.slotOf(scalar.text, family) : null
    const tests = testsFrom(target, modifiers, scalar, other)
    return joined(
      'any',
      tests.map((test) => ({ kind: 'test', test })),
    )
  }
}

/** `exists: true`: the field is there, though it may be null or empty. */
function existence(target: Target, modifiers: Modifiers, scalar: LocatedScalar): Formula {
  if (typeof scalar.value !== 'boolean') {
    throw new RuleProblem('exists is true or false', scalar.place)
  }
  const [test] = testsFrom(target, modifiers, scalar, null)
  if (test === undefined) throw new Error('exists makes one test')
  const there: Formula = { kind: 'test', test }
  return scalar.value ? there : { kind: 'not', part: there }
}
