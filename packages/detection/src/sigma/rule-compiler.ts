import type { Alert } from '@haidang/contracts/alert'
import type { Logsource } from '@haidang/contracts/event'
import type { Severity } from '@haidang/contracts/severity'
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
  readonly logsource: Logsource
  readonly formula: Formula
  readonly check: Check
  /** False: it only serves correlations, and its own hits are no findings. */
  readonly generates: boolean
}

/** Compiles the detection of a rule. Throws RuleProblem with the place of what cannot be used. */
export function compileDetection(
  rule: LocatedMap,
  text: RuleText,
  version: string,
  slots: Slots,
  placeholders: Placeholders,
): CompiledRule {
  const detection = mapAt(rule, 'detection')
  if (detection === undefined) throw new RuleProblem('a rule needs a detection', rule.place)
  const compilation = { slots, family: familyOf(text.logsource), placeholders }
  const formula = compileSearches(readSearches(detection, ['timeframe']), compilation)
  const { severity, logsource } = text
  return {
    facts: factsOf(text, version),
    severity,
    logsource,
    formula,
    check: checkOf(formula),
    generates: true,
  }
}
