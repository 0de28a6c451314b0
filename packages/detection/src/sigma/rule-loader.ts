import type { CorrelationPlan } from '../correlation/correlation-plan.ts'
import { readCorrelation } from '../correlation/correlation-text.ts'
import { PlanCompiler } from '../correlation/plan-compiler.ts'
import type { Draft } from '../correlation/resolved-correlation.ts'
import { sha256 } from '../sha256.ts'
import { digestOf } from './digest.ts'
import { type Family, familyOf } from './field-mapping.ts'
import {
  type Filter,
  filterFormula,
  filterMismatch,
  readFilter,
  rulesFor,
  withFilter,
} from './filter.ts'
import type { Formula } from './formula.ts'
import { type Located, type LocatedMap, RuleProblem } from './located-yaml.ts'
import type { Placeholders } from './placeholders.ts'
import { References } from './references.ts'
import { type CompiledRule, compileDetection } from './rule-compiler.ts'
import { described, failed, kindOf, located, type RuleEntry } from './rule-entry.ts'
import { factsOf, placeOf, type RuleText, readRuleText } from './rule-text.ts'
import type { Slots } from './view.ts'

/** A detection rule while others are still being joined with it. */
interface LoadedRule {
  readonly kind: 'rule'
  readonly rule: number
  identity: string
  readonly slotOf: (field: string) => number
}

interface Waiting<T> {
  /** Position of its entry. */
  readonly entry: number
  readonly waiting: T
}

/**
 * Takes in one document after the other, then joins what refers to other documents. A document that
 * cannot be used stands in the entries with its cause and affects no other but those that refer to it.
 */
export class RuleLoader {
  readonly entries: RuleEntry[] = []
  readonly rules: CompiledRule[] = []
  readonly #compilation: { readonly slots: Slots; readonly placeholders: Placeholders }
  readonly #loaded: LoadedRule[] = []
  readonly #filters: Waiting<{ filter: Filter; digest: string }>[] = []
  readonly #drafts: Waiting<Draft>[] = []
  readonly #references = new References<LoadedRule | Draft>()
  readonly #places = new Map<string, string>()

  constructor(slots: Slots, placeholders: Placeholders) {
    this.#compilation = { slots, placeholders }
  }

  /** Takes in a document; `blank` is what is known of it before it is read. */
  add(document: Located | RuleProblem, blank: RuleEntry): void {
    let entry = blank
    try {
      if (document instanceof RuleProblem) throw document
      if (document.kind !== 'map') {
        throw new RuleProblem('a rule must hold named parts', document.place)
      }
      const kind = kindOf(document)
      entry = { ...entry, kind }
      const text = readRuleText(document, blank.id)
      entry = described(entry, text)
      this.#refuseSecond(document, entry)
      if (kind === 'detection') this.#addRule(document, text, entry)
      else if (kind === 'filter') this.#addFilter(document, text)
      else this.#addCorrelation(document, text, entry)
      this.#places.set(text.id, located(entry.path, document.place, '').slice(0, -2))
      this.entries.push({ ...entry, state: 'active' })
    } catch (problem) {
      if (!(problem instanceof RuleProblem)) throw problem
      this.#references.addUnusable([entry.id, entry.name])
      this.entries.push(failed(entry, problem))
    }
  }

  /** Carries out the filters, then joins the correlations; to be called once all documents are in. */
  join(): CorrelationPlan {
    for (const { entry, waiting } of this.#filters) {
      this.#settle(entry, () => this.#apply(waiting.filter, waiting.digest))
    }
    const compiler = new PlanCompiler(this.#references)
    for (const { entry, waiting } of this.#drafts) {
      this.#settle(entry, () => {
        compiler.add(waiting)
        return null
      })
    }
    const { plan, silent } = compiler.finish()
    for (const rule of silent) {
      const compiled = this.rules[rule]
      if (compiled !== undefined) this.rules[rule] = { ...compiled, generates: false }
    }
    return plan
  }

  #refuseSecond(document: LocatedMap, { id }: RuleEntry): void {
    const taken = this.#places.get(id)
    if (taken === undefined) return
    throw new RuleProblem(`the id already stands in ${taken}`, placeOf(document, 'id'))
  }

  #addRule(document: LocatedMap, text: RuleText, { version }: RuleEntry): void {
    const { slots, placeholders } = this.#compilation
    const rule = this.rules.length
    this.rules.push(compileDetection(document, text, version, slots, placeholders))
    const family = familyOf(text.logsource)
    const identity = digestOf(['logsource', 'detection'].map((name) => partOf(document, name)))
    const slotOf = (field: string) => slots.slotOf(field, family)
    const loaded: LoadedRule = { kind: 'rule', rule, identity, slotOf }
    this.#loaded.push(loaded)
    this.#references.add([text.id, text.name], loaded)
  }

  #addFilter(document: LocatedMap, { logsource }: RuleText): void {
    const filter = readFilter(document, logsource)
    const digest = digestOf(['logsource', 'filter'].map((name) => partOf(document, name)))
    this.#filters.push({ entry: this.entries.length, waiting: { filter, digest } })
  }

  #addCorrelation(document: LocatedMap, text: RuleText, { version }: RuleEntry): void {
    const draft: Draft = {
      kind: 'correlation',
      text: readCorrelation(document),
      facts: factsOf(text, version),
      severity: text.severity,
      digest: digestOf([partOf(document, 'correlation')]),
    }
    this.#drafts.push({ entry: this.entries.length, waiting: draft })
    this.#references.add([text.id, text.name], draft)
  }

  /** Finishes an entry with the note that came of it, or with the cause why it cannot be used. */
  #settle(position: number, join: () => string | null): void {
    const entry = this.entries[position]
    if (entry === undefined) return
    try {
      this.entries[position] = { ...entry, note: join() }
    } catch (problem) {
      if (!(problem instanceof RuleProblem)) throw problem
      this.entries[position] = failed(entry, problem)
    }
  }

  #apply(filter: Filter, digest: string): string {
    const { rules: named, missing } = rulesFor<LoadedRule>(filter, this.#references, this.#loaded)
    const formulas = new Map<Family, Formula>()
    const changed: [LoadedRule, CompiledRule][] = []
    const mismatches = missing.map((word) => `no rule "${word}"`)
    for (const loaded of named) {
      const rule = this.rules[loaded.rule]
      if (rule === undefined) continue
      const mismatch = filterMismatch(filter, rule)
      if (mismatch !== undefined) {
        if (filter.rules !== undefined) mismatches.push(mismatch)
        continue
      }
      const family = familyOf(rule.logsource)
      const formula =
        formulas.get(family) ?? filterFormula(filter, { ...this.#compilation, family })
      formulas.set(family, formula)
      changed.push([loaded, withFilter(rule, formula)])
    }
    for (const [loaded, rule] of changed) {
      this.rules[loaded.rule] = rule
      loaded.identity = sha256(`${loaded.identity}\n${digest}`)
    }
    return filterNote(filter, changed.length, mismatches)
  }
}

function filterNote(filter: Filter, count: number, mismatches: readonly string[]): string {
  const meaning = filter.demands
    ? 'its condition must hold besides that of the rule'
    : 'its condition contains no "not": what it describes is taken as harmless'
  return [`filters ${count} rules`, meaning, ...mismatches.slice(0, 20)].join('; ')
}

function partOf(document: LocatedMap, name: string) {
  return document.entries.get(name)?.value
}
