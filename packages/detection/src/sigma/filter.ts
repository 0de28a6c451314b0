import type { Logsource } from '@haidang/contracts/event'
import type { Condition } from './condition.ts'
import { checkOf, type Formula, joined } from './formula.ts'
import { type Located, type LocatedMap, type LocatedScalar, RuleProblem } from './located-yaml.ts'
import type { References } from './references.ts'
import type { CompiledRule } from './rule-compiler.ts'
import { mapAt } from './rule-text.ts'
import { compileSearches, readSearches, type Searches } from './searches.ts'
import type { Compilation } from './selection.ts'

/** A filter as read: tuning that many rules share. */
export interface Filter {
  readonly logsource: Logsource
  /** The rules it is for, as written; undefined: all. */
  readonly rules: readonly LocatedScalar[] | undefined
  readonly searches: Searches
  /** Whether its condition says what must hold (it contains `not`), rather than what is harmless. */
  readonly demands: boolean
}

/**
 * Reads the section `filter` of a document (Sigma filters specification 2.1.0). Throws RuleProblem
 * with the place of what cannot be used.
 */
export function readFilter(document: LocatedMap, logsource: Logsource): Filter {
  const section = mapAt(document, 'filter')
  if (section === undefined) throw new RuleProblem('a filter holds named parts', document.place)
  const searches = readSearches(section, ['rules'])
  return {
    logsource,
    rules: rulesOf(section),
    searches,
    demands: searches.conditions.some(contains),
  }
}

/** Why a filter is not carried out on a rule written for these log sources; undefined where it is. */
export function filterMismatch(
  { logsource: asked }: Filter,
  written: readonly Logsource[],
  title: string,
): string | undefined {
  const parts = ['product', 'category', 'service'] as const
  const other = parts.find((part) =>
    written.some((logsource) => (asked[part] ?? logsource[part]) !== logsource[part]),
  )
  return other === undefined ? undefined : `"${title}" has another ${other}`
}

/**
 * What a filter demands of events: its condition, if that contains `not`; else that it does not hold,
 * because it then describes what is harmless. Throws RuleProblem.
 */
export function filterFormula(filter: Filter, compilation: Compilation): Formula {
  const written = compileSearches(filter.searches, compilation)
  return filter.demands ? written : { kind: 'not', part: written }
}

/** The rule that fires only where a filter's demand holds, too. */
export function withFilter(rule: CompiledRule, demand: Formula): CompiledRule {
  const formula = joined('all', [rule.formula, demand])
  return { ...rule, formula, check: checkOf(formula) }
}

/** The detection rules a filter is for. Throws RuleProblem for a correlation, and if none of those named is there. */
export function rulesFor<R extends { readonly kind: 'rule' }>(
  { rules: words }: Filter,
  references: References<R | { readonly kind: 'correlation' }>,
  all: readonly R[],
): { readonly rules: readonly R[]; readonly missing: readonly string[] } {
  if (words === undefined) return { rules: all, missing: [] }
  const rules = new Set<R>()
  const missing: string[] = []
  for (const { text, place } of words) {
    if (words.length > 1 && !references.has(text)) {
      missing.push(text)
      continue
    }
    const found = references.find(text, place)
    if (found.kind === 'correlation') {
      throw new RuleProblem(`"${text}" is a correlation; filters are for detection rules`, place)
    }
    rules.add(found)
  }
  const [first] = words
  if (rules.size === 0 && first !== undefined) references.find(first.text, first.place)
  return { rules: [...rules], missing }
}

function rulesOf(section: LocatedMap): LocatedScalar[] | undefined {
  const value = section.entries.get('rules')?.value
  if (value === undefined) throw new RuleProblem('a filter names rules, any or all', section.place)
  if (value.kind === 'scalar' && /^(?:any|all)$/i.test(value.text)) return undefined
  const items: readonly Located[] = value.kind === 'list' ? value.items : [value]
  if (items.length === 0) throw new RuleProblem('a filter names rules, any or all', value.place)
  return items.map((item) => {
    if (item.kind === 'scalar' && item.value !== null) return item
    throw new RuleProblem('a reference is the id or name of a rule', item.place)
  })
}

function contains(condition: Condition): boolean {
  if (condition.kind === 'not') return true
  return condition.kind !== 'selection' && condition.parts.some(contains)
}
