import type { CorrelationPlan } from '../correlation/correlation-plan.ts'
import { readCorrelation } from '../correlation/correlation-text.ts'
import { PlanCompiler } from '../correlation/plan-compiler.ts'
import type { Draft } from '../correlation/resolved-correlation.ts'
import type { RuleDraft } from '../pipeline/rule-run.ts'
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
import { slotOfFirst } from './first-slot.ts'
import type { Formula } from './formula.ts'
import { type Located, type LocatedMap, RuleProblem } from './located-yaml.ts'
import { References } from './references.ts'
import {
  type CompiledRule,
  compileDetection,
  draftOf,
  type RuleCompilation,
} from './rule-compiler.ts'
import { described, failed, kindOf, located, type RuleEntry } from './rule-entry.ts'
import { factsOf, placeOf, type RuleText, readRuleText } from './rule-text.ts'

/** A detection rule while others are still being joined with it. */
interface LoadedRule {
  readonly kind: 'rule'
  readonly rule: number
  identity: string
  readonly slotOf: (field: string) => number
  readonly draft: RuleDraft
  /** Of the log source it is written for. */
  readonly family: Family
}

interface LoadedCorrelation {
  readonly draft: Draft
  readonly document: LocatedMap
  readonly tags: readonly string[]
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
  readonly #compilation: RuleCompilation
  readonly #loaded: LoadedRule[] = []
  readonly #filters: Waiting<{ filter: Filter; digest: string }>[] = []
  readonly #drafts: Waiting<LoadedCorrelation>[] = []
  readonly #references = new References<LoadedRule | Draft>()
  readonly #places = new Map<string, string>()

  constructor(compilation: RuleCompilation) {
    this.#compilation = compilation
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
      let note: string | null = null
      if (kind === 'detection') note = this.#addRule(document, text, entry)
      else if (kind === 'filter') this.#addFilter(document, text)
      else this.#addCorrelation(document, text, entry)
      this.#places.set(text.id, located(entry.path, document.place, '').slice(0, -2))
      this.entries.push({ ...entry, note, state: 'active' })
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
      this.#settle(entry, () => this.#process(waiting))
      if (this.entries[entry]?.state === 'error') compiler.refuse(waiting.draft)
    }
    for (const { entry, waiting } of this.#drafts) {
      if (this.entries[entry]?.state === 'error') continue
      this.#settle(entry, () => compiler.add(waiting.draft))
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

  #addRule(document: LocatedMap, text: RuleText, { version }: RuleEntry): string | null {
    const { slots, processor } = this.#compilation
    const rule = this.rules.length
    const draft = draftOf(document, text)
    const { compiled, notes } = compileDetection(draft, text, version, this.#compilation)
    this.rules.push(compiled)
    const family = familyOf(text.logsource)
    const parts = ['logsource', 'detection'].map((name) => partOf(document, name))
    const identity = sha256(`${processor.version}\n${digestOf(parts)}`)
    const slotOf = (field: string) => slotOfFirst(slots, processor.namesOf(draft, field), family)
    const loaded: LoadedRule = { kind: 'rule', rule, identity, slotOf, draft, family }
    this.#loaded.push(loaded)
    this.#references.add([text.id, text.name], loaded)
    return notes.length === 0 ? null : notes.join('; ')
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
    this.#drafts.push({ entry: this.entries.length, waiting: { draft, document, tags: text.tags } })
    this.#references.add([text.id, text.name], draft)
  }

  /** Lets the pipelines refuse a correlation. */
  #process({ draft, document, tags }: LoadedCorrelation): null {
    const logsources = draft.text.rules.flatMap(({ text, place }) => {
      const found = this.#references.find(text, place)
      return found.kind === 'rule' ? found.draft.logsources : []
    })
    const nothing = { detections: new Map(), conditions: [] }
    this.#compilation.processor.process({
      kind: 'correlation',
      document,
      logsources,
      tags,
      ...nothing,
    })
    return null
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

  /** What a filter demands, in the words of each rule; the same for all of a family where no pipeline changes it. */
  #demands(filter: Filter): (rule: LoadedRule) => Formula {
    const { processor } = this.#compilation
    const formulas = new Map<Family, Formula>()
    return ({ draft, family }) => {
      const known = processor.isIdle ? formulas.get(family) : undefined
      if (known !== undefined) return known
      const searches = processor.process({ ...draft, ...filter.searches })
      const formula = filterFormula({ ...filter, searches }, { ...this.#compilation, family })
      formulas.set(family, formula)
      return formula
    }
  }

  #apply(filter: Filter, digest: string): string {
    const { rules: named, missing } = rulesFor<LoadedRule>(filter, this.#references, this.#loaded)
    const demandFor = this.#demands(filter)
    const changed: [LoadedRule, CompiledRule][] = []
    const mismatches = missing.map((word) => `no rule "${word}"`)
    for (const loaded of named) {
      const rule = this.rules[loaded.rule]
      if (rule === undefined) continue
      const mismatch = filterMismatch(filter, loaded.draft.logsources, rule.facts.title)
      if (mismatch !== undefined) {
        if (filter.rules !== undefined) mismatches.push(mismatch)
        continue
      }
      changed.push([loaded, withFilter(rule, demandFor(loaded))])
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
