import type { CorrelationPlan } from '../correlation/correlation-plan.ts'
import { type Check, checkOf, type Formula, type Target } from './formula.ts'
import type { CompiledRule } from './rule-compiler.ts'
import type { RuleEntry } from './rule-entry.ts'
import type { RuleDocument, RuleSet } from './rule-set.ts'
import { testOf } from './test-source.ts'
import { type NamedField, Slots, type View } from './view.ts'

/** All but what a rule looks for. */
type RuleHead = Pick<CompiledRule, 'facts' | 'severity' | 'logsources' | 'generates'>

/** What stands in the first line of an image; plain data. */
interface ImageHead {
  readonly version: string
  readonly fields: readonly NamedField[]
  readonly correlations: CorrelationPlan
  /** Without the text of their files. */
  readonly entries: readonly Omit<RuleEntry, 'text'>[]
  readonly rules: readonly RuleHead[]
}

/** A formula as an image writes it: a test, or what is joined. */
type Written =
  | { readonly all: readonly Written[] }
  | { readonly any: readonly Written[] }
  | { readonly not: Written }
  | WrittenTest

type WrittenTest = readonly [
  ...target: [selection: string, field: string, how: string, slot: number],
  value: string | number | boolean | null,
  text: string,
  other: number | null,
  variant: number,
]

/**
 * A compiled rule set as text, from which it can be had again many times faster than from the rules: JSON
 * lines, the first with all that is known at once, then what each rule looks for. Only the program that
 * wrote an image can be trusted to read it.
 */
export function imageOf({ version, rules, entries, correlations, slots }: RuleSet): string {
  const head: ImageHead = {
    version,
    fields: slots.fields,
    correlations,
    entries: entries.map(({ text: _, ...entry }) => entry),
    rules: rules.map(({ facts, severity, logsources, generates }) => {
      return { facts, severity, logsources, generates }
    }),
  }
  const formulas = rules.map(({ formula }) => JSON.stringify(written(formula)))
  return [JSON.stringify(head), ...formulas].join('\n')
}

/**
 * The rule set an image was made of; `documents` are those it was compiled from, or none where the text of
 * the entries is not asked for. What a rule looks for is read when the rule is first tried.
 */
export function ruleSetOf(image: string, documents: readonly RuleDocument[]): RuleSet {
  const [first = '', ...formulas] = image.split('\n')
  const { version, fields, correlations, entries, rules } = JSON.parse(first) as ImageHead
  const texts = new Map(documents.map(({ path, text }) => [path, text]))
  return {
    version,
    rules: rules.map((head, i) => new StoredRule(head, formulas[i] ?? '')),
    entries: entries.map((entry) => ({ ...entry, text: texts.get(entry.path) ?? '' })),
    correlations,
    slots: new Slots(fields),
  }
}

class StoredRule implements CompiledRule {
  readonly facts: RuleHead['facts']
  readonly severity: RuleHead['severity']
  readonly logsources: RuleHead['logsources']
  readonly generates: boolean
  #stored: string
  #formula: Formula | undefined
  #check: Check | undefined

  constructor({ facts, severity, logsources, generates }: RuleHead, stored: string) {
    this.facts = facts
    this.severity = severity
    this.logsources = logsources
    this.generates = generates
    this.#stored = stored
  }

  get formula(): Formula {
    if (this.#formula === undefined) {
      this.#formula = read(JSON.parse(this.#stored) as Written)
      this.#stored = ''
    }
    return this.#formula
  }

  readonly check = (view: View): boolean => {
    this.#check ??= checkOf(this.formula)
    return this.#check(view)
  }
}

function written(formula: Formula): Written {
  switch (formula.kind) {
    case 'all':
      return { all: formula.parts.map(written) }
    case 'any':
      return { any: formula.parts.map(written) }
    case 'not':
      return { not: written(formula.part) }
    case 'test': {
      const { target, value, text, other, variant } = formula.test.source
      const { selection, field, how, slot } = target
      // JSON has no infinite numbers; rules take them by their text.
      const plain = typeof value === 'number' && !Number.isFinite(value) ? text : value
      return [selection, field, how, slot, plain, text, other, variant]
    }
  }
}

function read(stored: Written): Formula {
  if ('all' in stored) return { kind: 'all', parts: stored.all.map(read) }
  if ('any' in stored) return { kind: 'any', parts: stored.any.map(read) }
  if ('not' in stored) return { kind: 'not', part: read(stored.not) }
  const [selection, field, how, slot, value, text, other, variant] = stored
  const target: Target = { selection, field, how, slot }
  return { kind: 'test', test: testOf({ target, value, text, other, variant }) }
}
