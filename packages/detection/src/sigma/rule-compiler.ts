import type { Alert } from '@haidang/contracts/alert'
import type { Logsource } from '@haidang/contracts/event'
import { Severity } from '@haidang/contracts/severity'
import { type Condition, parseCondition } from './condition.ts'
import { readDetection } from './detection.ts'
import { familyOf } from './field-mapping.ts'
import { type Check, checkOf, type Formula, joined } from './formula.ts'
import {
  type Located,
  type LocatedMap,
  type LocatedScalar,
  type Place,
  RuleProblem,
} from './located-yaml.ts'
import type { Placeholders } from './placeholders.ts'
import { compileSelection } from './selection.ts'
import type { Slots } from './view.ts'

/** What a rule says of itself. */
export interface RuleText {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly severity: Severity
  readonly status: string
  readonly logsource: Logsource
  readonly tags: readonly string[]
  readonly author: string
  readonly falsePositives: readonly string[]
  readonly references: readonly string[]
}

/** A rule ready to run. */
export interface CompiledRule {
  readonly facts: Alert['rule']
  readonly severity: Severity
  readonly logsource: Logsource
  readonly formula: Formula
  readonly check: Check
}

/** Reads what a rule says of itself; missing parts are empty, a missing level is medium. Throws RuleProblem. */
export function readRuleText(rule: LocatedMap, fallbackId: string): RuleText {
  const level = textOf(rule, 'level') || 'medium'
  const severity = Severity.safeParse(level)
  if (!severity.success) {
    const place = rule.entries.get('level')?.value.place ?? rule.place
    throw new RuleProblem(`level is one of ${Severity.options.join(', ')}`, place)
  }
  const title = textOf(rule, 'title')
  if (title === '') throw new RuleProblem('a rule needs a title', rule.place)
  return {
    id: textOf(rule, 'id') || fallbackId,
    title: title.slice(0, 500),
    description: textOf(rule, 'description').slice(0, 10_000),
    severity: severity.data,
    status: textOf(rule, 'status'),
    logsource: logsourceOf(rule),
    tags: textsOf(rule, 'tags'),
    author: textOf(rule, 'author'),
    falsePositives: textsOf(rule, 'falsepositives'),
    references: textsOf(rule, 'references'),
  }
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
  const selections = new Map<string, Formula>()
  for (const [name, { value }] of detection.entries) {
    if (name === 'condition' || name === 'timeframe') continue
    selections.set(name, compileSelection(name, readDetection(name, value), compilation))
  }
  const formula = joined('any', conditionsOf(detection, [...selections.keys()]).map(resolved))
  const { id, title, description, severity, logsource } = text
  return {
    facts: {
      id,
      title,
      description,
      tags: [...text.tags],
      false_positives: [...text.falsePositives],
      references: [...text.references],
      version,
    },
    severity,
    logsource,
    formula,
    check: checkOf(formula),
  }

  function resolved(condition: Condition): Formula {
    switch (condition.kind) {
      case 'selection':
        return selections.get(condition.name) ?? { kind: 'any', parts: [] }
      case 'not':
        return { kind: 'not', part: resolved(condition.part) }
      default:
        return joined(condition.kind, condition.parts.map(resolved))
    }
  }
}

function conditionsOf(detection: LocatedMap, names: readonly string[]): Condition[] {
  const entry = detection.entries.get('condition')
  if (entry === undefined) throw new RuleProblem('a detection needs a condition', detection.place)
  const { value } = entry
  const written = value.kind === 'list' ? value.items : [value]
  if (written.length === 0) throw new RuleProblem('a detection needs a condition', value.place)
  return written.map((each) => {
    if (each.kind !== 'scalar') throw new RuleProblem('a condition is a text', each.place)
    return parseCondition(each.text, names, each.place)
  })
}

function logsourceOf(rule: LocatedMap): Logsource {
  const written = mapAt(rule, 'logsource')
  if (written === undefined) throw new RuleProblem('a rule needs a logsource', rule.place)
  const logsource: { product?: string; category?: string; service?: string } = {}
  for (const part of ['product', 'category', 'service'] as const) {
    const value = textOf(written, part).toLowerCase()
    if (value !== '') logsource[part] = value
  }
  return logsource
}

/** Where an entry stands, or the map it should stand in. */
export function placeOf(map: LocatedMap, name: string): Place {
  return map.entries.get(name)?.place ?? map.place
}

function mapAt(map: LocatedMap, name: string): LocatedMap | undefined {
  const value = map.entries.get(name)?.value
  if (value === undefined || value.kind === 'map') return value
  throw new RuleProblem(`${name} must hold named parts`, value.place)
}

function textOf(map: LocatedMap, name: string): string {
  const value = map.entries.get(name)?.value
  if (value === undefined || isNull(value)) return ''
  if (value.kind === 'scalar') return value.text.trim()
  throw new RuleProblem(`${name} must be a text`, value.place)
}

function textsOf(map: LocatedMap, name: string): string[] {
  const value = map.entries.get(name)?.value
  if (value === undefined || isNull(value)) return []
  const items = value.kind === 'list' ? value.items : [value]
  return items
    .filter((item): item is LocatedScalar => item.kind === 'scalar')
    .slice(0, 200)
    .map(({ text }) => text.slice(0, 1_000))
}

function isNull(value: Located): boolean {
  return value.kind === 'scalar' && value.value === null
}
