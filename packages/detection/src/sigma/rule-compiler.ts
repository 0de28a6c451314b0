import type { Alert } from '@haidang/contracts/alert'
import type { Logsource } from '@haidang/contracts/event'
import type { Severity } from '@haidang/contracts/severity'
import type { Processor } from '../pipeline/processor.ts'
import type { RuleDraft } from '../pipeline/rule-run.ts'
import { familyOf } from './field-mapping.ts'
import { type Check, checkOf, type Formula } from './formula.ts'
import { type LocatedMap, RuleProblem } from './located-yaml.ts'
import type { Placeholders } from './placeholders.ts'
import { factsOf, mapAt, type RuleText } from './rule-text.ts'
import { compileSearches, readSearches } from './searches.ts'
import type { Slots } from './view.ts'

/** A rule ready to run. */
export interface CompiledRule {
  readonly facts: Alert['rule']
  readonly severity: Severity
  /** Whose records it is tried on: the one it is written for, or those pipelines give it. */
  readonly logsources: readonly Logsource[]
  readonly formula: Formula
  readonly check: Check
  /** False: it only serves correlations, and its own hits are no findings. */
  readonly generates: boolean
}

/** What rules are compiled with. */
export interface RuleCompilation {
  readonly slots: Slots
  readonly placeholders: Placeholders
  readonly processor: Processor
}

/** The detection of a rule as pipelines take it. Throws RuleProblem with the place of what cannot be read. */
export function draftOf(rule: LocatedMap, { logsource, tags }: RuleText): RuleDraft {
  const detection = mapAt(rule, 'detection')
  if (detection === undefined) throw new RuleProblem('a rule needs a detection', rule.place)
  const searches = readSearches(detection, ['timeframe'])
  return { kind: 'rule', document: rule, logsources: [logsource], tags, ...searches }
}

/**
 * Carries out the pipelines on a rule and compiles what they leave. Fields they do not rename keep the
 * meaning they have for the log source the rule is written for. Throws RuleProblem with the place of
 * what cannot be used.
 */
export function compileDetection(
  draft: RuleDraft,
  text: RuleText,
  version: string,
  { slots, placeholders, processor }: RuleCompilation,
): { readonly compiled: CompiledRule; readonly notes: readonly string[] } {
  const { logsources, notes, ...searches } = processor.process(draft)
  const { severity, logsource: written } = text
  const formula = compileSearches(searches, { slots, family: familyOf(written), placeholders })
  const compiled = {
    facts: factsOf(text, version),
    severity,
    logsources,
    formula,
    check: checkOf(formula),
    generates: true,
  }
  return { compiled, notes }
}
