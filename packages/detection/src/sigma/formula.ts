import type { Match } from '@haidang/contracts/alert'
import { quoted } from '../subject.ts'
import type { LocatedScalar } from './located-yaml.ts'
import type { View } from './view.ts'
import type { Witness } from './witness.ts'

/** Decides one thing about a subject. */
export type Check = (view: View) => boolean

export interface Seen {
  readonly field: string
  readonly value: string
}

/** What a test is made for: the search identifier, the field's name, how it is compared, and its slot. */
export interface Target {
  readonly selection: string
  readonly field: string
  /** Modifiers as the rule writes them, such as `contains|all`; may be empty. */
  readonly how: string
  readonly slot: number
}

/** What a test is made from, enough to make it again; plain data. */
export interface TestSource {
  readonly target: Target
  readonly value: LocatedScalar['value']
  /** The value as the rule writes it. */
  readonly text: string
  /** Slot of the field that `fieldref` compares with. */
  readonly other: number | null
  /** Which of the tests that the value makes. */
  readonly variant: number
}

/** One pattern against one field: the smallest part of a rule. */
export interface FieldTest {
  readonly source: TestSource
  readonly selection: string
  readonly pattern: string
  readonly slot: number
  readonly check: Check
  /** Where the pattern was met and the value there, when `check` holds. */
  readonly seen: (view: View) => Seen
  /** One of these must hold whenever `check` does; none: nothing is known. */
  readonly witnesses: readonly Witness[]
}

/** What a rule says, as logic over tests. */
export type Formula =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Formula[] }
  | { readonly kind: 'not'; readonly part: Formula }
  | { readonly kind: 'test'; readonly test: FieldTest }

/** Joins formulas; a single one stands for itself. */
export function joined(kind: 'all' | 'any', parts: readonly Formula[]): Formula {
  const [only] = parts
  return only !== undefined && parts.length === 1 ? only : { kind, parts }
}

/** Compiles a formula into closures. */
export function checkOf(formula: Formula): Check {
  switch (formula.kind) {
    case 'test':
      return formula.test.check
    case 'not': {
      const part = checkOf(formula.part)
      return (view) => !part(view)
    }
    case 'all': {
      const parts = formula.parts.map(checkOf)
      return (view) => {
        for (const part of parts) if (!part(view)) return false
        return true
      }
    }
    case 'any': {
      const parts = formula.parts.map(checkOf)
      return (view) => {
        for (const part of parts) if (part(view)) return true
        return false
      }
    }
  }
}

/** Why the formula holds: every positive test that does. Undefined if it does not hold. */
export function explain(formula: Formula, view: View): Match[] | undefined {
  switch (formula.kind) {
    case 'test':
      return formula.test.check(view) ? [matchOf(formula.test, view)] : undefined
    case 'not':
      return explain(formula.part, view) === undefined ? [] : undefined
    case 'all': {
      const matches: Match[] = []
      for (const part of formula.parts) {
        const found = explain(part, view)
        if (found === undefined) return undefined
        matches.push(...found)
      }
      return matches
    }
    case 'any': {
      const found = formula.parts.map((part) => explain(part, view))
      const held = found.filter((matches) => matches !== undefined)
      return held.length === 0 ? undefined : held.flat()
    }
  }
}

function matchOf(test: FieldTest, view: View): Match {
  const { field, value } = test.seen(view)
  return {
    field,
    value: quoted(value),
    pattern: quoted(test.pattern),
    selection: test.selection,
  }
}
